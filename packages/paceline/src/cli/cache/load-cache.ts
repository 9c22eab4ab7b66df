import { join } from 'node:path'
import { findArtifactCache } from '@paceline/artifact-cache'
import type { ResolvedCacheOptions } from '@paceline/artifact-cache'
import { findBuildGraph } from '@paceline/build-graph'
import { cliError } from '../cli-errors.ts'
import type { Invocation } from '../command.ts'
import { resolveAppConfig } from '../contract/load-config.ts'
import type { Io } from '../io.ts'

/** The cache of an app, as its Vite config says. */
export interface AppCache {
  /** The Vite root, absolute. */
  readonly root: string
  readonly options: ResolvedCacheOptions
  /** Where reports are, absolute. */
  readonly reportDir: string
}

/** @throws `PACELINE_CACHE_OFF`, and what {@link resolveAppConfig} throws */
export async function loadCache(invocation: Invocation, io: Io): Promise<AppCache> {
  const { config } = await resolveAppConfig(invocation, io)
  const options = findArtifactCache(config.plugins)?.options
  if (!options) throw cliError('PACELINE_CACHE_OFF', [config.configFile ?? config.root])
  const reportDir = findBuildGraph(config.plugins)?.dir ?? join(config.root, '.paceline')
  return { root: config.root, options, reportDir }
}
