import type { LiveModule } from '../live-graph.ts'
import { findComponents } from './components.ts'

/** Which module lies in which chunk, by index. Every module lies in one. */
export interface Partition {
  /** Module → chunk. */
  readonly chunkOf: Int32Array
  /** Chunk → modules, in the order of the graph. */
  readonly chunks: readonly (readonly number[])[]
}

/** Chunks in the order of their first modules, whatever the labels are. */
export function partitionBy<Label>(count: number, labelOf: (module: number) => Label): Partition {
  const chunkOf = new Int32Array(count)
  const chunks: number[][] = []
  const known = new Map<Label, number>()
  for (let module = 0; module < count; module++) {
    const label = labelOf(module)
    let chunk = known.get(label)
    if (chunk === undefined) {
      chunk = chunks.push([]) - 1
      known.set(label, chunk)
    }
    chunkOf[module] = chunk
    ;(chunks[chunk] as number[]).push(module)
  }
  return { chunkOf, chunks }
}

/** Chunk → chunks it imports statically, without itself, each once. */
export function importsBetween(
  graph: { readonly modules: readonly Pick<LiveModule, 'imports'>[] },
  { chunkOf, chunks }: Partition,
): number[][] {
  return chunks.map((modules, own) => {
    const targets = new Set<number>()
    for (const module of modules) {
      for (const target of (graph.modules[module] as Pick<LiveModule, 'imports'>).imports) {
        targets.add(chunkOf[target] as number)
      }
    }
    targets.delete(own)
    return [...targets].sort((a, b) => a - b)
  })
}

/** Whether chunks import each other in a circle. Browsers run such chunks in an order that nobody wrote. */
export function hasCycle(imports: readonly (readonly number[])[]): boolean {
  return findComponents(imports).members.some((members) => members.length > 1)
}

/** Chunks that are loaded when these are: themselves and what they import, directly or not. */
export function loadedWith(imports: readonly (readonly number[])[], start: Iterable<number>): Set<number> {
  const loaded = new Set(start)
  for (const chunk of loaded) for (const target of imports[chunk] as readonly number[]) loaded.add(target)
  return loaded
}
