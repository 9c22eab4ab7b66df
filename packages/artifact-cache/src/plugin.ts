import type { Plugin, ResolvedConfig } from 'vite'
import { isOnlyOwnTimings, moveToEnd, parseBytes } from '@paceline/kit'
import type { Artifacts } from './artifact.ts'
import { cacheSummary } from './cache-summary.ts'
import { createArtifacts } from './create-artifacts.ts'
import { encodeArtifact, type EncodedContent, type EncodeRequest } from './encode-artifact.ts'
import { inputDigests, type InputDigests, type KnownInputs } from './disk/input-digests.ts'
import type { CacheOptions, ResolvedCacheOptions } from './options.ts'
import { checkCacheOptions, resolveCacheOptions } from './resolve-options.ts'
import { encodeThreads } from './scheduler/encode-threads.ts'
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts'
import { watchProgress, type ProgressOutput } from './scheduler/watch-progress.ts'
import { openArtifactStore, type ArtifactStore } from './store/open-artifact-store.ts'
import type { CacheStatistics } from './store/statistics.ts'

const PLUGIN_NAME = 'paceline:artifact-cache'

/** What other plugins and commands get from the cache of a config, through {@link findArtifactCache}. */
export interface ArtifactCacheApi {
  /** Known once `configResolved` has run; nothing when the cache is turned off. */
  readonly options: ResolvedCacheOptions | undefined
  /** Where expensive results come from. Usable once `configResolved` has run, in builds and in dev servers. */
  readonly artifacts: Artifacts
  /** Digests of files that did not change since an earlier build. Usable once `configResolved` has run; without a cache nothing is known. */
  readonly inputs: KnownInputs
  /** The one queue of all expensive work, for what is not to be kept. */
  readonly scheduler: Scheduler
  /** A content in an encoding of HTTP, cached. */
  encode(request: EncodeRequest): Promise<EncodedContent>
  /** What the report says about the cache: since the build of this environment began. */
  reportSection(environmentName: string): { readonly cache?: CacheStatistics }
}

interface ArtifactCachePlugin extends Plugin<ArtifactCacheApi> {
  readonly api: ArtifactCacheApi
}

/** The cache of a config: the first instance counts, further ones make themselves inactive. */
export function findArtifactCache(plugins: readonly Plugin[]): ArtifactCacheApi | undefined {
  return (plugins.find((plugin) => plugin.name === PLUGIN_NAME) as ArtifactCachePlugin | undefined)?.api
}

/**
 * Keeps expensive results for the next build, and schedules the work for what is not there. Other plugins use it; by itself it changes nothing.
 *
 * @param options `false`: nothing is kept, the work is scheduled all the same
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_CACHE_REDIS_URL_INVALID`, `PACELINE_CACHE_NAMESPACE_INVALID` at once
 */
export function artifactCache(options?: CacheOptions | false): Plugin[] {
  const checked = options === false ? undefined : checkCacheOptions(options)
  let config: ResolvedConfig | undefined
  let resolved: ResolvedCacheOptions | undefined
  let store: ArtifactStore | undefined
  let active = true
  /** Of builds that have ended. */
  const ended = new Map<string, CacheStatistics>()

  let stopProgress: (() => void) | undefined
  const scheduler = createScheduler({
    memory: parseBytes(checked?.memory ?? '512 MB', 'cache.memory'),
    resident: () => process.memoryUsage.rss(),
    onBusy: () => void (stopProgress = watchProgress(() => scheduler.progress(), progressOutput(config))),
    onIdle: () => stopProgress?.(),
  })
  const threads = encodeThreads({ places: scheduler.places })
  const open = (): ArtifactStore => {
    store ??= openArtifactStore(resolved, { warn: (message) => config?.logger.warn(message) })
    return store
  }
  let artifacts: Artifacts | undefined
  let inputs: InputDigests | undefined
  const opened = (): Artifacts => (artifacts ??= createArtifacts(open(), scheduler))

  const openedInputs = (): InputDigests | undefined => {
    if (resolved) inputs ??= inputDigests(resolved.dir)
    return inputs
  }

  const plugin: ArtifactCachePlugin = {
    name: PLUGIN_NAME,
    api: {
      get options() {
        return resolved
      },
      artifacts: {
        make: async (recipe, job) => opened().make(recipe, job),
        find: async (recipe) => opened().find(recipe),
      },
      inputs: {
        find: (stats) => openedInputs()?.find(stats),
        note: (before, after, input) => openedInputs()?.note(before, after, input),
        forget: () => openedInputs()?.forget(),
      },
      scheduler,
      encode: async (request) => encodeArtifact(request, { artifacts: opened(), threads }),
      reportSection(name) {
        const cache = ended.get(name) ?? store?.statistics()
        return cache ? { cache } : {}
      },
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      active = findArtifactCache(resolvedConfig.plugins) === plugin.api
      if (active && checked) resolved = resolveCacheOptions(checked, { root: config.root, env: process.env })
      moveToEnd(resolvedConfig.plugins, last, 'cache')
    },
    // The time of those that this plugin comes with.
    onLog: (_level, log) => (isOnlyOwnTimings(log) ? false : null),
    buildStart() {
      if (this.environment) ended.delete(this.environment.name)
    },
  }
  const last: Plugin = {
    name: `${PLUGIN_NAME}-end`,
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        if (error) scheduler.cancel('the build failed')
        if (!active || !store) return
        await inputs?.save()
        await store.settle()
        const statistics = store.takeStatistics()
        ended.set(this.environment.name, statistics)
        const summary = cacheSummary(statistics)
        if (summary !== undefined) this.environment.logger.info(summary)
        await store.pruneWhenDue()
        await threads.close()
        // A watcher and a dev server go on, until they are closed.
        if (!this.meta.watchMode) await store.close()
      },
    },
  }
  return [plugin, last]
}

/** Vite's own progress goes to stdout; a logger of the user's own gets lines. */
function progressOutput(config: ResolvedConfig | undefined): ProgressOutput {
  const { logger, logLevel = 'info', customLogger } = config ?? {}
  const isTold = logLevel === 'info'
  const terminal = isTold && !customLogger && process.stdout.isTTY && !process.env.CI ? process.stdout : undefined
  return { terminal, note: (line) => (isTold ? logger?.info(line) : undefined) }
}
