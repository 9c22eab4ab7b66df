import type { Bundler } from '../planner/execution-order.ts'
import type { SourceStep } from './chunk-fault.ts'
import type { SourceModule } from './finished-output.ts'

/** The graph of the source by index, dropped modules included. */
export interface SourceGraph {
  readonly ids: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly imports: readonly (readonly number[])[]
  readonly dynamicImports: readonly (readonly number[])[]
  readonly entries: readonly number[]
  /**
   * All modules in the order in which bundlers number them: depth first from the entries, then from the targets of
   * `import()`. Rollup takes the entries by name and the targets as it finds them, Rolldown the other way round. Modules of one
   * chunk run in this order.
   */
  readonly order: readonly number[]
}

export function sourceGraph(modules: readonly SourceModule[], bundler: Bundler): SourceGraph {
  const ids = modules.map((module) => module.id)
  const indexOf = new Map(ids.map((id, index) => [id, index]))
  const known = (targets: readonly string[]): number[] => targets.flatMap((id) => indexOf.get(id) ?? [])
  const imports = modules.map((module) => known(module.imports))
  const dynamicImports = modules.map((module) => known(module.dynamicImports))
  const entries = modules.flatMap((module, index) => (module.entry ? [index] : []))
  const byName = (a: number, b: number): number => (ids[a]! < ids[b]! ? -1 : 1)
  const lazy = [...new Set(dynamicImports.flat())].sort(byName)
  const order =
    bundler === 'rollup'
      ? executionOrder(imports, dynamicImports, entries.toSorted(byName), [])
      : executionOrder(imports, dynamicImports, entries, lazy)
  return { ids, indexOf, imports, dynamicImports, entries, order }
}

/** @param lazy targets of `import()`, where they are known before the walk; the others follow as they are found */
function executionOrder(
  imports: readonly (readonly number[])[],
  dynamicImports: readonly (readonly number[])[],
  entries: readonly number[],
  lazy: readonly number[],
): number[] {
  const order: number[] = []
  const seen = new Uint8Array(imports.length)
  for (const entry of entries) runFrom(imports, entry, seen, order)
  const targets = new Set(lazy)
  let looked = 0
  const look = (): void => {
    while (looked < order.length) for (const target of dynamicImports[order[looked++]!]!) targets.add(target)
  }
  look()
  for (const target of targets) {
    runFrom(imports, target, seen, order)
    look()
  }
  return order
}

/** Runs a module as ESM does: what it imports first, each module once. */
export function runFrom(
  imports: readonly (readonly number[])[],
  start: number,
  seen: Uint8Array,
  order: number[] = [],
): number[] {
  if (seen[start] === 1) return order
  seen[start] = 1
  const path = [start]
  const next = [0]
  while (path.length > 0) {
    const depth = path.length - 1
    const target = imports[path[depth]!]![next[depth]!++]
    if (target === undefined) {
      order.push(path.pop()!)
      next.pop()
    } else if (seen[target] !== 1) {
      seen[target] = 1
      path.push(target)
      next.push(0)
    }
  }
  return order
}

/** A shortest chain of imports, static ones before lazy ones where both are as short. */
export function shortestPath(
  graph: SourceGraph,
  from: number,
  to: number,
  kinds: 'static' | 'both' = 'both',
): SourceStep[] | undefined {
  const parents = new Map([[from, from]])
  for (const importer of parents.keys()) {
    if (importer === to) return stepsTo(graph, parents, to)
    const targets = [graph.imports[importer]!, kinds === 'both' ? graph.dynamicImports[importer]! : []].flat()
    for (const target of targets) if (!parents.has(target)) parents.set(target, importer)
  }
  return undefined
}

function stepsTo({ ids, imports }: SourceGraph, parents: ReadonlyMap<number, number>, target: number): SourceStep[] {
  const steps: SourceStep[] = []
  for (let to = target, from = parents.get(to)!; from !== to; to = from, from = parents.get(to)!) {
    const kind = imports[from]!.includes(to) ? 'static' : 'dynamic'
    steps.push({ importer: ids[from]!, importee: ids[to]!, kind })
  }
  return steps.toReversed()
}
