import type { Browser } from 'playwright-core'
import { COUNTS, ScriptShelf, visitForWork } from '../browser/work-visit.ts'
import type { CountName, FindTable, WorkVisit } from '../browser/work-visit.ts'
import type { Flow } from '../browser/run-flow.ts'
import { affordable } from '../core/affordable.ts'
import type { Progress } from '../progress.ts'
import { judgeCount } from './judge-counts.ts'
import type { CountVerdict, Tolerance } from './judge-counts.ts'
import { judgeCpu } from './judge-cpu.ts'
import type { Block, CpuVerdict } from './judge-cpu.ts'
import { packageOfModule, sumByPackage } from './packages.ts'
import { assertSameApp, knowsModules } from './same-app.ts'

export interface ComparisonRequest {
  /** Origins. */
  readonly baseline: string
  readonly candidate: string
  readonly routes: readonly string[]
  /** Blocks of four visits for CPU times; 0 compares counts alone. */
  readonly blocks: number
  /** ms for one visit. */
  readonly timeout: number
  readonly insecure: boolean
  /** Share by which work and CPU time may grow. */
  readonly tolerance: number
  readonly flow?: Flow | undefined
  /** ms for each route; fewer blocks are visited when it is short. */
  readonly budget?: number | undefined
  readonly findTable: FindTable
  readonly progress: Progress
}

/** A module that does more, or less. */
export interface ModuleVerdict extends CountVerdict {
  readonly package?: string
}

export interface RouteComparison {
  readonly route: string
  /** Visits of each build for the counts. */
  readonly visits: number
  readonly counts: readonly (CountVerdict & { readonly name: CountName })[]
  /** Modules that changed, the largest change first. */
  readonly modules: readonly ModuleVerdict[]
  readonly packages: readonly CountVerdict[]
  /** Share of the work in modules that do the same in every visit of a build: what the sum of all work is judged by. */
  readonly steadyShare: number
  /** The others, those with most work first: they depend on when answers and frames come. */
  readonly unsteady: readonly string[]
  readonly cpu: readonly CpuVerdict[]
  /**
   * - `slower`: more work, more CPU time or more bytes than is allowed.
   * - `holds`: not so.
   * - `noisy`: the machine, or the page, does not let us tell.
   */
  readonly verdict: 'holds' | 'slower' | 'noisy'
  /** Why, a sentence each; what matters most comes first. */
  readonly reasons: readonly string[]
}

/** Visits of each build for the counts: baseline, candidate, candidate, baseline, so many times. */
const COUNT_BLOCKS = 3
/** Half of the width that an interval of CPU times may have to either side. */
const WIDEST = 0.12
const FEWEST_BLOCKS = 4
/** With less of the work in steady modules the rest says nothing of the whole. */
const LEAST_STEADY = 0.1
/** Modules with less than this share of all work are not worth failing for. */
const LEAST_SHARE = 0.0005

/**
 * Compares two builds route by route: counts first, then CPU times, in fresh contexts, interleaved.
 *
 * @throws `PACELINE_LAB_*`; `PACELINE_LAB_OTHER_APP` when the two have nothing in common
 */
export async function compareBuilds(browser: Browser, request: ComparisonRequest): Promise<RouteComparison[]> {
  const { routes, progress, blocks } = request
  progress.expect(routes.length * 4 * (COUNT_BLOCKS + blocks))
  const scripts = new ScriptShelf(request.findTable)
  const comparisons: RouteComparison[] = []
  for (const route of routes) comparisons.push(await compareRoute(browser, request, route, scripts))
  return comparisons
}

async function compareRoute(
  browser: Browser,
  request: ComparisonRequest,
  route: string,
  scripts: ScriptShelf,
): Promise<RouteComparison> {
  const { baseline, candidate, progress } = request
  const began = performance.now()
  const visitOf = (origin: string, coverage: boolean): Promise<WorkVisit> => {
    const { timeout, insecure, flow } = request
    const url = new URL(route, origin).href
    return visitForWork(browser, { url, timeout, insecure, flow, coverage, scripts })
  }
  const block = async (coverage: boolean, what: string): Promise<Block> => {
    const step = (build: string): void => progress.step(`${route}, ${what} of the ${build}`)
    step('baseline')
    const first = await visitOf(baseline, coverage)
    step('candidate')
    const one = await visitOf(candidate, coverage)
    step('candidate')
    const two = await visitOf(candidate, coverage)
    step('baseline')
    return { baseline: [first, await visitOf(baseline, coverage)], candidate: [one, two] }
  }
  const counted: Block[] = []
  // The first block warms the browser and the servers up; counts do not mind, times do.
  for (let index = 0; index < COUNT_BLOCKS; index++) counted.push(await block(true, 'counts'))
  const each = (performance.now() - began) / COUNT_BLOCKS
  const timed: Block[] = []
  const { blocks, budget } = request
  const count = affordable({ wanted: blocks, fewest: FEWEST_BLOCKS, each, made: COUNT_BLOCKS, budget })
  for (let index = 0; index < count; index++) timed.push(await block(false, 'CPU time'))
  return judgeRoute(route, counted, timed, request.tolerance)
}

/** Pure: what the visits of one route say. */
export function judgeRoute(
  route: string,
  counted: readonly Block[],
  timed: readonly Block[],
  tolerance: number,
): RouteComparison {
  const visits = [counted.flatMap(({ baseline }) => baseline), counted.flatMap(({ candidate }) => candidate)] as const
  assertSameApp(visits[0], visits[1])
  const areAlike = knowsModules(visits[0]) === knowsModules(visits[1])
  const before = areAlike ? visits[0] : withoutModules(visits[0])
  const after = areAlike ? visits[1] : withoutModules(visits[1])
  const work = median(before.map(({ counts }) => counts.work))
  const least = Math.max(100, work * LEAST_SHARE)
  const unsteady = unsteadyModules([before, after], tolerance, least)
  const steadyOf = ({ counts: own, modules: all }: WorkVisit): number =>
    unsteady.reduce((sum, name) => sum - (all.get(name) ?? 0), own.work)
  const steadyShare = work === 0 ? 1 : median(before.map(steadyOf)) / work
  const counts = COUNTS.map((name) => {
    const of = (visit: WorkVisit): number => (name === 'work' ? steadyOf(visit) : visit.counts[name])
    return { ...judgeCount(name, before.map(of), after.map(of), toleranceOf(name, tolerance)), name }
  })
  const allowed = { relative: tolerance, absolute: least }
  const modules = judgeAll(before, after, allowed, (visit) => visit.modules).map((one): ModuleVerdict => {
    const name = packageOfModule(one.name)
    return name === undefined ? one : { ...one, package: name }
  })
  const packages = judgeAll(before, after, allowed, (visit) => sumByPackage(visit.modules))
  const cpu = timed.length === 0 ? [] : judgeCpu(timed, { tolerance: Math.max(tolerance, 0.03), widest: WIDEST })
  const found = { route, visits: before.length, counts, modules, packages, steadyShare, unsteady, cpu }
  return { ...found, ...verdictOf(found, work) }
}

/** Modules whose work differs between visits of one build by more than is allowed between builds. */
function unsteadyModules(
  builds: readonly (readonly WorkVisit[])[],
  tolerance: number,
  least: number,
): readonly string[] {
  const work = new Map<string, number>()
  for (const visits of builds) {
    for (const name of new Set(visits.flatMap(({ modules }) => [...modules.keys()]))) {
      const values = visits.map(({ modules }) => modules.get(name) ?? 0)
      const width = Math.max(...values) - Math.min(...values)
      if (width > Math.max(least, tolerance * median(values))) work.set(name, Math.max(...values))
    }
  }
  return [...work].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}

/** Frames come when they come: how often a page is laid out in three seconds is the screen's business as much as the page's. */
const SHOWN_ONLY: ReadonlySet<CountName> = new Set(['layouts', 'styles'])

function toleranceOf(name: CountName, tolerance: number): Tolerance {
  if (name === 'requests') return { relative: 0, absolute: 0 }
  return { relative: tolerance, absolute: name === 'work' ? 500 : name === 'bytes' ? 1024 : 2 }
}

function judgeAll(
  before: readonly WorkVisit[],
  after: readonly WorkVisit[],
  tolerance: Tolerance,
  of: (visit: WorkVisit) => ReadonlyMap<string, number>,
): CountVerdict[] {
  const [first, second] = [before.map(of), after.map(of)]
  const names = new Set([...first, ...second].flatMap((counts) => [...counts.keys()]))
  const values = (maps: typeof first, name: string): number[] => maps.map((counts) => counts.get(name) ?? 0)
  return [...names]
    .map((name) => judgeCount(name, values(first, name), values(second, name), tolerance))
    .filter(({ status }) => status !== 'same')
    .sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline))
}

function verdictOf(
  { counts, modules, cpu, steadyShare }: Omit<RouteComparison, 'verdict' | 'reasons'>,
  work: number,
): Pick<RouteComparison, 'verdict' | 'reasons'> {
  const judged = counts.filter(({ name }) => !SHOWN_ONLY.has(name))
  // What is new in a module that was not there is part of the whole; a change that nobody meant is one in a module that both have.
  const heavier = modules.filter(({ status, baseline }) => status === 'more' && baseline > 0)
  const isLighter = counts.some(({ name, baseline, candidate }) => name === 'bytes' && candidate < baseline)
  // More files of fewer bytes are what splitting is for.
  const more = judged.filter(({ name, status }) => status === 'more' && !(name === 'requests' && isLighter))
  const slower = cpu.filter(({ status }) => status === 'more')
  const reasons = [
    ...heavier.slice(0, 5).map((module) => moduleReason(module, work)),
    ...more.map(
      ({ name, ratio, candidate }) => `${COUNT_NAMES[name]} ${percent(ratio)}, to ${candidate.toLocaleString('en')}`,
    ),
    ...slower.map(
      ({ name, ratio, low, high }) =>
        `${CPU_NAMES[name]} ${percent(ratio)} (99 %: ${percent(low)} to ${percent(high)})`,
    ),
  ]
  if (reasons.length > 0) return { verdict: 'slower', reasons }
  const unclear = [
    ...(steadyShare < LEAST_STEADY
      ? [`only ${Math.round(steadyShare * 100)} % of the script work is the same in every visit of one build`]
      : []),
    ...judged
      .filter(({ status }) => status === 'noisy')
      .map(
        ({ name, noise }) => `${COUNT_NAMES[name]} vary by ${Math.round(noise * 100)} % between visits of one build`,
      ),
    ...cpu
      .filter(({ status }) => status === 'noisy')
      .map(
        ({ name, low, high, control }) =>
          `${CPU_NAMES[name]}: too noisy to tell (99 %: ${percent(low)} to ${percent(high)}; the baseline against itself ${percent(control.ratio)})`,
      ),
  ]
  return unclear.length > 0 ? { verdict: 'noisy', reasons: unclear } : { verdict: 'holds', reasons: [] }
}

export const COUNT_NAMES: Readonly<Record<CountName, string>> = {
  work: 'script work',
  elements: 'elements',
  layouts: 'layouts',
  styles: 'style recalculations',
  requests: 'requests',
  bytes: 'bytes of all files',
}

export const CPU_NAMES: Readonly<Record<CpuVerdict['name'], string>> = {
  task: 'CPU time of the main thread',
  script: 'CPU time of scripts',
  layout: 'CPU time of layout and styles',
}

function moduleReason({ name, ratio, candidate, baseline }: ModuleVerdict, work: number): string {
  const share = work === 0 ? '' : `, ${percent(1 + (candidate - baseline) / work)} of all`
  return `\`${name}\` did ${ratio.toFixed(2)}× the work${share}`
}

/** A change with its sign. */
export function percent(ratio: number): string {
  const change = (ratio - 1) * 100
  const digits = Math.abs(change) < 10 ? 1 : 0
  return `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(digits)} %`
}

/** Modules of one build and files of the other are nothing to compare: what is left is the whole. */
function withoutModules(visits: readonly WorkVisit[]): readonly WorkVisit[] {
  return visits.map((visit) => ({ ...visit, modules: new Map<string, number>() }))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
