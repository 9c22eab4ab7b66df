import type { BuildReport, ChainStep, ModuleEntry, ModuleImport } from '../report.ts'
import { indexReport, memo } from './report-index.ts'

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
  /**
   * Modules that chains begin at.
   *
   * @default the entries of the report
   */
  readonly roots?: readonly string[]
}

const BOTH: readonly EdgeKind[] = ['static', 'dynamic']
/** Searches that were made already, by the very object of options: callers ask many questions about one load. */
const trees = new WeakMap<BuildReport, WeakMap<ChainOptions, SearchTree>>()

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
      chain.push(stepBetween(report, from, next.get(from)!))
    return [chain]
  })
  return chains.sort((a, b) => a.length - b.length)
}

interface SearchTree {
  /** Reached modules, nearest first. */
  readonly order: readonly number[]
  /** Reached module → the module it was reached from; an entry is its own parent. */
  readonly parents: ReadonlyMap<number, number>
  /** Whether a chain may go from one module to the other directly. */
  readonly edge: (from: number, to: number) => boolean
}

function searchTree(report: BuildReport, options: ChainOptions): SearchTree {
  const kinds = options.kinds ?? BOTH
  const { entries, indexOf } = indexReport(report)
  const starts = options.roots?.flatMap((id) => indexOf.get(id) ?? []) ?? entries
  const lazyRoots = new Set((options.lazyRoots ?? []).map((id) => indexOf.get(id)))
  const allowed = ({ kind, to }: ModuleImport): boolean => kinds.includes(kind) || lazyRoots.has(to)
  const parents = new Map<number, number>(starts.map((start) => [start, start]))
  const order = [...starts]
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
    steps.push(stepBetween(report, from, to))
  }
  return steps.toReversed()
}

/** The import that leads from one module to another, by their positions. */
export function stepBetween(report: BuildReport, from: number, to: number): ChainStep {
  const importer = report.modules[from]!
  const edges = importer.imports.filter((edge) => edge.to === to)
  // A static import decides when there are both: it is the one that puts the module into the importer's own load.
  const line = (edges.find(({ kind }) => kind === 'static') ?? edges[0])?.line
  return { importer: importer.id, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id }
}
