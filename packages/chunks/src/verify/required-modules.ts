import type { Loading } from './loaded-chunks.ts'
import type { OutputGraph } from './output-graph.ts'
import { runFrom } from './source-graph.ts'
import type { ExpectedOrder } from './swapped-modules.ts'

/** Who runs a CommonJS module, by number. */
export type Callers = ReadonlyMap<number, number>

/** CommonJS modules that the code of a module requires where it stands, each behind what it requires in turn. */
export function requiredBy({ output, source }: Pick<OutputGraph, 'output' | 'source'>, module: number): number[] {
  const known = (ids: readonly string[] | undefined): number[] =>
    ids?.flatMap((id) => source.indexOf.get(id) ?? []) ?? []
  const asked = known(output.requires?.(source.ids[module]!))
  if (asked.length === 0) return []
  const inside = (required: number): number[] => known(output.requiresInside?.(source.ids[required]!))
  const seen = new Set<number>()
  const order: number[] = []
  const visit = (required: number): void => {
    if (seen.has(required)) return
    seen.add(required)
    for (const next of inside(required)) visit(next)
    order.push(required)
  }
  for (const required of asked) visit(required)
  return order
}

/**
 * CommonJS modules that run in a loading, with the module that requires each first. What may have run before is not among them: what
 * entries, those who ask for the root and what the root finds loaded require.
 */
export function firstCallers(graph: OutputGraph, { root, chunks }: Loading): Callers {
  const callers = new Map<number, number>()
  if (!graph.output.requires) return callers
  const modulesOf = (list: readonly number[]): number[] => list.flatMap((chunk) => graph.chunks[chunk]!)
  for (const module of modulesOf(chunks)) {
    for (const required of graph.required(module)) if (!callers.has(required)) callers.set(required, module)
  }
  if (callers.size === 0 || root.entry) return callers
  const entries = graph.roots.filter(({ entry }) => entry).map(({ chunk }) => chunk)
  const seen = new Uint8Array(graph.chunks.length)
  const around = [...entries, ...root.callers, root.chunk].flatMap((chunk) => runFrom(graph.chunkImports, chunk, seen))
  const now = new Set(chunks)
  for (const module of modulesOf(around.filter((chunk) => !now.has(chunk)))) {
    for (const required of graph.required(module)) callers.delete(required)
  }
  return callers
}

/** Modules as they run: CommonJS when it is first required, not where its function is defined. */
export function withRequired(graph: OutputGraph, runs: readonly number[], callers: Callers): number[] {
  if (callers.size === 0) return [...runs]
  return runs.flatMap((module) => [
    ...graph.required(module).filter((required) => callers.get(required) === module),
    ...(callers.has(module) ? [] : [module]),
  ])
}

/**
 * Without options bundlers put the call where the source has the import, but into the chunk of who imports it.
 *
 * @param inSource modules in the order in which they run in the source
 */
export function withRequiredPlaces<Order extends ExpectedOrder>(
  graph: OutputGraph,
  order: Order,
  inSource: readonly number[],
  callers: Callers,
): Order {
  if (callers.size === 0) return order
  const chunkOf = new Map(order.chunkOf)
  const left = new Set(callers.keys())
  for (const importer of inSource) {
    if (callers.has(importer)) continue
    const open = [importer]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const required of graph.kept[next]!) {
        if (!left.delete(required)) continue
        chunkOf.set(required, order.chunkOf.get(importer)!)
        open.push(required)
      }
    }
  }
  return { ...order, chunkOf }
}
