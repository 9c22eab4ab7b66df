import { artifactCache, type CacheOptions } from '@paceline/artifact-cache'
import { budgets, type BudgetsOptions } from '@paceline/budgets'
import { buildGraph, type BuildGraphOptions } from '@paceline/build-graph'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { compress, type CompressOptions } from '@paceline/compress'
import { delivery, type DeliveryOptions } from '@paceline/delivery'
import { images, type ImagesOptions } from '@paceline/images'
import { parseOptions, resolveSla, type ResolvedSla, type Sla } from '@paceline/kit'
import { serviceWorker, type ServiceWorkerOptions } from '@paceline/service-worker'
import { vitals, type VitalsOptions } from '@paceline/vitals'
import * as v from 'valibot'
import type { Plugin } from 'vite'
import { libraryNote } from './library-note.ts'
import { pushRelease, type PushOptions } from './collector/push-release.ts'
import { devtools } from './devtools.ts'

/** Options of the umbrella: each key is the option object of one plugin, `false` turns it off. */
export interface PacelineOptions {
  /**
   * Limits that fail the build, see {@link BudgetsOptions}.
   *
   * @default {} sane limits that only warn
   */
  readonly budgets?: BudgetsOptions | false | undefined
  /**
   * How the client is split into chunks, and what is checked in them, see {@link ChunksOptions}.
   *
   * @default {} Vite's own chunks, checked
   */
  readonly chunks?: ChunksOptions | false | undefined
  /**
   * AVIF and WebP in the right widths, and fewer bytes for what stays JPEG, PNG or SVG, see {@link ImagesOptions}.
   *
   * @default {}
   */
  readonly images?: ImagesOptions | false | undefined
  /**
   * Compressed siblings of every file, see {@link CompressOptions}.
   *
   * @default {}
   */
  readonly compress?: CompressOptions | false | undefined
  /**
   * A service worker that survives deploys, see {@link ServiceWorkerOptions}. It changes what visitors see when they are offline and when a release
   * comes, so nobody gets one unasked; `true` for its defaults.
   *
   * @default false
   */
  readonly serviceWorker?: ServiceWorkerOptions | boolean | undefined
  /**
   * What is promised to users: vitals at the 75th percentile, and operations that are done in time. Pages, the lab and the collector hold to it,
   * see {@link Sla}.
   *
   * @default LCP 2500 ms, INP 200 ms, CLS 0.1, operations within 5000 ms at 95 %
   */
  readonly sla?: Sla | undefined
  /**
   * Measures in the pages what users feel, and sends it to a collector, see {@link VitalsOptions}. Not without one, so nobody gets it unasked;
   * `true` for its defaults.
   *
   * @default false
   */
  readonly vitals?: Omit<VitalsOptions, 'sla'> | boolean | undefined
  /**
   * Tells a collector at the end of a build what is in the release, as `paceline release push` does, see {@link PushOptions}.
   *
   * @default {} when PACELINE_COLLECTOR_URL is set
   */
  readonly collector?: PushOptions | false | undefined
  /**
   * What servers have to know of the build, files of earlier releases beside the new ones, and deltas against them, see {@link DeliveryOptions}.
   *
   * @default {}
   */
  readonly delivery?: DeliveryOptions | false | undefined
  /**
   * Where expensive results are kept for the next build, and shared between machines, see {@link CacheOptions}. `false`: nowhere.
   *
   * @default {} on disk, and in Redis when PACELINE_REDIS_URL is set
   */
  readonly cache?: CacheOptions | false | undefined
  /**
   * The report and what it is made of, see {@link BuildGraphOptions}. It cannot be turned off: the other plugins read it.
   *
   * @default {}
   */
  readonly buildGraph?: BuildGraphOptions | undefined
}

/** The umbrella knows the names; what is inside belongs to the plugins, which check it themselves. */
const schema = v.strictObject({
  budgets: v.optional(v.unknown()),
  chunks: v.optional(v.unknown()),
  images: v.optional(v.unknown()),
  compress: v.optional(v.unknown()),
  serviceWorker: v.optional(v.unknown()),
  sla: v.optional(v.unknown()),
  vitals: v.optional(v.unknown()),
  collector: v.optional(v.unknown()),
  delivery: v.optional(v.unknown()),
  cache: v.optional(v.unknown()),
  buildGraph: v.optional(v.unknown()),
})

/**
 * One performance contract for a Vite app. Without options it is useful and safe: it compresses, optimises images, reports, warns on sane
 * default budgets, and changes nothing that a visitor could notice but speed.
 *
 * @example
 * ```ts
 * export default defineConfig({ plugins: [react(), paceline({ budgets: { initial: '170 kB' } })] })
 * ```
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function paceline(options?: PacelineOptions): Plugin[] {
  parseOptions('paceline', schema, options)
  const {
    budgets: budgetsOptions,
    chunks: chunksOptions,
    images: imagesOptions,
    compress: compressOptions,
    serviceWorker: workerOptions = false,
    sla,
    vitals: vitalsOptions = false,
    collector: collectorOptions,
    delivery: deliveryOptions,
    cache: cacheOptions,
    buildGraph: graphOptions,
  } = options ?? {}
  return [
    slaPlugin(resolveSla(sla)),
    libraryNote(),
    ...artifactCache(cacheOptions),
    ...(imagesOptions === false ? [] : images(imagesOptions)),
    // Others bring one along, without options; the first counts.
    ...buildGraph(graphOptions),
    ...(vitalsOptions === false
      ? []
      : vitals({ ...(vitalsOptions === true ? {} : vitalsOptions), ...(sla && { sla }) })),
    ...(workerOptions === false ? [] : serviceWorker(workerOptions)),
    ...(compressOptions === false ? [] : compress(compressOptions)),
    ...(deliveryOptions === false ? [] : delivery(deliveryOptions)),
    ...(chunksOptions === false ? [] : chunks(chunksOptions)),
    ...(budgetsOptions === false ? [] : budgets(budgetsOptions)),
    ...(collectorOptions === false ? [] : pushRelease(collectorOptions)),
    devtools(graphOptions?.dir),
  ]
}

/** Says in the report what is promised, for the lab and the collector. */
function slaPlugin(sla: ResolvedSla): Plugin {
  return { name: 'paceline:sla', apply: 'build', api: { reportSection: () => ({ sla }) } }
}
