import { addBits, type Bits, isSubset, keepBits, makeBits, setBit, unionOf, without } from '../../planner/bits.ts'
import { type Components, findComponents } from '../../planner/components.ts'
import { allRoots } from './bundled-graph.ts'
import { chunkImports, type Layout, modulesByChunk, walk } from './layout.ts'

/** Who loads what. The lists grow while new modules find a place. */
export interface Loads {
  /** Chunk → chunks. */
  readonly imports: number[][]
  readonly components: Components
  readonly modules: number[][]
  /** Chunk → roots that load it. */
  readonly loads: Bits[]
  /** Module → roots that may have it run: those that reach it, and those that the plan has pay for it. */
  readonly reach: readonly Bits[]
  /** Chunk → roots that may have all of its modules run. */
  readonly common: Bits[]
}

export function findLoads(layout: Layout): Loads {
  const { graph, chunks, chunkOf } = layout
  const imports = chunkImports(layout)
  const components = findComponents(imports)
  const sets = components.members.map(() => makeBits(graph.roots.length))
  for (const [root, module] of graph.roots.entries()) {
    const chunk = chunkOf[module] as number
    if (chunk !== -1) setBit(sets[components.of[chunk] as number] as Bits, root)
  }
  for (let component = sets.length - 1; component >= 0; component--) {
    for (const target of components.imports[component] as readonly number[]) {
      addBits(sets[target] as Bits, sets[component] as Bits)
    }
  }
  // Each its own copy: placing a module adds to the set of one chunk.
  const loads = chunks.map((_chunk, index) => (sets[components.of[index] as number] as Bits).slice())
  const modules = modulesByChunk(layout)
  const reach = acceptedReach(layout, modules, loads)
  return {
    imports,
    components,
    modules,
    loads,
    reach,
    common: modules.map((members) => commonReach(layout, reach, members)),
  }
}

/** The roots that may have all of some modules run. */
export function commonReach({ graph }: Layout, reach: readonly Bits[], modules: readonly number[]): Bits {
  const all = allRoots(graph)
  for (const module of modules) keepBits(all, reach[module] as Bits)
  return all
}

/**
 * Whoever loads a chunk that the plan lets more load than need it, runs all of its modules, and so what they import, but nothing that
 * merely lies beside that. What others notice no plan has there.
 */
function acceptedReach(
  layout: Layout,
  modules: readonly (readonly number[])[],
  loads: readonly Bits[],
): readonly Bits[] {
  const { graph, chunks } = layout
  if (chunks.every(({ shared }) => shared === undefined)) return graph.reach
  const reach = [...graph.reach]
  const open: number[] = []
  const accept = (module: number, roots: Bits): void => {
    const known = reach[module] as Bits
    if (isSubset(roots, known)) return
    reach[module] = unionOf(known, roots)
    open.push(module)
  }
  for (const [chunk, { shared }] of chunks.entries()) {
    if (shared === undefined) continue
    const load = loads[chunk] as Bits
    const accepted = shared === 'anyone' ? load : without(load, graph.entryRoots)
    for (const module of modules[chunk] as readonly number[]) {
      if (!isSubset(accepted, reach[module] as Bits) && isQuiet(layout, module, accepted)) accept(module, accepted)
    }
  }
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    for (const target of graph.imports[module] as readonly number[]) accept(target, reach[module] as Bits)
  }
  return reach
}

/** Whether nothing that others are certain to notice runs with a module for roots that do not need it. */
function isQuiet({ graph, needs, noticed }: Layout, module: number, roots: Bits): boolean {
  if (!noticed) return true
  const isNeeded = (one: number): boolean => isSubset(roots, graph.reach[one] as Bits)
  const unneeded = walk([module], (one) => (needs[one] as readonly number[]).filter((target) => !isNeeded(target)))
  return !unneeded.some(noticed.atAll)
}

/** Chunks that run a module for somebody who must not have it yet, and the roots that they run it for. */
export function eagerChunks({ loads, common }: Pick<Loads, 'loads' | 'common'>): Map<number, Bits> {
  const eager = new Map<number, Bits>()
  for (const [chunk, load] of loads.entries()) {
    const known = common[chunk] as Bits
    if (!isSubset(load, known)) eager.set(chunk, without(load, known))
  }
  return eager
}
