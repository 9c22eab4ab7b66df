import type { Browser } from '@playwright/test'
import { createProgress, measureRoutes, medianOf, profileOf, withBrowser } from '@paceline/lab'
import type { Median, RouteMeasurement } from '@paceline/lab'
import { ShapedLink } from '../service-worker/shaped-link.ts'
import { bytesOf, visit } from '../service-worker/visit.ts'
import { spreadOf } from '../lib/statistics.ts'
import type { Spread } from '../lib/statistics.ts'
import type { ServedRelease } from './serve-release.ts'
import { untilSettled } from './until-settled.ts'
import type { VariantName } from './variants.ts'

export const KINDS = ['first', 'repeat', 'after a deploy'] as const
export type VisitName = (typeof KINDS)[number]

/** What a visitor pays, by kind of visit. */
export interface VisitCosts {
  readonly variant: VariantName
  /** All that came down, headers and what the service worker stores included, until nothing more did. */
  readonly bytes: Readonly<Record<VisitName, Spread>>
  /** Of the lab, on slow 4G with a processor four times slower, ms. Absent where a page never came to rest. */
  readonly tti: Readonly<Partial<Record<VisitName, Median>>>
  readonly notes: readonly string[]
}

/** A variant with its two deploys, both being served. */
export interface VisitedVariant {
  readonly variant: VariantName
  readonly first: ServedRelease
  readonly second: ServedRelease
}

interface VisitRequest {
  readonly path: string
  readonly runs: number
  readonly tell: (what: string) => void
}

const LAB_KINDS = { cold: 'first', repeat: 'repeat', update: 'after a deploy' } as const
/** As good as no limit: bytes do not depend on it, and a precache takes its time on a slow link. */
const FAST = { rttMs: 0, bitsPerSecond: 1e9 }

/** Visits every variant in turn, once in each round: first, again, and after the deploy. */
export async function measureVisits(variants: readonly VisitedVariant[], request: VisitRequest): Promise<VisitCosts[]> {
  const { runs, tell } = request
  const bytes = new Map(variants.map(({ variant }) => [variant, [] as Record<VisitName, number>[]]))
  const measured = new Map(variants.map(({ variant }) => [variant, [] as RouteMeasurement[]]))
  for (let round = 0; round < runs; round++) {
    for (const one of variants) {
      tell(`visits, round ${round + 1} of ${runs}: ${one.variant}`)
      await withBrowser(async (browser) => {
        bytes.get(one.variant)!.push(await countBytes(browser, one, request.path))
        // A fresh browser's first visits are slower, so every variant has its own two before the one that counts.
        measured.get(one.variant)!.push(...(await inTheLab(browser, one, request.path)))
      })
    }
  }
  return variants.map(({ variant }) => ({
    variant,
    bytes: record(KINDS, (kind) => spreadOf(bytes.get(variant)!.map((visits) => visits[kind]))),
    tti: ttiOf(measured.get(variant)!),
    notes: [...new Set(measured.get(variant)!.flatMap(({ notes }) => notes))],
  }))
}

async function countBytes(
  browser: Browser,
  { first, second }: VisitedVariant,
  path: string,
): Promise<Record<VisitName, number>> {
  const link = new ShapedLink(first.url, FAST)
  await link.listen()
  const context = await browser.newContext()
  try {
    const settled = async (): Promise<number> => {
      const { transfers } = await visit(context, link, path, (page) => untilSettled(page, link))
      return bytesOf(transfers)
    }
    const found = { first: await settled(), repeat: await settled() }
    link.switchTo(second.url)
    return { ...found, 'after a deploy': await settled() }
  } finally {
    await context.close()
    await link.close()
  }
}

function inTheLab(browser: Browser, { first, second }: VisitedVariant, path: string): Promise<RouteMeasurement[]> {
  const progress = createProgress(() => undefined)
  const common = { routes: [path], profiles: [profileOf('slow-4g-4x')], runs: 1, timeout: 90_000, insecure: false }
  // The update is one of the second deploy, by somebody who has seen the first.
  const visits = measureRoutes(browser, {
    ...common,
    url: second.url,
    previousUrl: first.url,
    kinds: ['cold', 'repeat', 'update'],
    sla: undefined,
    progress,
  })
  return visits
}

function ttiOf(measurements: readonly RouteMeasurement[]): VisitCosts['tti'] {
  const found: Partial<Record<VisitName, Median>> = {}
  for (const [kind, name] of Object.entries(LAB_KINDS)) {
    const values = measurements.filter((one) => one.kind === kind).flatMap(({ metrics }) => metrics.tti?.median ?? [])
    if (values.length > 0) found[name] = medianOf(values)
  }
  return found
}

function record<Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>
}
