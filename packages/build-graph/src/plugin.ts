import { resolve } from 'node:path'
import { isOnlyOwnTimings, moveToEnd, viteVersionOf } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig, Rollup, UserConfig } from 'vite'
import { analyseBuild } from './adapters/analyse-build.ts'
import { snapshot } from './adapters/dist-files.ts'
import { prepareReportDir, reportFile, writeReport } from './adapters/report-file.ts'
import { CollectedBuild } from './collect.ts'
import type { GraphModule } from './core/build-input.ts'
import { STYLESHEET } from './core/file-kind.ts'
import type { InstalledPackage } from './core/packages.ts'
import { graphError } from './errors.ts'
import { resolveBuildGraphOptions, type BuildGraphOptions, type ResolvedBuildGraphOptions } from './options.ts'
import { OwnMaps } from './own-maps.ts'
import type { BuildReport } from './report.ts'
import { reportSections } from './report-sections.ts'
import { Verdicts, type Verdict } from './verdicts.ts'
import { workerPlugin, type WorkerBundle } from './worker-bundles.ts'

const PLUGIN_NAME = 'paceline:build-graph'
const NOT_WRITTEN =
  '`build.write` is false, so there are no files to measure: no report is made and no budget is judged. Leave it out to measure.'

/** The context of a hook of a build. */
type BuildContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo' | 'environment'>

/** What other plugins get from the build graph, through {@link findBuildGraph}. */
export interface BuildGraphApi {
  /** Absolute path of the folder for reports, `.paceline` in the Vite root. */
  readonly dir: string
  /** As the config says them, for who measures another build of the same app. */
  readonly options: ResolvedBuildGraphOptions
  /** The report of the build that just ended; `undefined` before that, and when the build failed. */
  report(environmentName: string): BuildReport | undefined
  /** Replaces the report in memory and on disk. */
  save(environmentName: string, report: BuildReport): Promise<void>
  /**
   * The module graph of the output that is being made, from `renderStart` on: read once for all who ask.
   *
   * @param environment the context of a hook of that build
   */
  modules(context: BuildContext): readonly GraphModule[]
  /** The packages of that build's modules, by display id. */
  packageOf(id: string, environment: Environment): InstalledPackage | undefined
  /**
   * What chunks of the output that is being made are called in the report, from `renderStart` to `generateBundle`.
   *
   * @param names display id of the facade module → name
   */
  nameChunks(environment: Environment, names: ReadonlyMap<string, string>): void
  /** Says in `writeBundle` that a plugin will judge this build in `closeBundle`. */
  announceVerdict(environmentName: string, judge: string): void
  /** A judge's verdict, in `closeBundle`: the last of those announced fails the build with what all of them found. */
  giveVerdict(verdict: Verdict): void
}

interface BuildGraphPlugin extends Plugin<BuildGraphApi> {
  readonly api: BuildGraphApi
}

/** The build graph of a config: the first instance counts, further ones make themselves inactive. */
export function findBuildGraph(plugins: readonly Plugin[]): BuildGraphApi | undefined {
  return (plugins.find((plugin) => plugin.name === PLUGIN_NAME) as BuildGraphPlugin | undefined)?.api
}

/**
 * Reads the finished build and keeps its report: files, chunks, modules with their exact share of every compressed
 * file, routes with what they download, packages. Emitted bytes never change because they were measured.
 *
 * It reads them after all others have written theirs in `closeBundle`, wherever it is listed.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function buildGraph(options?: BuildGraphOptions): Plugin[] {
  const resolved = resolveBuildGraphOptions(options)
  const builds = new Map<string, CollectedBuild>()
  const reports = new Map<string, BuildReport>()
  const verdicts = new Verdicts()
  /** Environments whose last build has ended, well or not. */
  const closed = new Set<string>()
  let config: ResolvedConfig | undefined
  let active = true

  const api: BuildGraphApi = {
    get dir() {
      return resolve(config?.root ?? '.', resolved.dir)
    },
    options: resolved,
    report: (name) => reports.get(name),
    async save(name, report) {
      reports.set(name, report)
      await prepareReportDir(api.dir)
      await writeReport(reportFile(api.dir, name), report)
    },
    modules: (context) => build(context.environment).graphOf(context),
    packageOf: (id, environment) => build(environment).packageOf(id),
    nameChunks(environment, names) {
      build(environment).chunkNames = names
    },
    announceVerdict: (name, judge) => verdicts.announce(name, judge),
    giveVerdict: (verdict) => verdicts.give(verdict),
  }
  const build = (environment: Environment): CollectedBuild => {
    const known = builds.get(environment.name)
    if (known) return known
    const created = new CollectedBuild(environment.config.root)
    builds.set(environment.name, created)
    return created
  }
  const onlyClient = (environment: { config: { consumer: string } }): boolean =>
    active && environment.config.consumer === 'client'
  const ownMaps = new OwnMaps()
  /** By the first file: Vite keeps the bundle of a worker that did not change, between environments and in watch mode. */
  const workers = new Map<string, WorkerBundle>()
  const workerHost = {
    removesMaps: (): boolean => active && ownMaps.has('client'),
    add(bundle: WorkerBundle): void {
      const file = bundle.chunks[0]?.file
      if (file === undefined) return
      // What was built last stands last: an inlined worker is in no file that would tell.
      workers.delete(file)
      workers.set(file, bundle)
    },
  }

  const collector: BuildGraphPlugin = {
    name: PLUGIN_NAME,
    // A preview has no build; who serves one asks where its reports are.
    apply: (_config, { command, isPreview }) => command === 'build' || isPreview === true,
    enforce: 'post',
    api,
    config: (): UserConfig => ({ worker: { plugins: () => [workerPlugin(workerHost)] } }),
    configEnvironment: (name, environment) => ownMaps.ask(name, environment),
    configResolved: {
      // Before others read it.
      order: 'pre',
      handler(resolvedConfig) {
        // Vitest 2 brings a Vite 5 and reads the same config for its tests, which are nothing to measure.
        const isOld = viteVersionOf(this) === undefined
        if (isOld && resolvedConfig.command === 'build')
          throw graphError('PACELINE_VITE_UNSUPPORTED', [resolvedConfig.root])
        config = resolvedConfig
        active = resolvedConfig.plugins.find((plugin) => plugin.name === PLUGIN_NAME) === collector
        ownMaps.hideFromPlugins(resolvedConfig)
      },
    },
    applyToEnvironment: onlyClient,
    onLog(_level, log) {
      // About maps that nobody but us will read, or time that we take on purpose.
      const isOurs = (log.code === 'SOURCEMAP_BROKEN' && ownMaps.any) || isOnlyOwnTimings(log)
      return isOurs ? false : null
    },
    buildStart() {
      const { name } = this.environment
      // Rolldown starts anew for every output, but closes once after the last: the outputs are one build.
      if (builds.get(name)?.written && !closed.has(name)) return
      closed.delete(name)
      builds.set(name, new CollectedBuild(this.environment.config.root, builds.get(name)?.stylesheets))
      reports.delete(name)
      verdicts.reset(name)
    },
    outputOptions(output) {
      if (!ownMaps.has(this.environment?.name ?? 'client')) return null
      // The sources are on disk; copying them into maps that only we read costs more than reading the maps.
      return { ...output, sourcemap: 'hidden', sourcemapExcludeSources: true }
    },
    renderStart: {
      order: 'post',
      async handler() {
        const { root, build: buildOptions } = this.environment.config
        const collected = build(this.environment)
        collected.beginOutput()
        collected.before ??= await snapshot(resolve(root, buildOptions.outDir))
      },
    },
    generateBundle: {
      // First of all: Vite's own hook rewrites code and map of every chunk with an import(), which costs more than
      // the analysis when the map is there. What it changes is found again by aligning the two texts.
      order: 'pre',
      handler(_options, bundle) {
        build(this.environment).takeChunks(bundle, ownMaps.has(this.environment.name))
      },
    },
    writeBundle: {
      order: 'post',
      handler(output, bundle) {
        const outDir = resolve(this.environment.config.root, this.environment.config.build.outDir)
        build(this.environment).addOutput(this, bundle, output.dir ?? outDir, outDir)
      },
    },
  }
  const end: Plugin = {
    name: `${PLUGIN_NAME}-end`,
    apply: 'build',
    enforce: 'post',
    configResolved: ({ plugins }) => moveToEnd(plugins, end, 'report'),
    applyToEnvironment: onlyClient,
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        ownMaps.removeOthers(this.environment.name, bundle)
      },
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        const collected = builds.get(environment.name)
        closed.add(environment.name)
        if (error || !config || reports.has(environment.name)) return
        if (!collected?.written) {
          // A failed build has said what failed; one that only looks at the bundle would pass every budget unseen.
          if (environment.config.build.write === false) environment.logger.warn(NOT_WRITTEN)
          return
        }
        const report = await analyseBuild({
          collected,
          workers: [...workers.values()],
          config,
          environment,
          options: resolved,
        })
        await api.save(environment.name, { ...report, ...reportSections(config.plugins, environment.name) })
      },
    },
  }
  const styles: Plugin = {
    name: `${PLUGIN_NAME}-styles`,
    apply: 'build',
    applyToEnvironment: onlyClient,
    transform: {
      filter: { id: STYLESHEET },
      handler(code, id) {
        build(this.environment).stylesheets.set(id, code)
      },
    },
  }
  return [styles, collector, ...ownMaps.hidingPlugins(), end]
}
