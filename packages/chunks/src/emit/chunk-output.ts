import type { Rollup } from 'vite'

/** Which chunk a module goes into; `undefined` leaves it to the bundler. */
export type ChunkOf = (id: string, info: ModuleInfoOf) => string | undefined
type ModuleInfoOf = (id: string) => { readonly isEntry: boolean } | null

/** Options that say what goes into which chunk, in either bundler. */
const SPLITTING = { codeSplitting: 0, manualChunks: 0, advancedChunks: 0, inlineDynamicImports: 0 }

/** The option objects of both bundlers, as far as they split code. */
interface SplittingOptions extends Omit<Rollup.OutputOptions, keyof typeof SPLITTING | 'hoistTransitiveImports'> {
  codeSplitting?: unknown
  manualChunks?: unknown
  advancedChunks?: unknown
  inlineDynamicImports?: unknown
  hoistTransitiveImports?: boolean
  onlyExplicitManualChunks?: boolean
  experimentalMinChunkSize?: number
}

/**
 * Output options under which every chunk holds exactly the modules that are sent there. Whatever else the options said
 * about splitting is gone.
 *
 * @param rolldown whether Rolldown reads them (Vite 8), or Rollup (Vite 7)
 */
export function chunkOutput(output: Rollup.OutputOptions, chunkOf: ChunkOf, rolldown: boolean): Rollup.OutputOptions {
  const options: SplittingOptions = { ...output }
  for (const key of Object.keys(SPLITTING) as (keyof typeof SPLITTING)[]) delete options[key]
  if (rolldown) {
    options.codeSplitting = {
      groups: [
        {
          debugName: 'paceline',
          name: (id: string, context: { getModuleInfo: ModuleInfoOf }) =>
            chunkOf(id, (module) => context.getModuleInfo(module)) ?? null,
          // Otherwise a chunk takes everything along that its modules import, lazy pages too.
          includeDependenciesRecursively: false,
        },
      ],
    }
  } else {
    options.manualChunks = (id: string, context: { getModuleInfo: ModuleInfoOf }) => chunkOf(id, context.getModuleInfo)
    options.onlyExplicitManualChunks = true
    // Rollup would name imports of imports, for the browser to find them early; Vite's lists of preloads do that.
    options.hoistTransitiveImports = false
    options.experimentalMinChunkSize = 0
  }
  return options as Rollup.OutputOptions
}

/** Whether the bundler is Rolldown (Vite 8), by what a hook knows of its host. */
export function isRolldown(meta: object): boolean {
  return 'rolldownVersion' in meta
}
