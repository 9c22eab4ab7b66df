import { basename, join, resolve } from 'node:path'
import { artifactCache, findArtifactCache, type ArtifactCacheApi } from '@paceline/artifact-cache'
import { buildGraph, displayId, findBuildGraph, STYLESHEET, type BuildGraphApi } from '@paceline/build-graph'
import { moveToEnd, orLog } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig, UserConfig } from 'vite'
import { hashModules, hashOf } from './archive/hash-modules.ts'
import { hashedNames } from './archive/hashed-names.ts'
import { makeRecord } from './archive/make-record.ts'
import { namesOfPlugins } from './archive/names-of-plugins.ts'
import { RELEASE_INDEX } from './archive/release-index.ts'
import { openArchive } from './archive/release-archive.ts'
import type { NameStem, ReleaseRecord } from './archive/release-record.ts'
import { workerNames } from './archive/worker-names.ts'
import { deliverySummary } from './changes/delivery-summary.ts'
import { deliver, type Delivered } from './deliver.ts'
import { supportedDeltas } from './deltas/delta-support.ts'
import { deliveryError } from './errors.ts'
import type { DeliveryOptions } from './options.ts'
import { importHistory, shareHistory } from './archive/history/import-history.ts'
import { resolveDeliveryOptions, type ResolvedDeliveryOptions } from './resolve-options.ts'
import { integrityPlugin } from './integrity/integrity-plugin.ts'
import { deliveryPreview } from './server/node/preview-plugin.ts'
import { verifyDelivered } from './verify-delivered.ts'
import { writeDelivery } from './write-delivery.ts'

const PLUGIN_NAME = 'paceline:delivery'

/** What commands and other plugins get from the delivery of a config, through {@link findDelivery}. */
export interface DeliveryApi {
  readonly options: ResolvedDeliveryOptions
  /** Of the archive, absolute. Known once `configResolved` has run. */
  readonly archiveDir: string
  /** Whether a file of an output, by its absolute path, was written here after everything else, and is proven here. */
  isProven(path: string): boolean
}

interface DeliveryPlugin extends Plugin<DeliveryApi> {
  readonly api: DeliveryApi
}

/** The delivery of a config: the first instance counts, further ones make themselves inactive. */
export function findDelivery(plugins: readonly Plugin[]): DeliveryApi | undefined {
  return (plugins.find((plugin) => plugin.name === PLUGIN_NAME) as DeliveryPlugin | undefined)?.api
}

/** What is known of the build of one environment when its files are written. */
interface CollectedNames {
  readonly stems: Map<string, NameStem>
  readonly moduleHashes: Map<string, string>
  isWritten: boolean
  /** SHA-256 of what pages name by its hash. */
  integrity: ReadonlyMap<string, string>
}

/**
 * Keeps every release of the client in an archive, serves the files of earlier ones beside the new ones, and makes deltas for who has them.
 * What a server has to know is in `.paceline/delivery/manifest.json`.
 *
 * Brings the artifact cache and the build graph along; instances of those that are listed before count instead.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once; `PACELINE_DELIVERY_ORIGINALS` when the config is resolved; a build may end in
 * `PACELINE_HASH_COLLISION`, `PACELINE_DELIVERY_BROKEN` and what the policy says
 */
export function delivery(options?: DeliveryOptions): Plugin[] {
  const resolved = resolveDeliveryOptions(options)
  let config: ResolvedConfig | undefined
  let cache: ArtifactCacheApi | undefined
  let graph: BuildGraphApi | undefined
  /** Libraries are not delivered: who uses one builds it into an app. */
  let active = true
  let saidUnsupported = false
  const builds = new Map<string, CollectedNames>()
  /** Names of workers, whose bundles are built by themselves: kept, since Vite keeps their bundles, too. */
  const workerStems = new Map<string, NameStem>()
  const proven = new Set<string>()
  const unverified = new Map<string, { readonly outDir: string; readonly delivered: Delivered }>()
  const onlyClient = (environment: { config: { consumer: string } }): boolean =>
    active && environment.config.consumer === 'client'
  const archiveDir = (): string => join(graph?.dir ?? '.paceline', 'releases')
  const collected = (environment: Environment): CollectedNames => {
    const known = builds.get(environment.name)
    if (known) return known
    const created = { stems: new Map(), moduleHashes: new Map(), isWritten: false, integrity: new Map() }
    builds.set(environment.name, created)
    return created
  }

  async function deliverBuild(environment: Environment, names: CollectedNames, watchMode: boolean): Promise<void> {
    const report = graph?.report(environment.name)
    if (!report || !config || !cache || !graph) return
    const { root, build } = environment.config
    const outDir = resolve(root, build.outDir)
    const warn = (message: string): void => environment.logger.warn(message)
    // What a watcher builds is not deployed, and would push real releases out.
    const options = watchMode || environment.name !== 'client' ? { ...resolved, releases: 0 } : resolved
    const archive = openArchive(archiveDir(), warn)
    const now = Date.now()
    const { record, contents } = await makeRecord({
      outDir,
      base: environment.config.base ?? config.base,
      report,
      stems: new Map([...workerStems, ...names.stems, ...namesOfPlugins(config.plugins, environment.name)]),
      moduleHashes: names.moduleHashes,
      now,
    })
    const problems = changedSince(names.integrity, record)
    if (problems.length > 0) throw deliveryError('PACELINE_DELIVERY_BROKEN', [problems])
    const { artifacts } = cache
    const history = { history: options.history, root: config.root, artifacts, now, releases: options.releases, warn }
    if (options.releases > 0) await importHistory(archive, history)
    const wantsDeltas = options.deltas && options.releases > 0
    const encodings = wantsDeltas ? await supportedDeltas() : new Set<never>()
    if (wantsDeltas && encodings.size < 2 && !saidUnsupported) {
      saidUnsupported = true
      warn(missingDeltas(encodings.size))
    }
    const delivered = await deliver({
      outDir,
      report,
      current: record,
      contents,
      archive,
      options,
      artifacts,
      encodings,
      isSinglePage: config.appType !== 'mpa',
      now,
    })
    const section = await writeDelivery({
      reportDir: graph.dir,
      environment: environment.name,
      delivered,
      outDir,
      current: record,
      options,
    })
    for (const file of section.besides) proven.add(join(outDir, file))
    await graph.save(environment.name, { ...report, delivery: section })
    if (options.releases > 0) await shareHistory(record, contents, history)
    unverified.set(environment.name, { outDir, delivered })
    const summary = deliverySummary(section)
    if (summary !== undefined) environment.logger.info(summary)
  }

  const api: DeliveryApi = {
    options: resolved,
    get archiveDir() {
      return archiveDir()
    },
    // In an output that is not emptied the index of the last build is still there when everything else is compressed.
    isProven: (path) => proven.has(path) || basename(path) === RELEASE_INDEX,
  }
  const collector: DeliveryPlugin = {
    name: PLUGIN_NAME,
    apply: 'build',
    api,
    config: (): UserConfig => ({ worker: { plugins: () => [workerNames(workerStems, () => config)] } }),
    configResolved(resolvedConfig) {
      config = resolvedConfig
      cache = findArtifactCache(resolvedConfig.plugins)
      graph = findBuildGraph(resolvedConfig.plugins)
      active = findDelivery(resolvedConfig.plugins) === api && !resolvedConfig.build.lib
      if (active && deletesOriginals(resolvedConfig.plugins)) throw deliveryError('PACELINE_DELIVERY_ORIGINALS', [])
      moveToEnd(resolvedConfig.plugins, stage, 'delivery')
      moveToEnd(resolvedConfig.plugins, ledger, 'ledger')
    },
    applyToEnvironment: onlyClient,
    buildStart() {
      const names = collected(this.environment)
      proven.clear()
      // Rolldown starts anew for every output, but closes once after the last.
      if (!names.isWritten) names.stems.clear()
    },
    transform: {
      // After Vite has made CSS of them, and before they become JavaScript.
      filter: { id: STYLESHEET },
      handler(code, id) {
        const { root } = this.environment.config
        collected(this.environment).moduleHashes.set(displayId(id, root), hashOf(code))
      },
    },
    writeBundle(output, bundle) {
      const { root, build } = this.environment.config
      const outDir = resolve(root, build.outDir)
      const names = collected(this.environment)
      names.isWritten = true
      const written = { dir: output.dir ?? outDir, outDir, assetFileNames: output.assetFileNames }
      for (const [file, stem] of hashedNames(bundle, written)) names.stems.set(file, stem)
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') hashModules(this, output.moduleIds, names.moduleHashes, root)
      }
    },
  }
  const stage: Plugin = {
    name: `${PLUGIN_NAME}-stage`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: onlyClient,
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const names = builds.get(this.environment.name)
        if (!names?.isWritten) return
        names.isWritten = false
        if (error) return
        await orLog(deliverBuild(this.environment, names, this.meta.watchMode), this.environment, this.meta.watchMode)
      },
    },
  }
  const integrity = integrityPlugin({
    name: PLUGIN_NAME,
    isOurs: (environment) => resolved.integrity && onlyClient(environment),
    hashedFiles: ({ name }) => (builds.get(name)?.isWritten ? builds.get(name)?.stems.keys() : undefined),
    named: (environment, hashes) => void (collected(environment).integrity = hashes),
  })
  const ledger: Plugin = {
    name: `${PLUGIN_NAME}-ledger`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: onlyClient,
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment, meta } = this
        const last = unverified.get(environment.name)
        unverified.delete(environment.name)
        if (error || !last) return
        const archive = openArchive(archiveDir(), (message) => environment.logger.warn(message))
        await orLog(failOn(verifyDelivered(last.delivered, last.outDir, archive)), environment, meta.watchMode)
      },
    },
  }
  return [...artifactCache(), ...buildGraph(), collector, integrity, stage, ledger, deliveryPreview()]
}

async function failOn(work: Promise<readonly string[]>): Promise<void> {
  const problems = await work
  if (problems.length > 0) throw deliveryError('PACELINE_DELIVERY_BROKEN', [problems])
}

/** Of compression, which does not know of us. */
function deletesOriginals(plugins: readonly Plugin[]): boolean {
  const compress = plugins.find(({ name }) => name === 'paceline:compress') as
    | Plugin<{ readonly deletesOriginals?: boolean }>
    | undefined
  return compress?.api?.deletesOriginals === true
}

/** Browsers would refuse what pages name by another hash. */
function changedSince(hashes: ReadonlyMap<string, string>, { files }: ReleaseRecord): string[] {
  return files
    .filter(({ file, sha256 }) => hashes.has(file) && hashes.get(file) !== sha256)
    .map(({ file }) => `${file} changed after pages named its hash`)
}

function missingDeltas(works: number): string {
  const which = works === 0 ? 'no deltas' : 'only one of the two kinds of deltas'
  return `\`delivery.deltas\` is on, but this Node (${process.version}) makes ${which}: it takes compression dictionaries and does nothing with them. Use Node 24.15 or later, or turn it off with \`delivery: { deltas: false }\`. This is said once.`
}
