import { askersOf } from '../analysis/asked-modules.ts'
import type { ChangedOrder } from './chunk-fault.ts'
import { type DefaultOrders, defaultOrders } from './default-order.ts'
import type { Loading } from './loaded-chunks.ts'
import { isHelper, type OutputGraph, type Root } from './output-graph.ts'
import { type Callers, firstCallers, withRequired, withRequiredPlaces } from './required-modules.ts'
import { runFrom, shortestPath } from './source-graph.ts'
import { styleOrder } from './style-order.ts'
import { type ExpectedOrder, movedModules, swappedModules } from './swapped-modules.ts'

/** Two modules, and what both call for a value where that is why their order counts. */
type Swapped = readonly [first: number, second: number, asked?: string | undefined]

/**
 * Pairs of modules that run in another order than in the source, where both do something that others notice, call the same for a value or bring
 * CSS. What the bundler may change by itself, without any options for chunks, is nobody's fault. One fault per pair of
 * chunks and reason: which reasons count is for others to say.
 */
export function changedOrder(graph: OutputGraph, all: readonly Loading[]): ChangedOrder[] {
  const found = findChanges(graph, all, () => false)
  const { awaits } = graph.output
  // Whether a module awaits something costs a look at its code, so that is only asked where it may be an excuse.
  return found.length === 0 || !awaits ? found : findChanges(graph, all, awaits)
}

function findChanges(graph: OutputGraph, all: readonly Loading[], awaits: (module: string) => boolean): ChangedOrder[] {
  const { output, source } = graph
  const found = new Map<string, ChangedOrder>()
  let promised: DefaultOrders | undefined
  for (const loading of all) {
    const { root } = loading
    const inSource = runFrom(graph.kept, root.module, new Uint8Array(source.ids.length))
    const ranks = new Map(inSource.map((module, index) => [module, index]))
    for (const styles of [false, true]) {
      const chunks = styles ? styleOrder(graph, loading) : loading.chunks
      const callers: Callers = styles ? new Map() : firstCallers(graph, loading)
      const modules = chunks.flatMap((chunk) => graph.chunks[chunk]!)
      const runs = withRequired(graph, modules, callers).filter((module) => ranks.has(module))
      const own = styles ? runs.filter((module) => output.hasStyles(source.ids[module]!)) : runs
      if (isSorted(own.map((module) => ranks.get(module)!))) continue
      promised ??= defaultOrders(graph, awaits)
      const standard = { ...(styles ? promised.styles : promised.scripts), ranks }
      const order = withRequiredPlaces(graph, standard, inSource, callers)
      const pairs: Swapped[] = styles ? swappedModules(own, order) : swappedScripts(own, order, graph, callers)
      for (const [first, second, asked] of pairs) {
        const chunkOf = (module: number): number => graph.chunkOf[callers.get(module) ?? module]!
        // In which order a chunk calls its CommonJS is the bundler's doing, not that of the options.
        if (callers.has(first) && callers.has(second) && chunkOf(first) === chunkOf(second)) continue
        const key = [styles, chunkOf(first), chunkOf(second), asked].join(' ')
        const known = found.get(key)
        if (!known) found.set(key, describe(graph, root, [first, second, asked], styles, chunkOf))
        else if (known.root === source.ids[root.module]) found.set(key, { ...known, more: known.more + 1 })
      }
    }
  }
  return [...found.values()]
}

function swappedScripts(all: readonly number[], order: ExpectedOrder, graph: OutputGraph, callers: Callers): Swapped[] {
  const effects = movedEffects(all, order, graph, callers)
  const noticed = new Set(effects)
  const askers = swappedAskers(all, order, graph, callers)
  return [
    ...swappedModules(effects, order),
    ...askers.filter(([first, second]) => !noticed.has(first) || !noticed.has(second)),
  ]
}

/**
 * Those that do something, which costs a look at their code: only those are asked about that have changed places, and of the long ones
 * none that only did so with modules that do nothing.
 */
function movedEffects(all: readonly number[], order: ExpectedOrder, graph: OutputGraph, callers: Callers): number[] {
  const { output, source } = graph
  const isLong = (module: number): boolean => output.isLong?.(source.ids[module]!) === true
  const hasEffects = (module: number): boolean =>
    callers.has(module)
      ? output.hasEffectsInside?.(source.ids[module]!) === true
      : output.hasEffects(source.ids[module]!)
  // CommonJS first: it hardly ever lies where it runs, and so takes many others with it that keep their order among each other.
  const turns = [
    (module: number) => callers.has(module) && !isLong(module),
    (module: number) => !callers.has(module) && !isLong(module),
    isLong,
  ]
  let left = all.filter((module) => !isHelper(graph, module))
  for (const isTurn of turns) {
    left = movedModules(left, order).filter((module) => !isTurn(module) || hasEffects(module))
  }
  return left
}

/** Pairs that call the same, and what they call. CommonJS is left out: its code is a function. */
function swappedAskers(all: readonly number[], order: ExpectedOrder, graph: OutputGraph, callers: Callers): Swapped[] {
  const { asks } = graph.output
  if (!asks) return []
  const moved = movedModules(
    all.filter((module) => !callers.has(module)),
    order,
  )
  return [...askersOf(moved, (module) => asks(graph.source.ids[module]!))].flatMap(([name, modules]) =>
    swappedModules(modules, order).map(([first, second]): Swapped => [first, second, name]),
  )
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || numbers[at - 1]! < number)
}

function describe(
  graph: OutputGraph,
  root: Root,
  [first, second, asked]: Swapped,
  styles: boolean,
  chunkOf: (module: number) => number,
): ChangedOrder {
  const { ids } = graph.source
  const file = (module: number): string => graph.output.chunks[chunkOf(module)]!.file
  const chain = (module: number): ChangedOrder['chains'][0] =>
    shortestPath(graph.source, root.module, module, 'static') ?? []
  return {
    kind: 'order',
    root: ids[root.module]!,
    styles,
    alone: graph.output.chunks[graph.chunkOf[first]!]!.onlyStyles === true,
    first: ids[first]!,
    second: ids[second]!,
    chunks: [file(first), file(second)],
    chains: [chain(first), chain(second)],
    more: 0,
    ...(asked === undefined ? {} : { asked }),
  }
}
