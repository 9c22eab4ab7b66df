import {
  entryClosure,
  entryRoutes,
  entryScope,
  indexReport,
  routeScope,
  savingsOf,
  shortestChain,
  staticReach,
  wholeScope,
  type BuildReport,
  type ChainOptions,
  type ChainStep,
  type Cut,
  type LoadScope,
  type ModuleEntry,
  type RouteEntry,
} from '@paceline/build-graph'

/** One load, with what questions about it need. The same load is the same object: what is found out about it is kept. */
export interface RuleLoad {
  /** For messages: `the initial load`, `the first load of /editor`. */
  readonly label: string
  /** Pages of an initial load that others do not share, for messages: `/admin/`. */
  readonly pages?: string
  readonly files: ReadonlySet<string>
  readonly scope: LoadScope
  /** Which imports lead to what is in it. */
  readonly ways: ChainOptions
}

/** Imports that a visit follows by itself. */
export const staticWays: ChainOptions = Object.freeze({ kinds: ['static'] as const })
const anyWays: ChainOptions = Object.freeze({})

const initialLoads = new WeakMap<BuildReport, RuleLoad>()
const pagesOf = new WeakMap<BuildReport, readonly RuleLoad[]>()
const wholeLoads = new WeakMap<BuildReport, RuleLoad>()
const routeLoads = new WeakMap<RouteEntry, RuleLoad>()

/** What every visit downloads: the entries and what they import statically. */
export function initialLoad(report: BuildReport): RuleLoad {
  return kept(initialLoads, report, () => {
    const files = entryClosure(report)
    return { label: 'the initial load', files: new Set(files), scope: entryScope(report, files), ways: staticWays }
  })
}

/** The initial load of each HTML document or entry, when there are several. */
export function pageLoads(report: BuildReport): readonly RuleLoad[] {
  return kept(pagesOf, report, () => {
    const pages = entryRoutes(report)
    return pages.length < 2 ? [initialLoad(report)] : pages.map((page) => loadOfPages([page]))
  })
}

/** The initial load of those pages that something is in: of all, or of some that it names. */
export function initialLoadWith(report: BuildReport, isIn: (files: ReadonlySet<string>) => boolean): RuleLoad {
  const pages = entryRoutes(report)
  const having = pages.filter(({ firstLoad }) => isIn(new Set(firstLoad.files)))
  return having.length === 0 || having.length === pages.length ? initialLoad(report) : loadOfPages(having)
}

function loadOfPages(routes: readonly RouteEntry[]): RuleLoad {
  const pages = listed(routes.map(({ id }) => id))
  const roots = routes.map(({ module }) => module)
  const files = new Set(routes.flatMap(({ firstLoad }) => firstLoad.files))
  return {
    label: `the initial load of ${pages}`,
    pages,
    files,
    scope: { roots, files: [...files] },
    ways: { ...staticWays, roots },
  }
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names[0]!} and ${names.length - 1} more pages`
}

/** The first load of a route. */
export function routeLoad(report: BuildReport, route: RouteEntry): RuleLoad {
  return kept(routeLoads, route, () => {
    const { files } = route.firstLoad
    const scope = routeScope(report, route, files)
    const lazyRoots = [...(route.layouts ?? []), route.module, ...(route.parts ?? [])]
    const entries = new Set(indexReport(report).entries.map((position) => report.modules[position]!.id))
    const ways = { ...staticWays, roots: scope.roots.filter((id) => entries.has(id)), lazyRoots }
    return { label: `the first load of ${route.id}`, files: new Set(files), scope, ways }
  })
}

/** Everything that is emitted, whoever loads it. */
export function wholeLoad(report: BuildReport): RuleLoad {
  return kept(wholeLoads, report, () => {
    const files = report.files.map(({ file }) => file)
    return { label: 'the build', files: new Set(files), scope: wholeScope(report, files), ways: anyWays }
  })
}

function kept<Key extends object, Value>(store: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const known = store.get(key)
  if (known !== undefined) return known
  const made = make()
  store.set(key, made)
  return made
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

/** Bytes of emitted files, brotli. */
export function bytesOfFiles(report: BuildReport, files: Iterable<string>): number {
  const wanted = new Set(files)
  return report.files.reduce((sum, { file, brotli }) => (wanted.has(file) ? sum + brotli : sum), 0)
}

/** The shortest chain by which a load gets to a module; by any imports when the load's own do not lead there. */
export function chainInto(report: BuildReport, load: RuleLoad, matches: (module: ModuleEntry) => boolean): ChainStep[] {
  return shortestChain(report, matches, load.ways) ?? shortestChain(report, matches, anyWays) ?? []
}

/** Brotli bytes that a load loses with a cut: the subject, and all that only it brings. */
export function costIn(report: BuildReport, load: RuleLoad, cut: Cut): number {
  return savingsOf(report, load.scope, cut).brotli
}

/** Brotli bytes that a load loses when all these imports go: more than each saves alone where they bring the same in. */
export function costTogether(report: BuildReport, { scope, files }: RuleLoad, steps: readonly ChainStep[]): number {
  const gone = new Set(steps.map(({ importer, importee }) => `${importer}\0${importee}`))
  const importers = new Set(steps.map(({ importer }) => importer))
  const modules = report.modules.map((module) => {
    if (!importers.has(module.id)) return module
    return {
      ...module,
      imports: module.imports.filter(({ to }) => !gone.has(`${module.id}\0${report.modules[to]!.id}`)),
    }
  })
  const left = staticReach({ ...report, modules }, scope.roots)
  return [...staticReach(report, scope.roots)].reduce(
    (sum, id) => (left.has(id) ? sum : sum + bytesIn(report, id, files)),
    0,
  )
}

/** What a cut saves the initial load; what it saves the whole build when the initial load has none of it. */
export function costOf(report: BuildReport, cut: Cut): number {
  return costIn(report, initialLoad(report), cut) || costIn(report, wholeLoad(report), cut)
}

/** The shortest chain from an entry to a module, by any imports. */
export function wayTo(report: BuildReport, matches: (module: ModuleEntry) => boolean): ChainStep[] {
  return shortestChain(report, matches, anyWays) ?? []
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
