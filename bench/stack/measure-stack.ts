import { join } from 'node:path'
import { withBrowser } from '@paceline/lab'
import { viteOf } from '../chunks/load-app-config.ts'
import { versionsOf } from '../analysis/versions.ts'
import { readsPictures } from './config.ts'
import { countLines } from './count-lines.ts'
import { inspectOutput } from './inspect-output.ts'
import type { OutputFindings } from './inspect-output.ts'
import { measureBuilds } from './measure-builds.ts'
import { measureVisits } from './measure-visits.ts'
import { buildReleases } from './releases.ts'
import type { Releases } from './releases.ts'
import type { StackResults } from './render-stack.ts'
import { serveRelease } from './serve-release.ts'
import type { ServedRelease } from './serve-release.ts'
import { measureSizeErrors } from './size-errors.ts'
import { VARIANTS } from './variants.ts'
import type { StackPlace, VariantName } from './variants.ts'

export const PARTS = ['builds', 'outputs', 'visits'] as const
export type PartName = (typeof PARTS)[number]

export interface StackSettings {
  readonly parts: readonly PartName[]
  readonly rounds: number
  readonly warmUps: number
  /** Visits of each kind. */
  readonly runs: number
}

interface Deployed extends Releases {
  readonly served: { readonly first: ServedRelease; readonly second: ServedRelease }
}

/** Measures one app with every stack. */
export async function measureStack(place: StackPlace, settings: StackSettings): Promise<StackResults> {
  const { parts, rounds, warmUps } = settings
  const { root } = place
  const pictures = readsPictures(root) ? 'imagetools' : 'image-optimizer'
  return {
    vite: (await viteOf(root)).version,
    pictures,
    versions: versionsOf(join(import.meta.dirname, '..'), toolsOf(pictures)),
    lines: countLines(pictures),
    ...(parts.includes('builds') && { builds: await measureBuilds(place, rounds, warmUps) }),
    ...((parts.includes('outputs') || parts.includes('visits')) && (await measureDeployed(place, settings))),
  }
}

async function measureDeployed(place: StackPlace, { parts, runs }: StackSettings): Promise<Partial<StackResults>> {
  const deployed = new Map<VariantName, Deployed>()
  try {
    for (const variant of VARIANTS) {
      const releases = await buildReleases(place, variant)
      const first = await serveRelease(place.root, releases.first)
      deployed.set(variant, { ...releases, served: { first, second: await serveRelease(place.root, releases.second) } })
    }
    return {
      ...(parts.includes('outputs') && (await measureOutputs(place, deployed))),
      ...(parts.includes('visits') && { visits: await visitAll(place, deployed, runs) }),
    }
  } finally {
    for (const { served } of deployed.values()) await Promise.all([served.first.close(), served.second.close()])
  }
}

async function measureOutputs(
  { root, folder, tell }: StackPlace,
  deployed: ReadonlyMap<VariantName, Deployed>,
): Promise<Pick<StackResults, 'outputs' | 'sizes'>> {
  const found: Partial<Record<VariantName, OutputFindings>> = {}
  for (const [variant, { first, served }] of deployed) {
    tell(`${variant}: looking through the output`)
    found[variant] = await inspectOutput(first, served.first.url)
  }
  const servedOf = (variant: VariantName) => {
    const { first, served } = deployed.get(variant)!
    return { release: first, origin: served.first.url }
  }
  const sizes = await measureSizeErrors(root, join(folder, 'size-limit'), servedOf('peers'), servedOf('paceline'))
  return { outputs: found as Record<VariantName, OutputFindings>, sizes }
}

async function visitAll(
  { app, tell }: StackPlace,
  deployed: ReadonlyMap<VariantName, Deployed>,
  runs: number,
): Promise<NonNullable<StackResults['visits']>> {
  const path = app.pages[0] ?? '/'
  const chromium = await withBrowser(async (browser) => browser.version())
  const variants = [...deployed].map(([variant, { served }]) => ({ variant, ...served }))
  return { path, runs, chromium, costs: await measureVisits(variants, { path, runs, tell }) }
}

function toolsOf(pictures: StackResults['pictures']): string[] {
  const images = pictures === 'imagetools' ? 'vite-imagetools' : 'vite-plugin-image-optimizer'
  const others = [
    'vite-plugin-compression2',
    'vite-plugin-pwa',
    'rollup-plugin-visualizer',
    'size-limit',
    'web-vitals',
    'sirv',
  ]
  return ['paceline', images, ...others]
}
