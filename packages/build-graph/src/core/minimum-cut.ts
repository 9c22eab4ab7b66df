import type { BuildReport, ChainStep, ModuleEntry, ModuleImport } from '../report.ts'
import { immediateDominators } from './dominators.ts'
import { stepBetween } from './import-chains.ts'
import { staticReach } from './import-savings.ts'
import { minimumEdgeCut, type FlowEdge } from './max-flow.ts'
import { fileKind } from './file-kind.ts'
import { cleanId } from './paths.ts'
import { indexReport } from './report-index.ts'

export interface CutQuestion {
  /** Module ids that are run in any case, as in `LoadScope.roots`. */
  readonly roots: readonly string[]
  /** What is to go. */
  readonly matches: (module: ModuleEntry) => boolean
  /**
   * Which imports bring it in.
   *
   * @default ['static']
   */
  readonly kinds?: readonly ModuleImport['kind'][]
}

export interface ImportCut {
  /** The imports to take out, in the order of the importers' ids. */
  readonly imports: readonly ChainStep[]
  /** Other modules of the app that are then out of the load too, because only these imports led to them. */
  readonly loses: readonly string[]
}

/**
 * The fewest imports of the app without which none of `roots` reaches a matching module; of several such sets the one
 * nearest to it. Imports inside packages cannot be taken out, nor those of documents and of modules that are in no file.
 * Neither can the app's trunk be: an import of what leads to more than one page.
 *
 * @returns `undefined` when no such set exists, or nothing that matches is reached
 */
export function minimumCut(report: BuildReport, question: CutQuestion): ImportCut | undefined {
  const { roots, matches, kinds = ['static'] } = question
  const { modules } = report
  const { indexOf } = indexReport(report)
  const starts = roots.flatMap((id) => indexOf.get(id) ?? [])
  const targets = modules.flatMap((module, position) => (matches(module) ? [position] : []))
  const [source, sink] = [modules.length, modules.length + 1]
  const trunk = leadingToPages(report)
  const rooted = new Set(starts)
  const edges: FlowEdge[] = [
    ...starts.map((start): FlowEdge => [source, start, Infinity]),
    ...targets.map((target): FlowEdge => [target, sink, Infinity]),
  ]
  const fixed = edges.length
  modules.forEach((module, from) => {
    for (const to of new Set(module.imports.filter(({ kind }) => kinds.includes(kind)).map((edge) => edge.to))) {
      const importee = modules[to]
      // What is run in any case is not brought in by an import.
      if (!importee || rooted.has(to)) continue
      edges.push([from, to, trunk.has(to) || !isCuttable(module, importee) ? Infinity : 1])
    }
  })
  const found = minimumEdgeCut(modules.length + 2, edges, source, sink)
  if (!found || found.length === 0 || found.some((index) => index < fixed)) return undefined
  const cut = found.map((index) => edges[index]!)
  return {
    imports: cut.map(([from, to]) => stepBetween(report, from, to)),
    loses: lostBy(report, question, cut),
  }
}

/** Modules through which all ways to two or more pages lead: the router, the shell, and what loads them. */
function leadingToPages(report: BuildReport): ReadonlySet<number> {
  const { entries, indexOf } = indexReport(report)
  const successors = report.modules.map(({ imports }) => imports.map(({ to }) => to).filter((to) => report.modules[to]))
  const dominators = immediateDominators(successors, entries)
  const pages = new Set(report.routes.flatMap(({ module }) => indexOf.get(module) ?? []))
  const counts = new Map<number, number>()
  for (const page of pages) {
    for (let at = page; at !== -1; at = dominators[at]!) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return new Set([...counts].flatMap(([position, count]) => (count > 1 ? [position] : [])))
}

function isCuttable(importer: ModuleEntry, importee: ModuleEntry): boolean {
  if (importer.package !== undefined || importer.id.startsWith('virtual:')) return false
  if (fileKind(cleanId(importer.id)) === 'html') return false
  // Parts of one file, as plugins cut it: nobody wrote that import.
  return cleanId(importer.id) !== cleanId(importee.id)
}

function lostBy(report: BuildReport, { roots, matches, kinds }: CutQuestion, cut: readonly FlowEdge[]): string[] {
  const before = staticReach(report, roots, kinds)
  const gone = new Set(cut.map(([from, to]) => `${from} ${to}`))
  const modules = report.modules.map((module, from) => ({
    ...module,
    imports: module.imports.filter(({ to }) => !gone.has(`${from} ${to}`)),
  }))
  const after = staticReach({ ...report, modules }, roots, kinds)
  return modules
    .filter((module) => module.package === undefined && before.has(module.id) && !after.has(module.id))
    .filter((module) => !matches(module))
    .map(({ id }) => id)
}
