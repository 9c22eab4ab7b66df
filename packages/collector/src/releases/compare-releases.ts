import type { MetricStats } from '../stats/stats.ts'
import { nameOfRoute, UNKNOWN_ROUTE } from '../store/route-names.ts'
import type { ReleaseUpload } from './release-upload.ts'

/** One metric in two releases. */
export interface ComparedMetric {
  readonly name: string
  readonly before: MetricStats
  readonly after: MetricStats
  /** Of the 75th percentile. */
  readonly change: number | null
  /** `better` and `worse` only where the 95 % intervals do not overlap. */
  readonly verdict: 'better' | 'worse' | 'no difference seen' | 'not enough data'
}

/** A module of what a route loads that is not what it was. */
export interface ChangedModule {
  readonly module: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Bytes in brotli, after minus before. */
  readonly brotli: number
  readonly owners: readonly string[]
}

const MOST = 100

export function compareMetrics(
  before: Readonly<Record<string, MetricStats>>,
  after: Readonly<Record<string, MetricStats>>,
): ComparedMetric[] {
  return Object.keys(after).flatMap((name) => {
    const [a, b] = [before[name], after[name]]
    if (!a || !b) return []
    const change = a.p75 === null || b.p75 === null ? null : Number((b.p75 - a.p75).toFixed(4))
    return [{ name, before: a, after: b, change, verdict: judge(a, b) }]
  })
}

/** What changed in the chunks that a route loads; without a route, in all of them. @param route its name, the same in both */
export function changedModules(
  before: ReleaseUpload,
  after: ReleaseUpload,
  route: string | undefined,
): ChangedModule[] {
  const old = modulesOf(before, route)
  const now = modulesOf(after, route)
  const found: ChangedModule[] = []
  for (const module of new Set([...old.keys(), ...now.keys()])) {
    const [a, b] = [old.get(module), now.get(module)]
    if (a && b && isSame(a, b)) continue
    const owners = ownersOf(after, module) ?? ownersOf(before, module) ?? []
    const change = a === undefined ? 'added' : b === undefined ? 'removed' : 'changed'
    found.push({ module, change, brotli: (b?.brotli ?? 0) - (a?.brotli ?? 0), owners })
  }
  return found.toSorted((a, b) => Math.abs(b.brotli) - Math.abs(a.brotli)).slice(0, MOST)
}

function judge(a: MetricStats, b: MetricStats): ComparedMetric['verdict'] {
  const [before, after] = [a.intervals.p75, b.intervals.p75]
  if (!before || !after) return 'not enough data'
  if (after[0] > before[1]) return 'worse'
  return after[1] < before[0] ? 'better' : 'no difference seen'
}

interface Part {
  readonly brotli: number
  readonly hash: string | undefined
}

/** By its source where that is known: shares of a compressed file move a little when their neighbours change. */
function isSame(a: Part, b: Part): boolean {
  return a.hash === undefined || b.hash === undefined ? a.brotli === b.brotli : a.hash === b.hash
}

/** The modules in what a route loads. Of a route whose files the build did not know, those of all chunks: it may load any. */
function modulesOf(upload: ReleaseUpload, route: string | undefined): Map<string, Part> {
  const found = new Map<string, Part>()
  const own = upload.routes.filter((one) => nameOfRoute(one) === route)
  // A release without the route loads nothing for it.
  if (own.length === 0 && route !== undefined && route !== UNKNOWN_ROUTE) return found
  const known = own.flatMap(({ files }) => files)
  const files = known.length === 0 ? undefined : new Set(known)
  for (const { file, modules } of upload.chunks) {
    if (files && !files.has(file)) continue
    for (const { id, brotli, hash } of modules)
      if (!id.startsWith('[')) found.set(id, { brotli: (found.get(id)?.brotli ?? 0) + brotli, hash })
  }
  return found
}

function ownersOf({ owners }: ReleaseUpload, module: string): readonly string[] | undefined {
  return Object.hasOwn(owners, module) ? owners[module] : undefined
}
