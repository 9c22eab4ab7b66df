import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { eachBit } from './bits.ts'
import type { Standard } from './default-partition.ts'
import { type ImportOrder, orderedImports, runChunks } from './execution-order.ts'
import { importsBetween, loadedWith, type Partition } from './partition.ts'
import type { Reach } from './reach.ts'
import { isOnlyStyles, stylesInOrder } from './style-order.ts'

/** Two modules with effects that run in an order which is neither the source's nor the default build's. */
export interface OrderFault {
  readonly ranFirst: number
  readonly ranSecond: number
  /** Whether the second had to wait, because its chunk imports the first one's; else the two chunks stand in the wrong order. */
  readonly waits: boolean
  /** Whether the second is in a chunk of nothing but stylesheets, which comes behind those of its importers. */
  readonly alone: boolean
  /** What was loaded when it happened. */
  readonly roots: readonly number[]
}

/** A scenario, or a target of an `import()` with what is loaded before it. */
interface Way {
  readonly roots: readonly number[]
  /** Modules that have run before. */
  readonly before: readonly number[]
}

/** Finds what runs in the wrong order in any scenario and after any other `import()`, whatever the order of import statements. */
export function makeOrderCheck(
  graph: LiveGraph,
  reach: Reach,
  { partition: standard, leads }: Standard,
): (ours: Partition) => OrderFault[] {
  const ways = findWays(graph, reach)
  const expected = ORDERS.map((order) => ways.map(effectsInOrder(graph, standard, order, leads)))
  const expectedStyles = ORDERS.map((order) => {
    const inOrder = stylesInOrder(graph, standard, order, leads)
    return inOrder && ways.map(inOrder)
  })
  return (ours) => {
    const imports = importsBetween(graph, ours)
    const found = new Map<string, OrderFault>()
    for (const [index, order] of ORDERS.entries()) {
      const run = effectsInOrder(graph, ours, order, graph.entries)
      const runStyles = stylesInOrder(graph, ours, order, graph.entries)
      for (const [at, way] of ways.entries()) {
        const usual = expected[index]?.[at] ?? []
        const now = run(way)
        // Scripts and stylesheets do not notice each other.
        const faults = KINDS.flatMap((kind) => {
          const isKind = ({ module }: Run) => (graph.modules[module] as LiveModule).kind === kind
          const isStyle = kind === 'css'
          return faultsBetween(
            (isStyle && expectedStyles[index]?.[at]) || usual.filter(isKind).map(moduleOf),
            (isStyle && runStyles?.(way)) || now.filter(isKind).map(moduleOf),
          )
        })
        for (const [early, late] of faults) {
          const [ranFirst, ranSecond] = [byWhom(now, early), byWhom(now, late)]
          const waits = loadedWith(imports, [ours.chunkOf[ranSecond] as number]).has(ours.chunkOf[ranFirst] as number)
          const alone = isOnlyStyles(graph, ours.chunks[ours.chunkOf[ranSecond] as number] as readonly number[])
          found.set(`${ranFirst} ${ranSecond}`, { ranFirst, ranSecond, waits, alone, roots: way.roots })
        }
      }
    }
    return [...found.values()]
  }
}

const ORDERS = ['walked', 'sorted'] as const
const KINDS = ['js', 'css'] as const

function findWays(graph: LiveGraph, { roots, before, components }: Reach): Way[] {
  const paged = new Set(graph.scenarios.flatMap((scenario) => scenario.roots))
  const loaded: number[][] = roots.map(() => [])
  for (const [component, bits] of before.entries()) {
    const [first] = components.members[component] as readonly number[]
    for (const root of eachBit(bits)) (loaded[root] as number[]).push(first as number)
  }
  return [
    ...graph.scenarios.map((scenario) => ({ roots: scenario.roots, before: [] })),
    ...roots.flatMap((root, index) => (paged.has(root) ? [] : [{ roots: [root], before: loaded[index] as number[] }])),
  ]
}

/** A module with effects that runs. */
interface Run {
  readonly module: number
  /** The module itself, or who requires it for the first time. */
  readonly by: number
}

const moduleOf = ({ module }: Run): number => module

function byWhom(runs: readonly Run[], module: number): number {
  return (runs.find((run) => run.module === module) as Run).by
}

function effectsInOrder(
  graph: LiveGraph,
  partition: Partition,
  order: ImportOrder,
  leads: readonly number[],
): (way: Way) => Run[] {
  const imports = orderedImports(graph, partition, order, leads)
  const runs = runsOf(graph, partition)
  return ({ roots, before }) => {
    const loaded = loadedWith(imports, new Set(before.map((module) => partition.chunkOf[module] as number)))
    const ran = new Set([...loaded].flatMap((chunk) => (runs[chunk] as readonly Run[]).map(moduleOf)))
    return runChunks(partition, imports, roots, loaded).flatMap((chunk) =>
      (runs[chunk] as readonly Run[]).filter(({ module }) => !ran.has(module) && ran.add(module)),
    )
  }
}

/**
 * Chunk → its effects. CommonJS runs with who requires it, wherever it lies, and in a chunk before all that the source has behind it:
 * bundlers put the call there.
 */
function runsOf(graph: LiveGraph, { chunks }: Partition): Run[][] {
  const required = new Set(graph.modules.flatMap(({ requires = [] }) => requires))
  return chunks.map((modules) =>
    modules
      .flatMap((by): Run[] => {
        const { effects, requires = [] } = graph.modules[by] as LiveModule
        const all = effects && !required.has(by) ? [by, ...requires] : requires
        return all.map((module) => ({ module, by }))
      })
      .sort((a, b) => a.module - b.module),
  )
}

/**
 * Every module that runs after one which both the source and the default build run later, with the last such one of the
 * source: `[ran first, ran second]`. A Fenwick tree over the default's ranks keeps, of what has run, the last in the source.
 */
export function faultsBetween(
  standard: readonly number[],
  ours: readonly number[],
): [ranFirst: number, ranSecond: number][] {
  const faults: [number, number][] = []
  const rank = new Map(standard.map((module, index) => [module, standard.length - index]))
  const latest = new Int32Array(standard.length + 1).fill(-1)
  for (const module of ours) {
    const own = rank.get(module)
    if (own === undefined) continue
    let source = -1
    for (let at = own - 1; at > 0; at &= at - 1) source = Math.max(source, latest[at] as number)
    if (source > module) faults.push([source, module])
    for (let at = own; at <= standard.length; at += at & -at) latest[at] = Math.max(latest[at] as number, module)
  }
  return faults
}
