import { memo } from '../memo.ts'
import type { FinishedOutput } from './finished-output.ts'
import { keptImports, realImports } from './real-imports.ts'
import { requiredBy } from './required-modules.ts'
import { sourceGraph, type SourceGraph } from './source-graph.ts'

/** A finished output by index. Modules have the indices of the source graph; what tree shaking left out is in no chunk. */
export interface OutputGraph {
  readonly output: FinishedOutput
  readonly source: SourceGraph
  /** Module → chunk, -1 for none. */
  readonly chunkOf: Int32Array
  /** Chunk → its modules, in the order in which they run. */
  readonly chunks: readonly (readonly number[])[]
  /** Chunk → chunks it imports statically, in the order of the statements. */
  readonly chunkImports: readonly (readonly number[])[]
  /** Module → modules of the output it imports in the source, in that order. */
  readonly kept: readonly (readonly number[])[]
  /** Module → modules it really imports: what was left out is passed through, and imports that came to nothing are gone. */
  readonly imports: readonly (readonly number[])[]
  /** Module → CommonJS that it runs, see {@link requiredBy}. */
  readonly required: (module: number) => readonly number[]
  /** Everywhere that loading can begin. */
  readonly roots: readonly Root[]
}

export interface Root {
  readonly module: number
  /** The chunk that is asked for. */
  readonly chunk: number
  readonly entry: boolean
  /** Chunks with an `import()` of it. */
  readonly callers: readonly number[]
}

export function outputGraph(output: FinishedOutput): OutputGraph {
  const source = sourceGraph(output.modules, output.bundler)
  const fileIndex = new Map(output.chunks.map((chunk, index) => [chunk.file, index]))
  const files = (names: readonly string[]): number[] => names.flatMap((name) => fileIndex.get(name) ?? [])
  const chunks = output.chunks.map((chunk) => chunk.modules.flatMap((id) => source.indexOf.get(id) ?? []))
  const chunkOf = new Int32Array(source.ids.length).fill(-1)
  for (const [chunk, modules] of chunks.entries()) for (const module of modules) chunkOf[module] = chunk
  const chunkImports = output.chunks.map((chunk) => files(chunk.imports))
  const kept = keptImports(source, chunkOf)
  const imports = realImports(kept, chunkOf, chunkImports)
  const loads = output.chunks.map((chunk) => new Set(files(chunk.dynamicImports)))
  return {
    output,
    source,
    chunkOf,
    chunks,
    chunkImports,
    kept,
    imports,
    required: memo((module: number) => requiredBy({ output, source }, module)),
    roots: findRoots(output, source, chunkOf, loads),
  }
}

/** What bundlers and Vite put beside the modules of the app: nobody imports it by name, and it does nothing by itself. */
export function isHelper({ source }: OutputGraph, module: number): boolean {
  return /^\0?(?:vite\/|rolldown\/|commonjsHelpers\.js)/.test(source.ids[module]!)
}

function findRoots(
  output: FinishedOutput,
  source: SourceGraph,
  chunkOf: Int32Array,
  loads: readonly ReadonlySet<number>[],
): Root[] {
  const facades = new Map(
    output.chunks.flatMap((chunk, index) => (chunk.facade === undefined ? [] : [[chunk.facade, index]])),
  )
  const callers = new Map<number, Set<number>>()
  const chunkFor = (module: number): number => facades.get(source.ids[module]!) ?? chunkOf[module]!
  for (const [module, targets] of source.dynamicImports.entries()) {
    const own = chunkOf[module]!
    if (own === -1) continue
    for (const target of targets) {
      const chunk = chunkFor(target)
      // What is asked for in its own chunk is there already; an import() that was left out asks for nothing.
      if (chunk === -1 || !loads[own]!.has(chunk)) continue
      callers.set(target, (callers.get(target) ?? new Set()).add(own))
    }
  }
  const entries = source.entries.filter((module) => chunkFor(module) !== -1)
  const lazy = [...callers.keys()].filter((module) => !source.entries.includes(module))
  return [...entries, ...lazy].map((module) => ({
    module,
    chunk: chunkFor(module),
    entry: source.entries.includes(module),
    callers: [...(callers.get(module) ?? [])],
  }))
}
