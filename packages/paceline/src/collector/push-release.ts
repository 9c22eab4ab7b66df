import { findBuildGraph } from '@paceline/build-graph'
import { moveToEnd, parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import type { Plugin, ResolvedConfig } from 'vite'
import { askCollector, type CollectorAddress } from './ask-collector.ts'
import { collectorError } from './collector-errors.ts'
import { readRelease } from './release-upload.ts'

/** Where a build tells what is in the release. */
export interface PushOptions {
  /**
   * The collector, as an origin: `https://rum.example.com`. Costs one request of some hundred kilobytes at the end of a build.
   *
   * @default process.env.PACELINE_COLLECTOR_URL; without one nothing is pushed
   */
  readonly url?: string | undefined
  /**
   * Opens the API of the collector. Better in the environment than in a file.
   *
   * @default process.env.PACELINE_COLLECTOR_TOKEN
   */
  readonly token?: string | undefined
  /**
   * Whether a build fails when the collector cannot be told.
   *
   * @default false: it warns
   */
  readonly strict?: boolean | undefined
}

const NAME = 'paceline:collector-push'
/** A build of another commit, to compare with: not a release. */
const BASELINE = 'paceline:baseline'

const schema = v.strictObject({
  url: v.optional(v.pipe(v.string(), v.url('must be a URL.'))),
  token: v.optional(v.string()),
  strict: v.optional(v.boolean()),
})

/**
 * Tells the collector what is in a build that has passed everything else. Builds for the watcher and for comparisons are no releases.
 *
 * @param env of the process; empty values count as absent
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function pushRelease(
  raw?: PushOptions,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Plugin[] {
  const { url, token, strict = false } = parseOptions('collector', schema, raw)
  const address = {
    url: url ?? (env['PACELINE_COLLECTOR_URL'] || undefined),
    token: token ?? (env['PACELINE_COLLECTOR_TOKEN'] || undefined),
  }
  return address.url === undefined ? [] : [pushPlugin({ ...address, url: address.url }, strict)]
}

function pushPlugin(address: CollectorAddress, strict: boolean): Plugin {
  /** Environments that have written files and were not told of yet. */
  const pending = new Set<string>()
  let config: ResolvedConfig | undefined
  const plugin: Plugin = {
    name: NAME,
    apply: 'build',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved
      moveToEnd(resolved.plugins, plugin, 'push')
    },
    applyToEnvironment: ({ name }) => name === 'client',
    buildStart() {
      pending.delete(this.environment.name)
    },
    writeBundle() {
      const isRelease = !this.meta.watchMode && !config?.plugins.some(({ name }) => name === BASELINE)
      if (isRelease) pending.add(this.environment.name)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { name, logger } = this.environment
        if (!pending.delete(name) || error) return
        const graph = config && findBuildGraph(config.plugins)
        const report = graph?.report(name)
        // Without a report the build has failed, and has said so.
        if (!config || !graph || !report) return
        try {
          const upload = await readRelease(config.root, graph.dir, report)
          const { release } = await askCollector<{ readonly release: string }>(address, 'releases', upload)
          logger.info(`paceline: told ${new URL(address.url).host} of release ${release}`)
        } catch (cause) {
          const failure = collectorError('PACELINE_COLLECTOR_UNTOLD', [(cause as Error).message], { cause })
          if (strict) throw failure
          logger.warn(failure.message)
        }
      },
    },
  }
  return plugin
}
