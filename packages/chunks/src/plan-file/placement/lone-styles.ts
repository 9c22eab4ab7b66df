import { isMereStyle } from '../../mere-styles.ts'
import { addBits, type Bits, countBits, makeBits, setBit } from '../../planner/bits.ts'
import { loadedWith } from '../../planner/partition.ts'
import type { StoredChunk } from '../stored-plan.ts'
import { findChunk } from './find-chunk.ts'
import { chunkImports, type Layout, modulesByChunk, throughBarrels } from './layout.ts'
import { findLoads } from './loads.ts'

/**
 * Brings stylesheets out of chunks without scripts to the importer whom all that need them load, where an importer has CSS of its own: Vite
 * would put them behind that. What the plan has so already is right, since the planner knows of it. Groups stay as they are.
 *
 * @param before where the plan has the modules
 */
export function bringStyles(layout: Layout, stored: readonly StoredChunk[], before: Int32Array): void {
  const { chunks, chunkOf, graph } = layout
  const isMere = graph.modules.map(({ key }) => isMereStyle(key))
  if (!isMere.some((is, module) => is && chunkOf[module] !== -1)) return
  const isElsewhere = (chunk: number): boolean => isImportedAnew(layout, stored, chunk)
  let members = modulesByChunk(layout)
  /** Chunk → all that it imports, also by way of modules of which nothing else is used. */
  let behind: ReadonlySet<number>[] | undefined
  const isLone = (chunk: number): boolean => (members[chunk] as number[]).every((module) => isMere[module])
  for (const [module, chunk] of chunkOf.entries()) {
    if (!isMere[module] || chunk === -1 || chunks[chunk]?.kind === 'group' || !isLone(chunk)) continue
    behind ??= members.map((mates) => new Set(throughBarrels(layout, mates)))
    const importers = [...behind.keys()].filter((other) => other !== chunk && behind?.[other]?.has(module))
    const isLate = importers.some((importer) => {
      const styles = (members[importer] ?? []).filter((mate) => isMere[mate])
      if (styles.length === 0) return false
      return before[module] !== chunk || styles.some((mate) => before[mate] !== importer) || isElsewhere(importer)
    })
    if (!isLate) continue
    const found = findLoads(layout)
    const demand = demandOf(layout, found.loads, module, importers)
    const common = found.reach[module] as Bits
    const isBelow = (other: number): boolean => {
      const loaded = loadedWith(found.imports, [other])
      return importers.every((importer) => importer === other || !loaded.has(importer))
    }
    const candidates = importers
      .filter((other) => !isLone(other) && isBelow(other))
      .sort((a, b) => countBits(found.loads[b] as Bits) - countBits(found.loads[a] as Bits) || a - b)
    const target = findChunk(layout, found, { modules: [module], demand, common, candidates })
    if (target === undefined) continue
    chunkOf[module] = target
    members = modulesByChunk(layout)
    behind = undefined
  }
}

/** Whether a chunk, or one that leads to it, is imported where it is not in the plan. */
function isImportedAnew(layout: Layout, stored: readonly StoredChunk[], chunk: number): boolean {
  const imports = chunkImports(layout)
  const above = new Set([chunk])
  for (const target of above) {
    const name = layout.chunks[target]?.name ?? ''
    for (const [importer, targets] of imports.entries()) {
      if (!targets.includes(target)) continue
      if (stored[importer]?.imports.includes(name) !== true) return true
      above.add(importer)
    }
  }
  return false
}

function demandOf({ graph }: Layout, loads: readonly Bits[], module: number, importers: readonly number[]): Bits {
  const demand = makeBits(graph.roots.length)
  const root = graph.roots.indexOf(module)
  if (root !== -1) setBit(demand, root)
  for (const importer of importers) addBits(demand, loads[importer] as Bits)
  return demand
}
