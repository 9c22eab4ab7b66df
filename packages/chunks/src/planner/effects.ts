import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { addBits, type Bits, makeBits, setBit } from './bits.ts'
import { importsBetween, loadedWith, type Partition } from './partition.ts'
import type { Reach } from './reach.ts'

/** The components that are noticed when they run, numbered in the order of the source. */
export interface Effects {
  readonly components: readonly number[]
  /** Component → its number, or −1. */
  readonly numberOf: Int32Array
  /** Number → home, by any number. */
  readonly homeOf: Int32Array
  readonly homes: readonly Home[]
}

/**
 * What a chunk of the default build has of effects: its scripts, or its stylesheets. Each keep the order of the source. The two do not notice each other:
 * a stylesheet is a file of its own, which is there or not when a script runs.
 */
export interface Home {
  /** Its effects. */
  readonly own: Bits
  /** Effects that do not run before it: its own, and those of chunks that import it or stand behind it in import statements. */
  readonly after: Bits
}

export function findEffects(graph: LiveGraph, { components }: Reach, standard: Partition): Effects {
  const loud = [
    ...new Set(graph.modules.flatMap(({ effects }, module) => (effects ? [components.of[module] as number] : []))),
  ]
  const numberOf = new Int32Array(components.members.length).fill(-1)
  const homeOf = new Int32Array(loud.length)
  for (const [number, component] of loud.entries()) {
    const [first] = components.members[component] as readonly number[]
    numberOf[component] = number
    const { kind } = graph.modules[first as number] as LiveModule
    homeOf[number] = 2 * (standard.chunkOf[first as number] as number) + (kind === 'css' ? 1 : 0)
  }
  return { components: loud, numberOf, homeOf, homes: findHomes(graph, standard, homeOf) }
}

function findHomes(graph: LiveGraph, standard: Partition, homeOf: Int32Array): Home[] {
  const chunks = new Map<number, Bits>()
  for (const [number, home] of homeOf.entries()) {
    const own = chunks.get(home) ?? makeBits(homeOf.length)
    setBit(own, number)
    chunks.set(home, own)
  }
  const imports = importsBetween(graph, standard)
  const below = new Map(
    [...chunks.keys()].map((home) => [home, loadedWith(imports, imports[chunkOf(home)] as readonly number[])]),
  )
  // Chunks are numbered by their first modules, which is how import statements are sorted.
  return [...chunks].map(([home, own]) => {
    const after = own.slice()
    for (const [other, effects] of chunks) {
      if (home % 2 !== other % 2) continue
      const imported = below.get(home)?.has(chunkOf(other)) === true
      const importing = below.get(other)?.has(chunkOf(home)) === true
      if (!imported && (importing || other > home)) addBits(after, effects)
    }
    return { own, after }
  })
}

function chunkOf(home: number): number {
  return Math.floor(home / 2)
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
