import {
  addBits,
  type Bits,
  bitsKey,
  intersects,
  isSubset,
  keepBits,
  makeBits,
  setBit,
  unionOf,
} from '../../planner/bits.ts'
import { nameChunk } from './chunk-name.ts'
import { findChunk } from './find-chunk.ts'
import { chunkImports, type Layout } from './layout.ts'
import { commonReach, type Loads } from './loads.ts'

/** A chunk that runs modules too early. */
interface EagerChunk {
  readonly chunk: number
  /** The roots that it does so for. */
  readonly extra: Bits
}

/**
 * Takes such a chunk apart: what became lazy leaves it, or what its other loaders need does, with what it needs in turn, whichever is
 * less.
 *
 * @param mayJoin whether what leaves may go into a chunk that there is
 */
export function divideChunk(layout: Layout, found: Loads, { chunk, extra }: EagerChunk, mayJoin: boolean): void {
  const members = found.modules[chunk] as readonly number[]
  const demands = demandsWithin(layout, found, chunk)
  const demandOf = (module: number): Bits => demands.get(module) as Bits
  const lazy = members.filter((module) => !isSubset(extra, found.reach[module] as Bits))
  const wide = members.filter((module) => intersects(demandOf(module), extra))
  const leaving = [lazy, wide]
    .filter((part) => part.length > 0 && part.length < members.length)
    .sort((a, b) => a.length - b.length)
    .slice(0, 1)
  const parts =
    leaving.length > 0
      ? leaving
      : byReach(found.reach, members)
          .sort((a, b) => b.length - a.length)
          .slice(1)
  for (const part of parts) move(layout, found, chunk, part, unite(layout, part.map(demandOf)), mayJoin)
}

function move(
  layout: Layout,
  found: Loads,
  leaves: number,
  part: readonly number[],
  demand: Bits,
  mayJoin: boolean,
): void {
  const common = commonReach(layout, found.reach, part)
  for (const module of part) layout.chunkOf[module] = -1
  const around = { ...found, imports: chunkImports(layout) }
  const joined = mayJoin ? findChunk(layout, around, { modules: part, demand, common, leaves }) : undefined
  if (joined === undefined) moveOut(layout, part)
  else for (const module of part) layout.chunkOf[module] = joined
}

/** Gives modules a chunk of their own. */
export function moveOut({ graph, chunks, chunkOf }: Layout, part: readonly number[]): void {
  const named = graph.modules[part.find((module) => graph.roots.includes(module)) ?? (part[0] as number)]
  const name = nameChunk(named?.key ?? '', new Set(chunks.map((chunk) => chunk.name)))
  for (const module of part) chunkOf[module] = chunks.length
  chunks.push({ name, kind: 'planned', hidden: new Set() })
}

/** Module of a chunk → roots that need it, from what imports it and not from what merely lies beside it. */
function demandsWithin(layout: Layout, { loads, modules, reach }: Loads, chunk: number): Map<number, Bits> {
  const { graph, chunks, chunkOf, needs, neededBy } = layout
  const members = modules[chunk] as readonly number[]
  const hiddenLoads = makeBits(graph.roots.length)
  for (const [other, { hidden }] of chunks.entries()) if (hidden.has(chunk)) addBits(hiddenLoads, loads[other] as Bits)
  const demands = new Map(
    members.map((module): [number, Bits] => {
      const demand: Bits = hiddenLoads.slice()
      keepBits(demand, reach[module] as Bits)
      const root = graph.roots.indexOf(module)
      if (root !== -1) setBit(demand, root)
      for (const importer of neededBy[module] as readonly number[]) {
        const other = chunkOf[importer] as number
        if (other !== chunk && other !== -1) addBits(demand, loads[other] as Bits)
      }
      return [module, demand]
    }),
  )
  const open = [...members]
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    const demand = demands.get(module) as Bits
    for (const target of needs[module] as readonly number[]) {
      const known = demands.get(target)
      if (known === undefined || isSubset(demand, known)) continue
      demands.set(target, unionOf(known, demand))
      open.push(target)
    }
  }
  return demands
}

function unite({ graph }: Layout, sets: readonly Bits[]): Bits {
  const all = makeBits(graph.roots.length)
  for (const set of sets) addBits(all, set)
  return all
}

/** Modules that the same roots have when they run. */
export function byReach(reach: readonly Bits[], modules: readonly number[]): number[][] {
  return [...Map.groupBy(modules, (module) => bitsKey(reach[module] as Bits)).values()]
}
