import type { LiveGraph } from '../live-graph.ts'
import { addBits, type Bits, makeBits, setBit } from './bits.ts'
import { importsBetween, loadedWith, type Partition } from './partition.ts'
import type { Reach } from './reach.ts'

/** The components that are noticed when they run, numbered in the order of the source. */
export interface Effects {
  readonly components: readonly number[]
  /** Component → its number, or −1. */
  readonly numberOf: Int32Array
  /** Number → chunk of the default build. Within one, a default build keeps the order of the source. */
  readonly homeOf: Int32Array
  readonly homes: readonly Home[]
}

/** A chunk of the default build with effects. */
export interface Home {
  /** Its effects. */
  readonly own: Bits
  /** Effects of the chunks that it imports, directly or not: they run earlier, wherever the source has them. */
  readonly below: Bits
}

export function findEffects(graph: LiveGraph, { components }: Reach, standard: Partition): Effects {
  const loud = [
    ...new Set(graph.modules.flatMap(({ effects }, module) => (effects ? [components.of[module] as number] : []))),
  ]
  const numberOf = new Int32Array(components.members.length).fill(-1)
  const homeOf = new Int32Array(loud.length)
  const chunks = standard.chunks.map(() => makeBits(loud.length))
  for (const [number, component] of loud.entries()) {
    const [first] = components.members[component] as readonly number[]
    const home = standard.chunkOf[first as number] as number
    setBit(chunks[home] as Bits, number)
    numberOf[component] = number
    homeOf[number] = home
  }
  const imports = importsBetween(graph, standard)
  const homes = [...new Set(homeOf)].map((home) => {
    const below = makeBits(loud.length)
    for (const chunk of loadedWith(imports, imports[home] as readonly number[])) addBits(below, chunks[chunk] as Bits)
    return { own: chunks[home] as Bits, below }
  })
  return { components: loud, numberOf, homeOf, homes }
}

/**
 * Pairs of components to hold together so that no two units have effects of one default chunk in turns: a chunk runs as a whole, so
 * between two of its effects no other chunk can run.
 */
export function interleaved({ components, homeOf }: Effects, unitOf: Int32Array): [number, number][] {
  const pairs: [number, number][] = []
  const open = new Map<number, number[]>()
  for (const [number, component] of components.entries()) {
    const home = homeOf[number] as number
    const stack = open.get(home) ?? []
    open.set(home, stack)
    const unit = unitOf[component] as number
    const at = stack.findIndex((known) => unitOf[known] === unit)
    if (at === -1) stack.push(component)
    // Whatever came between the two effects of this unit has to join it.
    else for (const between of stack.splice(at + 1)) pairs.push([component, between])
  }
  return pairs
}
