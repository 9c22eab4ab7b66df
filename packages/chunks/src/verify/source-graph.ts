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
   * `import()`, which Rolldown takes by name and Rollup as it finds them. Modules of one chunk run in this order.
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
  const order = executionOrder(imports, dynamicImports, entries, bundler === 'rolldown' ? ids : undefined)
  return { ids, indexOf, imports, dynamicImports, entries, order }
}

/** @param names names of the modules, if targets of `import()` are taken by name */
function executionOrder(
  imports: readonly (readonly number[])[],
  dynamicImports: readonly (readonly number[])[],
  entries: readonly number[],
  names: readonly string[] | undefined,
): number[] {
  const order: number[] = []
  const seen = new Uint8Array(imports.length)
  for (const entry of entries) runFrom(imports, entry, seen, order)
  const lazy = new Set<number>(names ? [...new Set(dynamicImports.flat())].sort(byName(names)) : [])
  let looked = 0
  const look = (): void => {
    while (looked < order.length) for (const target of dynamicImports[order[looked++]!]!) lazy.add(target)
  }
  look()
  for (const target of lazy) {
    runFrom(imports, target, seen, order)
    look()
  }
  return order
}

function byName(names: readonly string[]): (a: number, b: number) => number {
  return (a, b) => (names[a]! < names[b]! ? -1 : 1)
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
