import { askersOf } from '../../analysis/asked-modules.ts'
import { isMereStyle } from '../../mere-styles.ts'
import { type Bits, bitsKey } from '../../planner/bits.ts'
import { orderedImports, runChunks } from '../../planner/execution-order.ts'
import { loadedWith, type Partition, partitionBy } from '../../planner/partition.ts'
import { runFrom } from '../../verify/source-graph.ts'
import { type ExpectedOrder, movedModules, swappedModules } from '../../verify/swapped-modules.ts'
import type { Noticed } from '../linking/link-modules.ts'
import type { BundledGraph, BundledModule } from './bundled-graph.ts'
import { chunkImports, type Layout, modulesByChunk, walk } from './layout.ts'
import { eagerChunks, findLoads } from './loads.ts'

/** Rounds in which what runs in the wrong order is brought together; what is left then fails the build. */
const MAX_ROUNDS = 16

/** Two modules that run in the wrong order. */
type Swapped = readonly [first: number, early: number]

/**
 * Puts modules that others notice into one chunk where chunks would run them in another order than both the source and the bundler's own
 * chunks: a chunk runs before those that import it, and so before what came into one of these later, although the source may have that in front. The
 * later one goes down to the early one with what it needs, or the early one up, where nobody gets more than before by that. Groups stay as they are.
 */
export function keepOrder(layout: Layout): void {
  const { noticed } = layout
  if (!noticed) return
  const expected = expectedOrder(layout)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const swapped = findSwapped(layout, expected, noticed)
    if (swapped.filter((pair) => bringTogether(layout, pair)).length === 0) return
  }
}

function findSwapped(layout: Layout, expected: Omit<ExpectedOrder, 'ranks'>, noticed: Noticed<number>): Swapped[] {
  const { graph, chunkOf } = layout
  const members = modulesByChunk(layout)
  const chunks = members.map((mates) => mates.toSorted((a, b) => placeIn(expected, a) - placeIn(expected, b)))
  const modules = layout.needs.map((imports) => ({ imports: imports.filter((target) => chunkOf[target] !== -1) }))
  const entries = graph.modules.flatMap(({ entry }, module) => (entry ? [module] : []))
  const imports = orderedImports({ modules, entries }, { chunkOf, chunks }, 'walked')
  const around = entries.map((entry) => loadedWith(imports, [chunkOf[entry] as number]))
  const loaded = [...imports.keys()].filter((chunk) => around.every((others) => others.has(chunk)))
  const ran = new Uint8Array(modules.length)
  for (const module of loaded.flatMap((chunk) => chunks[chunk] as readonly number[])) ran[module] = 1
  const isStyle = graph.modules.map(({ key }) => isMereStyle(key))
  // Chunks without scripts come behind those that import them.
  const isLone = members.map((mates) => mates.every((module) => isStyle[module]))
  const found: Swapped[] = []
  for (const root of graph.roots) {
    const chunk = chunkOf[root] as number
    if (chunk === -1) continue
    const isEntry = graph.modules[root]?.entry === true
    const running = runChunks({ chunkOf, chunks }, imports, [root], isEntry ? [] : loaded)
    const runs = running.flatMap((one) => (isLone[one] ? [] : (chunks[one] as readonly number[])))
    const rank = new Int32Array(modules.length).fill(-1)
    const inSource = runFrom(graph.imports, root, isEntry ? new Uint8Array(modules.length) : ran.slice())
    for (const [at, module] of inSource.entries()) rank[module] = at
    for (const kind of [true, false]) {
      const own = runs.filter((module) => isStyle[module] === kind && rank[module] !== -1)
      if (own.every((module, at) => at === 0 || (rank[own[at - 1] as number] as number) < (rank[module] as number)))
        continue
      const ranks = new Map(own.map((module) => [module, rank[module] as number]))
      const order = { ...expected, ranks, place: new Map(own.map((module) => [module, placeIn(expected, module)])) }
      found.push(...(kind ? swappedModules(own, order) : swappedScripts(own, order, noticed)))
    }
  }
  return found
}

/** Pairs of which both do something, or both call the same; either costs a look at their code. */
function swappedScripts(own: readonly number[], order: ExpectedOrder, noticed: Noticed<number>): Swapped[] {
  const moved = movedModules(own, order)
  const askers = askersOf(moved, noticed.asks)
  return [moved.filter(noticed.inOrder), ...askers.values()].flatMap((modules) => swappedModules(modules, order))
}

/** Modules as a bundler numbers them: what runs first in the source has the smallest number. */
function sourceOrder(graph: BundledGraph): number[] {
  const roots = new Set(graph.roots)
  const indexOf = new Map(graph.modules.map(({ id }, index) => [id, index]))
  const seen = new Uint8Array(graph.modules.length)
  const order: number[] = []
  for (const [module, { entry }] of graph.modules.entries()) if (entry) runFrom(graph.imports, module, seen, order)
  // Grows while it is walked.
  for (const module of order) {
    for (const id of graph.modules[module]?.dynamicImports ?? []) {
      const target = indexOf.get(id)
      if (target !== undefined && roots.has(target)) runFrom(graph.imports, target, seen, order)
    }
  }
  return order
}

/** What the bundler keeps of the order of the source: one chunk for every set of roots that have its modules. */
function expectedOrder({ graph, needs }: Layout): Omit<ExpectedOrder, 'ranks'> {
  const { chunkOf, chunks }: Partition = partitionBy(graph.modules.length, (module) =>
    bitsKey(graph.reach[module] as Bits),
  )
  const imports = chunks.map((modules) => [
    ...new Set(modules.flatMap((module) => needs[module]?.map((target) => chunkOf[target] as number) ?? [])),
  ])
  const closures = imports.map(() => undefined as ReadonlySet<number> | undefined)
  const isAfter = (chunk: number, other: number): boolean =>
    chunk !== other && (closures[chunk] ??= loadedWith(imports, [chunk])).has(other)
  return {
    place: new Map(sourceOrder(graph).map((module, index) => [module, index])),
    chunkOf: new Map(chunkOf.entries()),
    isAfter,
  }
}

function placeIn({ place }: Pick<ExpectedOrder, 'place'>, module: number): number {
  return place.get(module) ?? -1
}

/** @returns whether they lie together now */
function bringTogether(layout: Layout, [first, early]: Swapped): boolean {
  const { chunkOf, needs, neededBy } = layout
  const [above, below] = [chunkOf[first] as number, chunkOf[early] as number]
  if (above === below) return false
  const imports = chunkImports(layout)
  const leadsTo = (from: number, to: number): boolean => from !== -1 && loadedWith(imports, [from]).has(to)
  const goesDown = (module: number): boolean => chunkOf[module] !== below && leadsTo(chunkOf[module] as number, below)
  const goesUp = (module: number): boolean => chunkOf[module] !== above && leadsTo(above, chunkOf[module] as number)
  const needed = walk([first], (module) => (needs[module] as readonly number[]).filter(goesDown))
  const needing = walk([early], (module) => (neededBy[module] as readonly number[]).filter(goesUp))
  return bring(layout, needed, below) || bring(layout, needing, above)
}

/** Moves modules where nobody gets anything earlier by it, and no circle closes. */
function bring(layout: Layout, modules: readonly number[], chunk: number): boolean {
  const { chunks, chunkOf, graph } = layout
  const isGroup = (one: number | undefined): boolean => chunks[one as number]?.kind === 'group'
  const isFixed = (module: number): boolean => {
    const { entry, awaits = false } = graph.modules[module] as BundledModule
    // Who waits for a lazy module while it starts must not come to lie below it.
    return entry || awaits || isGroup(chunkOf[module])
  }
  if (isGroup(chunk) || modules.some(isFixed)) return false
  const before = modules.map((module) => chunkOf[module] as number)
  for (const module of modules) chunkOf[module] = chunk
  const found = findLoads(layout)
  if (eagerChunks(found).size === 0 && found.components.members.every((circle) => circle.length === 1)) return true
  for (const [index, module] of modules.entries()) chunkOf[module] = before[index] as number
  return false
}
