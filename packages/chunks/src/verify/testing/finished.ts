import type { FinishedOutput } from '../finished-output.ts'

/** A finished output in few words, for tests of the core. */
export interface Sketch {
  /** Chunk → its modules, in the order in which they run. A chunk named like a root is its facade. */
  readonly chunks: Readonly<Record<string, readonly string[]>>
  /** Chunk → chunks it imports. */
  readonly imports?: Readonly<Record<string, readonly string[]>>
  /** Module → what it imports; `'lazy:x'` is an `import()`. The first one is the entry. */
  readonly source: Readonly<Record<string, readonly string[]>>
  /** Modules that others notice; all of them if it is not said. */
  readonly noticed?: readonly string[]
  /** Module → what it calls that may remember it. */
  readonly asks?: Readonly<Record<string, readonly string[]>>
  /** Page → its lazy layouts. */
  readonly layouts?: Readonly<Record<string, readonly string[]>>
  /** Module → modules that it awaits the `import()` of. */
  readonly awaits?: Readonly<Record<string, readonly string[]>>
  /** Pairs of chunks of which the first uses the second while it starts; all of them if it is not said. */
  readonly uses?: readonly string[]
}

export function finished({
  chunks,
  imports = {},
  source,
  noticed,
  asks = {},
  layouts = {},
  awaits,
  uses,
}: Sketch): FinishedOutput {
  const holder = new Map(Object.entries(chunks).flatMap(([file, modules]) => modules.map((id) => [id, file] as const)))
  const ids = Object.keys(source)
  const statically = (id: string): string[] => source[id]!.filter((target) => !target.startsWith('lazy:'))
  const lazily = (id: string): string[] =>
    source[id]!.flatMap((target) => (target.startsWith('lazy:') ? target.slice(5) : []))
  return {
    bundler: 'rolldown',
    grouped: true,
    chunks: Object.entries(chunks).map(([file, modules]) => ({
      file,
      name: file,
      facade: undefined,
      modules,
      imports: imports[file] ?? [],
      onlyStyles: modules.every((id) => id.endsWith('.css')),
      dynamicImports: [...new Set(modules.flatMap(lazily).flatMap((id) => holder.get(id) ?? []))],
    })),
    modules: ids.map((id, index) => ({
      id,
      entry: index === 0,
      imports: statically(id),
      dynamicImports: lazily(id),
    })),
    layouts: new Map(Object.entries(layouts)),
    hasEffects: (id) => noticed?.includes(id) ?? true,
    asks: (id) => new Set(asks[id]),
    hasStyles: (id) => id.endsWith('.css'),
    awaited: (id) => (awaits?.[id] ?? []).flatMap((target) => holder.get(target) ?? []),
    usesWhileStarting: (file, imported) => uses?.includes(`${file} ${imported}`) ?? true,
  }
}
