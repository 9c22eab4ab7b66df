import type { Plugin } from 'vite'
import type { ResolvedPlanOptions } from './resolve-options.ts'

export const CHUNKS_PLUGIN = 'paceline:chunks'

/** What commands get from the plugin in a config, through {@link findChunks}. */
export interface ChunksApi {
  readonly options: ResolvedPlanOptions
  /** Whether chunks name each other by an import map. Known once `configEnvironment` hooks have run. */
  readonly mapped: boolean
  /** Name of the plan that the build follows, when it was there before the build. Known once `config` hooks have run. */
  readonly followed: string | undefined
}

export interface ChunksPlugin extends Plugin<ChunksApi> {
  readonly api: ChunksApi
}

/** `chunks()` of a config, when it is there. */
export function findChunks(plugins: readonly Plugin[]): ChunksApi | undefined {
  return (plugins.find((plugin) => plugin.name === CHUNKS_PLUGIN) as ChunksPlugin | undefined)?.api
}
