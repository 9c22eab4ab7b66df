import { addBits, type Bits, keepBits, makeBits, setBit } from '../../planner/bits.ts'
import { nameChunk } from './chunk-name.ts'
import { findChunk } from './find-chunk.ts'
import type { Layout } from './layout.ts'
import { findLoads, type Loads } from './loads.ts'

/**
 * Finds a place for every module that no line of the plan covers: where it fits, else a chunk of its own, which is what the bundler
 * would do with it. Importers come first, so that what a new page brings along lands beside the page.
 *
 * @returns modules that were given a place, and those that none leads to: only the bundler knows what it adds them for
 */
export function placeNew(layout: Layout): { readonly added: readonly number[]; readonly unplaced: readonly number[] } {
  const { graph, chunkOf } = layout
  const added: number[] = []
  const unplaced: number[] = []
  const isNew = (module: number): boolean => chunkOf[module] === -1
  if (!graph.modules.some((module, index) => isNew(index) && module.removed !== true)) return { added, unplaced }
  const found = findLoads(layout)
  const demands = new Map<number, Bits>()
  for (const module of graph.topDown) {
    if (!isNew(module)) continue
    const demand = demandFor(layout, found, demands, module)
    demands.set(module, demand)
    if (graph.modules[module]?.removed === true) continue
    if (!graph.isReached(module)) {
      unplaced.push(module)
      continue
    }
    place(layout, found, module, demand)
    added.push(module)
  }
  return { added, unplaced }
}

/** The roots that need a module without a place: itself when it is one, and whoever loads what imports it. */
function demandFor(layout: Layout, { loads }: Loads, demands: ReadonlyMap<number, Bits>, module: number): Bits {
  const { graph, chunkOf } = layout
  const demand = makeBits(graph.roots.length)
  const root = graph.roots.indexOf(module)
  if (root !== -1) setBit(demand, root)
  // The source's imports, not only the needs: what tree shaking removed hands on what it was imported by.
  for (const importer of graph.importers[module] as readonly number[]) {
    const chunk = chunkOf[importer] as number
    if (chunk !== -1 && !(layout.needs[importer] as readonly number[]).includes(module)) {
      if (graph.modules[module]?.removed !== true) continue
    }
    const known = chunk === -1 ? demands.get(importer) : loads[chunk]
    if (known) addBits(demand, known)
  }
  return demand
}

function place(layout: Layout, found: Loads, module: number, demand: Bits): void {
  const { graph, chunkOf } = layout
  const reach = found.reach[module] as Bits
  const isEntry = graph.modules[module]?.entry === true
  const chunk = isEntry ? undefined : findChunk(layout, found, { modules: [module], demand, common: reach })
  const own = chunk ?? addChunk(layout, found, module, isEntry ? 'entry' : 'planned')
  chunkOf[module] = own
  addBits(found.loads[own] as Bits, demand)
  keepBits(found.common[own] as Bits, reach)
  found.modules[own]?.push(module)
  const targets = (layout.needs[module] as readonly number[]).map((target) => chunkOf[target] as number)
  for (const target of targets) if (target !== -1 && target !== own) found.imports[own]?.push(target)
  for (const importer of layout.neededBy[module] as readonly number[]) {
    const other = chunkOf[importer] as number
    if (other !== -1 && other !== own) found.imports[other]?.push(own)
  }
}

function addChunk(layout: Layout, found: Loads, module: number, kind: 'entry' | 'planned'): number {
  const { graph, chunks } = layout
  const taken = new Set(chunks.map(({ name }) => name))
  chunks.push({ name: nameChunk(graph.modules[module]?.key ?? '', taken), kind, hidden: new Set() })
  found.imports.push([])
  found.modules.push([])
  found.loads.push(makeBits(graph.roots.length))
  found.common.push(makeBits(graph.roots.length).fill(0xff_ff_ff_ff))
  return chunks.length - 1
}
