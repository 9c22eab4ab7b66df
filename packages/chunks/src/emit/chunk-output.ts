import type { Rollup } from 'vite'

/** Decides where modules go. */
export interface ChunkTable {
  /** Called for every module that is left after tree shaking, before the first {@link ChunkTable.chunkOf}. */
  survives(id: string): void
  /** Name of the module's chunk; `undefined` leaves it to the bundler. */
  chunkOf(id: string): string | undefined
  /** Name of the chunk that the bundler makes for an `import()` of the module, where it is none of the bundler's choice. */
  nameOf?(id: string): string | undefined
}

/** Options that say what goes into which chunk, in either bundler. */
const SPLITTING = new Set(['codeSplitting', 'manualChunks', 'advancedChunks', 'inlineDynamicImports'])

/**
 * Output options under which every chunk holds exactly the modules that are sent there. Whatever else the options said
 * about splitting is gone.
 *
 * @param ids all modules of the build. Rollup asks in any order, also for modules of which nothing is left.
 * @param rolldown whether Rolldown reads the options (Vite 8), or Rollup (Vite 7)
 */
export function chunkOutput(
  output: Rollup.OutputOptions,
  table: ChunkTable,
  ids: () => Iterable<string>,
  rolldown: boolean,
): Rollup.OutputOptions {
  const splitting = rolldown ? rolldownSplitting(table, output) : rollupSplitting(table, ids)
  return { ...withoutChunkOptions(output), ...splitting }
}

/** Output options that leave the chunks to the bundler. */
export function withoutChunkOptions(output: Rollup.OutputOptions): Rollup.OutputOptions {
  return Object.fromEntries(Object.entries(output).filter(([name]) => !SPLITTING.has(name)))
}

function rolldownSplitting(table: ChunkTable, { chunkFileNames }: Rollup.OutputOptions): object {
  const group = {
    debugName: 'paceline',
    test(id: string): boolean {
      table.survives(id)
      return true
    },
    name: (id: string): string | null => table.chunkOf(id) ?? null,
    // Otherwise a chunk takes everything along that its modules import, lazy pages too.
    includeDependenciesRecursively: false,
  }
  return { codeSplitting: { groups: [group] }, chunkFileNames: namedFiles(table, chunkFileNames) }
}

/** Names of files for chunks that the bundler makes by itself, and would call what their modules are called. */
function namedFiles(table: ChunkTable, names: FileNames = '[name]-[hash].js'): FileNames {
  if (!table.nameOf) return names
  return (chunk) => {
    const name = chunk.facadeModuleId === null ? undefined : table.nameOf?.(chunk.facadeModuleId)
    if (name === undefined) return typeof names === 'string' ? names : names(chunk)
    const file = typeof names === 'string' ? names : names({ ...chunk, name })
    return file.replaceAll('[name]', name.replaceAll(UNSAFE, '_'))
  }
}

type FileNames = NonNullable<Rollup.OutputOptions['chunkFileNames']>

/** What a bundler leaves out of the names of files. */
const UNSAFE = /[^\p{L}\p{N}\s\w./~@!'()-]/gu

interface RollupContext {
  getModuleInfo(id: string): { readonly isIncluded: boolean | null } | null
}

function rollupSplitting(table: ChunkTable, ids: () => Iterable<string>): object {
  let survivors: Set<string> | undefined
  const manualChunks = (id: string, context: RollupContext): string | undefined => {
    if (!survivors) {
      survivors = new Set()
      for (const known of ids()) if (context.getModuleInfo(known)?.isIncluded) survivors.add(known)
      for (const survivor of survivors) table.survives(survivor)
    }
    // A name for nothing makes an empty chunk.
    return survivors.has(id) ? table.chunkOf(id) : undefined
  }
  return {
    manualChunks,
    onlyExplicitManualChunks: true,
    // Rollup would name imports of imports, for the browser to find them early; Vite's lists of preloads do that.
    hoistTransitiveImports: false,
    experimentalMinChunkSize: 0,
  }
}

/** Whether the bundler is Rolldown (Vite 8), by what a hook knows of its host. */
export function isRolldown(meta: object): boolean {
  return 'rolldownVersion' in meta
}
