import type { FinishedOutput } from './finished-output.ts'
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
  /** Module → modules it really imports: what was left out is passed through, and imports that came to nothing are gone. */
  readonly imports: readonly (readonly number[])[]
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
  const imports = realImports(source, chunkOf, chunkImports)
  const loads = output.chunks.map((chunk) => new Set(files(chunk.dynamicImports)))
  return { output, source, chunkOf, chunks, chunkImports, imports, roots: findRoots(output, source, chunkOf, loads) }
}

/** What bundlers and Vite put beside the modules of the app: nobody imports it by name, and it does nothing by itself. */
export function isHelper({ source }: OutputGraph, module: number): boolean {
  return /^\0?(?:vite\/|rolldown\/|commonjsHelpers\.js)/.test(source.ids[module]!)
}

/**
 * The graph of the source has imports that tree shaking took out. Between two chunks one can tell: the chunk of the
 * importer imports the other, or the import came to nothing, and what counts is what lies behind.
 */
function realImports(
  source: SourceGraph,
  chunkOf: Int32Array,
  chunkImports: readonly (readonly number[])[],
): number[][] {
  const behindFor = chunkImports.map((): Map<number, readonly number[]> => new Map())
  const near = chunkImports.map((targets, own) => new Set([...targets, own]))
  return source.imports.map((targets, module) => {
    const own = chunkOf[module]!
    if (own === -1) return []
    const isNear = (target: number): boolean => near[own]!.has(chunkOf[target]!)
    const real = new Set(
      targets.flatMap((target) => (isNear(target) ? target : behind(source, target, isNear, behindFor[own]!))),
    )
    real.delete(module)
    return [...real]
  })
}

/**
 * What is really imported through a module that was left out, or that nothing is taken from: `export * from` hands on, and so does
 * a module without effects of its own.
 */
function behind(
  source: SourceGraph,
  unused: number,
  isNear: (module: number) => boolean,
  known: Map<number, readonly number[]>,
): readonly number[] {
  const before = known.get(unused)
  if (before) return before
  const passed = new Set([unused])
  const found = new Set<number>()
  for (const module of passed) {
    for (const target of source.imports[module]!) (isNear(target) ? found : passed).add(target)
  }
  known.set(unused, [...found])
  return [...found]
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
