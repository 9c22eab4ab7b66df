import { join, resolve } from 'node:path'
import { findArtifactCache } from '@paceline/artifact-cache'
import type { Artifacts } from '@paceline/artifact-cache'
import { findBuildGraph } from '@paceline/build-graph'
import { findDelivery, openArchive } from '@paceline/delivery'
import type { ReleaseArchive, ResolvedDeliveryOptions } from '@paceline/delivery'
import { inNestedOutput } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type { Invocation } from '../command.ts'
import { resolveAppConfig } from '../contract/load-config.ts'
import type { Io } from '../io.ts'

/** The delivery of an app, as its Vite config says. */
export interface AppDelivery {
  /** The Vite root, absolute. */
  readonly root: string
  /** The output directory, absolute. */
  readonly outDir: string
  /** Where reports are, absolute. */
  readonly reportDir: string
  readonly options: ResolvedDeliveryOptions
  readonly archive: ReleaseArchive
  readonly artifacts: Artifacts
  readonly isSinglePage: boolean
  readonly isForeign: (path: string) => boolean
}

/** @throws `PACELINE_DELIVERY_OFF`, and what {@link resolveAppConfig} throws */
export async function loadDelivery(invocation: Invocation, io: Io): Promise<AppDelivery> {
  const { config } = await resolveAppConfig(invocation, io)
  const delivery = findDelivery(config.plugins)
  const cache = findArtifactCache(config.plugins)
  if (!delivery || !cache) throw cliError('PACELINE_DELIVERY_OFF', [config.configFile ?? config.root])
  return {
    root: config.root,
    outDir: resolve(config.root, config.environments['client']?.build.outDir ?? config.build.outDir),
    reportDir: findBuildGraph(config.plugins)?.dir ?? join(config.root, '.paceline'),
    options: delivery.options,
    archive: openArchive(delivery.archiveDir, (message) => io.err(`paceline: ${message}\n`)),
    artifacts: cache.artifacts,
    isSinglePage: config.appType !== 'mpa',
    isForeign: inNestedOutput(config, 'client'),
  }
}
