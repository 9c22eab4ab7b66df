import type { BuildReport, ChainStep, ModuleEntry, ModuleImport, Sizes } from '../report.ts'

type EdgeKind = ModuleImport['kind']

export interface ChainOptions {
  /**
   * Which imports a chain may use.
   *
   * @default ['static', 'dynamic']
   */
  readonly kinds?: readonly EdgeKind[]
  /**
   * Modules that `import()` may lead into although `kinds` leaves dynamic imports out: a route's page and its lazy
   * layouts. With this a chain stays inside what one visit downloads.
   */
  readonly lazyRoots?: readonly string[]
}

/** One load: where it starts and which emitted files it downloads. */
export interface LoadScope {
  /** Module ids that are run in any case: the entries, and for a route its page and its lazy layouts. */
  readonly roots: readonly string[]
  /** The files that count, as in `Load.files`. A module in another file weighs nothing here. */
  readonly files: readonly string[]
  /**
   * Which imports keep a module in the load. A visit follows static ones only; the whole build follows both.
   *
   * @default ['static']
   */
  readonly kinds?: readonly EdgeKind[]
}

/** What is taken out of the source: one import, every import of a package, or every import of a module. */
export type Cut =
  | { readonly importer: string; readonly importee: string }
  | { readonly package: string }
  | { readonly module: string }

/** Lookups over one report, built once and kept as long as the report is. */
export interface ReportIndex {
  /** Module id → index into `report.modules`. */
  readonly indexOf: ReadonlyMap<string, number>
  /** Indices of the modules that the browser runs without being asked. */
  readonly entries: readonly number[]
  /** For each module the indices of the modules that import it, in either way. */
  readonly importers: readonly (readonly number[])[]
  /** Module id → the files that hold a part of it, with the part's sizes. */
  readonly shares: ReadonlyMap<string, readonly ({ readonly file: string } & Sizes)[]>
}

const BOTH: readonly EdgeKind[] = ['static', 'dynamic']
const STATIC: readonly EdgeKind[] = ['static']
const indexes = new WeakMap<BuildReport, ReportIndex>()
/** Searches that were made already, by the very object of options: callers ask many questions about one load. */
const trees = new WeakMap<BuildReport, WeakMap<ChainOptions, SearchTree>>()
const reaches = new WeakMap<BuildReport, WeakMap<LoadScope, Uint8Array>>()

export function indexReport(report: BuildReport): ReportIndex {
  const known = indexes.get(report)
  if (known) return known
  const importers: number[][] = report.modules.map(() => [])
  report.modules.forEach((module, from) => {
    for (const { to } of module.imports) importers[to]?.push(from)
  })
  const shares = new Map<string, ({ readonly file: string } & Sizes)[]>()
  for (const chunk of report.chunks) {
    for (const { id, raw, gzip, brotli } of chunk.modules) {
      const list = shares.get(id)
      const share = { file: chunk.file, raw, gzip, brotli }
      if (list) list.push(share)
      else shares.set(id, [share])
    }
  }
  const index: ReportIndex = {
    indexOf: new Map(report.modules.map((module, position) => [module.id, position])),
    entries: report.modules.flatMap((module, position) => (module.entry ? [position] : [])),
    importers,
    shares,
  }
  indexes.set(report, index)
  return index
}

/**
 * The shortest chain of imports from an entry to the first module that matches. Of several equally short ones the one
 * that comes first in source order, so the same report always gives the same chain.
 *
 * @returns the steps, none when an entry itself matches; `undefined` when no matching module can be reached
 */
export function shortestChain(
  report: BuildReport,
  matches: (module: ModuleEntry) => boolean,
  options: ChainOptions = {},
): ChainStep[] | undefined {
  const tree = memo(trees, report, options, () => searchTree(report, options))
  const found = tree.order.find((position) => matches(report.modules[position]!))
  return found === undefined ? undefined : stepsTo(report, tree.parents, found)
}

/**
 * One chain for every module of the app that brings a matching module in: by importing it, or by importing a package
 * through which it comes. Shortest first.
 */
export function chainsTo(
  report: BuildReport,
  matches: (module: ModuleEntry) => boolean,
  options: ChainOptions = {},
): ChainStep[][] {
  const { modules } = report
  const { importers } = indexReport(report)
  const tree = memo(trees, report, options, () => searchTree(report, options))
  // Backwards from the matching modules through packages; `next` is the import each of them is followed by.
  const next = new Map<number, number>()
  const queue = modules.flatMap((module, position) => (matches(module) ? [position] : []))
  const targets = new Set(queue)
  const owned: number[] = []
  for (const position of queue) {
    for (const importer of importers[position]!) {
      if (targets.has(importer) || next.has(importer) || !tree.edge(importer, position)) continue
      next.set(importer, position)
      if (modules[importer]!.package === undefined) owned.push(importer)
      else queue.push(importer)
    }
  }
  const chains = owned.flatMap((importer) => {
    if (!tree.parents.has(importer)) return []
    const chain = stepsTo(report, tree.parents, importer)
    for (let from = importer; !targets.has(from); from = next.get(from)!)
      chain.push(step(report, from, next.get(from)!))
    return [chain]
  })
  return chains.sort((a, b) => a.length - b.length)
}

/** Ids of all modules that `roots` reach by the given kinds of import, themselves included; unknown roots are left out. */
export function staticReach(
  report: BuildReport,
  roots: readonly string[],
  kinds: readonly EdgeKind[] = STATIC,
): Set<string> {
  const seen = reach(report, roots, kinds, () => false)
  return new Set(report.modules.flatMap((module, position) => (seen[position] ? [module.id] : [])))
}

/**
 * What a load loses when imports are removed: the bytes, in the load's files, of every module that the load's roots
 * reached before and do not reach any more. The shares are those of the emitted files, so this is exact up to what a
 * compressor makes of the remaining text.
 */
export function savingsOf(report: BuildReport, scope: LoadScope, cut: Cut): Sizes {
  const { shares } = indexReport(report)
  const kinds = scope.kinds ?? STATIC
  const before = memo(reaches, report, scope, () => reach(report, scope.roots, kinds, () => false))
  const after = reach(report, scope.roots, kinds, cutter(report, cut))
  const files = new Set(scope.files)
  const saved = { raw: 0, gzip: 0, brotli: 0 }
  report.modules.forEach((module, position) => {
    if (!before[position] || after[position]) return
    for (const share of shares.get(module.id) ?? []) {
      if (!files.has(share.file)) continue
      saved.raw += share.raw
      saved.gzip += share.gzip
      saved.brotli += share.brotli
    }
  })
  return saved
}

interface SearchTree {
  /** Reached modules, nearest first. */
  readonly order: readonly number[]
  /** Reached module → the module it was reached from; an entry is its own parent. */
  readonly parents: ReadonlyMap<number, number>
  /** Whether a chain may go from one module to the other directly. */
  readonly edge: (from: number, to: number) => boolean
}

/** The value kept for a report and a key, made when it is not there. */
function memo<Key extends object, Value>(
  store: WeakMap<BuildReport, WeakMap<Key, Value>>,
  report: BuildReport,
  key: Key,
  make: () => Value,
): Value {
  const ofReport = store.get(report) ?? new WeakMap<Key, Value>()
  store.set(report, ofReport)
  const known = ofReport.get(key)
  if (known !== undefined) return known
  const made = make()
  ofReport.set(key, made)
  return made
}

function searchTree(report: BuildReport, options: ChainOptions): SearchTree {
  const kinds = options.kinds ?? BOTH
  const { entries, indexOf } = indexReport(report)
  const lazyRoots = new Set((options.lazyRoots ?? []).map((id) => indexOf.get(id)))
  const allowed = ({ kind, to }: ModuleImport): boolean => kinds.includes(kind) || lazyRoots.has(to)
  const parents = new Map<number, number>(entries.map((entry) => [entry, entry]))
  const order = [...entries]
  for (const from of order) {
    for (const edge of report.modules[from]!.imports) {
      if (parents.has(edge.to) || !report.modules[edge.to] || !allowed(edge)) continue
      parents.set(edge.to, from)
      order.push(edge.to)
    }
  }
  const edge = (from: number, to: number): boolean =>
    report.modules[from]!.imports.some((candidate) => candidate.to === to && allowed(candidate))
  return { order, parents, edge }
}

function stepsTo(report: BuildReport, parents: ReadonlyMap<number, number>, target: number): ChainStep[] {
  const steps: ChainStep[] = []
  for (let to = target, from = parents.get(to)!; from !== to; to = from, from = parents.get(to)!) {
    steps.push(step(report, from, to))
  }
  return steps.toReversed()
}

function step(report: BuildReport, from: number, to: number): ChainStep {
  const importer = report.modules[from]!
  const edges = importer.imports.filter((edge) => edge.to === to)
  // A static import decides when there are both: it is the one that puts the module into the importer's own load.
  const line = (edges.find(({ kind }) => kind === 'static') ?? edges[0])?.line
  return { importer: importer.id, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id }
}

function reach(
  report: BuildReport,
  roots: readonly string[],
  kinds: readonly EdgeKind[],
  cut: (from: number, to: number) => boolean,
): Uint8Array {
  const { modules } = report
  const { indexOf } = indexReport(report)
  const seen = new Uint8Array(modules.length)
  const stack = roots.flatMap((id) => indexOf.get(id) ?? [])
  for (const position of stack) seen[position] = 1
  while (stack.length > 0) {
    const from = stack.pop()!
    for (const { to, kind } of modules[from]!.imports) {
      if (seen[to] !== 0 || !kinds.includes(kind) || cut(from, to)) continue
      seen[to] = 1
      stack.push(to)
    }
  }
  return seen
}

function cutter(report: BuildReport, cut: Cut): (from: number, to: number) => boolean {
  const { modules } = report
  if ('package' in cut) {
    // Imports inside the package stay: they go with it when nothing outside leads in.
    return (from, to) => modules[to]!.package === cut.package && modules[from]!.package !== cut.package
  }
  if ('module' in cut) return (_from, to) => modules[to]!.id === cut.module
  return (from, to) => modules[from]!.id === cut.importer && modules[to]!.id === cut.importee
}
