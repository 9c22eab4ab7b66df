import { type Bits, isSubset, sameBits, unionOf } from '../../planner/bits.ts'
import type { Layout } from './layout.ts'
import type { Loads } from './loads.ts'

/** Modules that look for a place together. */
export interface Group {
  readonly modules: readonly number[]
  /** Roots that need one of them. */
  readonly demand: Bits
  /** Roots that have all of them. */
  readonly common: Bits
  /** The chunk it cannot stay in. */
  readonly leaves?: number
  /** Chunks that come into question, the best first; if it is not said, see {@link findChunk}. */
  readonly candidates?: readonly number[]
}

/**
 * The chunk that a group fits into: nobody loads the group who does not need it, nobody loads the chunk because of the group who did not
 * have all of it anyway, and no circle closes. First the chunk that the user made for it, then the chunks that need it, those with the
 * most imports of it leading, then any that the same roots load. What the user made for something else stays as it is.
 */
export function findChunk(layout: Layout, found: Loads, group: Group): number | undefined {
  const { loads, common } = found
  const votes = countImporters(layout, group)
  const groups = new Set(group.modules.map((module) => layout.groupOf(module)))
  const named = layout.chunks.flatMap(({ name }, chunk) => (groups.size === 1 && groups.has(name) ? [chunk] : []))
  const importing = [...votes.keys()].sort((a, b) => (votes.get(b) as number) - (votes.get(a) as number) || a - b)
  const alike = loads.flatMap((load, chunk) => (sameBits(load, group.demand) && !votes.has(chunk) ? [chunk] : []))
  return (group.candidates ?? [...named, ...importing, ...alike]).find(
    (chunk) =>
      chunk !== group.leaves &&
      (layout.chunks[chunk]?.kind !== 'group' || named.includes(chunk)) &&
      (found.modules[chunk]?.length ?? 0) > 0 &&
      isSubset(loads[chunk] as Bits, group.common) &&
      isSubset(group.demand, unionOf(common[chunk] as Bits, loads[chunk] as Bits)) &&
      !closesCircle(layout, found, group, chunk),
  )
}

function countImporters({ chunkOf, neededBy }: Layout, { modules }: Group): Map<number, number> {
  const votes = new Map<number, number>()
  const inside = new Set(modules)
  for (const importer of modules.flatMap((module) => neededBy[module] as readonly number[])) {
    const chunk = chunkOf[importer] as number
    if (chunk !== -1 && !inside.has(importer)) votes.set(chunk, (votes.get(chunk) ?? 0) + 1)
  }
  return votes
}

/** Whether something that the group needs needs the chunk, or something that the chunk needs needs the group. */
function closesCircle(layout: Layout, { imports }: Loads, { modules }: Group, chunk: number): boolean {
  const inside = new Set(modules)
  const placeOf = (module: number): number => (inside.has(module) ? -1 : (layout.chunkOf[module] as number))
  const below = modules.flatMap((module) => layout.needs[module] as readonly number[]).map(placeOf)
  const above = new Set(modules.flatMap((module) => layout.neededBy[module] as readonly number[]).map(placeOf))
  const fromGroup = below.filter((other) => other !== -1 && other !== chunk)
  above.delete(chunk)
  const reached = new Set(fromGroup)
  for (const other of reached) for (const next of imports[other] as readonly number[]) reached.add(next)
  if (reached.has(chunk)) return true
  const fromChunk = new Set(imports[chunk])
  for (const other of fromChunk) for (const next of imports[other] as readonly number[]) fromChunk.add(next)
  return [...above].some((other) => fromChunk.has(other))
}
