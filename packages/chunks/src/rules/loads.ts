import {
  entryClosure,
  entryScope,
  indexReport,
  routeScope,
  savingsOf,
  shortestChain,
  wholeScope,
  type BuildReport,
  type ChainStep,
  type Cut,
  type LoadScope,
  type ModuleEntry,
  type RouteEntry,
} from '@paceline/build-graph'

/** One load, with what questions about it need. */
export interface RuleLoad {
  /** For messages: `the initial load`, `the first load of /editor`. */
  readonly label: string
  readonly files: ReadonlySet<string>
  readonly scope: LoadScope
  /** Modules that `import()` may lead into on the way. */
  readonly lazyRoots: readonly string[]
}

const initialLoads = new WeakMap<BuildReport, RuleLoad>()

/** What every visit downloads: the entries and what they import statically. */
export function initialLoad(report: BuildReport): RuleLoad {
  const known = initialLoads.get(report)
  if (known) return known
  const files = entryClosure(report)
  const load = {
    label: 'the initial load',
    files: new Set(files),
    scope: entryScope(report, files),
    lazyRoots: [],
  }
  initialLoads.set(report, load)
  return load
}

/** The first load of a route. */
export function routeLoad(report: BuildReport, route: RouteEntry): RuleLoad {
  return {
    label: `the first load of ${route.id}`,
    files: new Set(route.firstLoad.files),
    scope: routeScope(report, route, route.firstLoad.files),
    lazyRoots: [...(route.layouts ?? []), route.module, ...(route.parts ?? [])],
  }
}

/** Everything that is emitted, whoever loads it. */
export function wholeLoad(report: BuildReport): RuleLoad {
  const files = report.files.map(({ file }) => file)
  const lazyRoots = report.modules.map(({ id }) => id)
  return { label: 'the build', files: new Set(files), scope: wholeScope(report, files), lazyRoots }
}

/** Bytes of a module in these files, brotli. */
export function bytesIn(report: BuildReport, id: string, files: ReadonlySet<string>): number {
  return (indexReport(report).shares.get(id) ?? []).reduce(
    (sum, share) => (files.has(share.file) ? sum + share.brotli : sum),
    0,
  )
}

/** Bytes of a module in all files, brotli. */
export function bytesOf(report: BuildReport, id: string): number {
  return (indexReport(report).shares.get(id) ?? []).reduce((sum, share) => sum + share.brotli, 0)
}

/** The shortest chain by which a load gets to a module; by any imports when the load's own do not lead there. */
export function chainInto(report: BuildReport, load: RuleLoad, matches: (module: ModuleEntry) => boolean): ChainStep[] {
  const inside = shortestChain(report, matches, { kinds: ['static'], lazyRoots: load.lazyRoots })
  return inside ?? shortestChain(report, matches) ?? []
}

/** Brotli bytes that a load loses with a cut: the subject, and all that only it brings. */
export function costIn(report: BuildReport, load: RuleLoad, cut: Cut): number {
  return savingsOf(report, load.scope, cut).brotli
}

/** What a cut saves the initial load; what it saves the whole build when the initial load has none of it. */
export function costOf(report: BuildReport, cut: Cut): number {
  return costIn(report, initialLoad(report), cut) || costIn(report, wholeLoad(report), cut)
}

/** Files that are there once a file is: what it imports statically, and their CSS. */
export function staticClosure(report: BuildReport, files: Iterable<string>): Set<string> {
  const chunks = new Map(report.chunks.map((chunk) => [chunk.file, chunk]))
  const closure = new Set(files)
  // Grows while it is walked.
  for (const file of closure) {
    const chunk = chunks.get(file)
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.css ?? [])]) closure.add(next)
  }
  return closure
}

/** The last import of a chain that the app itself writes: where somebody can change something. */
export function ownStep(report: BuildReport, chain: readonly ChainStep[]): ChainStep | undefined {
  const { indexOf } = indexReport(report)
  return chain.findLast(({ importer }) => {
    const position = indexOf.get(importer)
    return position !== undefined && report.modules[position]!.package === undefined
  })
}
