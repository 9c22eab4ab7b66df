import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { runBuild } from '../lib/run-build.ts'
import type { BenchApp } from './apps.ts'
import { boundBytes } from './bound-chunks.ts'
import type { ChunksTask } from './config.ts'
import { redownloads } from './redownload.ts'
import type { Redownload } from './redownload.ts'
import { needsOf } from './route-needs.ts'
import type { Needs } from './route-needs.ts'
import type { StrategyName } from './strategies.ts'

const CONFIG = join(import.meta.dirname, 'config.ts')

/** Where one app is and where its builds go. */
export interface Workplace {
  readonly app: BenchApp
  readonly root: string
  /** Temporary; a folder per build. */
  readonly folder: string
}

/** What one strategy made of an app: the release, and the same with an edited leaf. */
export interface StrategyBuilds {
  readonly report: BuildReport
  readonly leaf: readonly Redownload[]
  /** Of the whole process of the first build, ms. */
  readonly wall: number
}

/** Builds an app by a strategy, or a ruler. */
export async function buildStrategy(
  place: Workplace,
  strategy: ChunksTask['variant'],
  options: Pick<ChunksTask, 'opened'> = {},
): Promise<ChunksTask & { readonly wall: number }> {
  const task = { ...taskOf(place, strategy, strategy), ...options }
  const { wall } = await runTask(place, task)
  return { ...task, wall }
}

/** Builds an app by a strategy twice, the second time with one string changed; a plan stays as the first build wrote it. */
export async function measureStrategy(place: Workplace, strategy: StrategyName): Promise<StrategyBuilds> {
  const { wall, ...task } = await buildStrategy(place, strategy)
  const report = await readReport(join(task.reportDir, 'report.json'))
  const edited = { ...taskOf(place, strategy, `${strategy}-edited`), plan: task.plan, edit: place.app.leaf }
  await runTask(place, edited)
  return { report, wall, leaf: redownloads(report, await readReport(join(edited.reportDir, 'report.json'))) }
}

/** What each route needs, from a build with one chunk per module. */
export async function measureNeeds(place: Workplace): Promise<Needs> {
  const task = taskOf(place, 'modules', 'modules')
  await runTask(place, task)
  return needsOf(await readReport(join(task.reportDir, 'report.json')))
}

/** Route → brotli bytes of its modules in one file. Routes that need the same are built once. */
export async function measureBounds(place: Workplace, needs: Needs): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number>()
  const bounds = new Map<string, number>()
  for (const [route, modules] of needs) {
    const list = JSON.stringify([...modules].sort())
    const key = createHash('sha256').update(list).digest('hex').slice(0, 16)
    const bytes = known.get(key) ?? (await measureBound(place, key, list))
    known.set(key, bytes)
    bounds.set(route, bytes)
  }
  return bounds
}

async function measureBound(place: Workplace, key: string, modules: string): Promise<number> {
  const needs = join(place.folder, `needs-${key}.json`)
  mkdirSync(place.folder, { recursive: true })
  writeFileSync(needs, modules)
  const task = { ...taskOf(place, 'bound', 'bound'), needs }
  await runTask(place, task)
  return boundBytes(task)
}

function taskOf({ root, folder }: Workplace, variant: ChunksTask['variant'], name: string): ChunksTask {
  return {
    configModule: CONFIG,
    variant,
    app: root,
    outDir: join(folder, name, 'dist'),
    reportDir: join(folder, name, 'report'),
    figures: false,
    plan: join(folder, name, 'paceline.chunks.json'),
  }
}

/** Builds what is described; a plan that is there is followed. */
export function runTask({ app }: Workplace, task: ChunksTask): ReturnType<typeof runBuild> {
  return runBuild(task, app.env)
}
