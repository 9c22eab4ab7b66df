import { resolve } from 'node:path'
import {
  findBuildGraph,
  graphModules,
  snapshot,
  type BuildGraphApi,
  type ServiceWorkerReport,
} from '@paceline/build-graph'
import { moveToEnd, orLog, viteFinder, viteVersionOf } from '@paceline/kit'
import type { Plugin, ResolvedConfig } from 'vite'
import { BEGIN_RUNTIME, CLIENT_RUNTIME } from './adapters/runtime-files.ts'
import { CollectedOutput, outputPrefix } from './collected-output.ts'
import { clientSource, isAboutLateImport, REGISTER_ID, registerSource, VIRTUAL_ID } from './core/client-source.ts'
import { workerPlace } from './core/urls.ts'
import { serveInDev } from './dev-worker.ts'
import { serviceWorkerError } from './errors.ts'
import type { ServiceWorkerOptions } from './options.ts'
import { resolveServiceWorkerOptions } from './resolve-options.ts'
import { webManifestPlugin } from './web-manifest-plugin.ts'
import { writeWorker, type WrittenWorker } from './write-worker.ts'

const PLUGIN_NAME = 'paceline:service-worker'
const VIRTUAL = /^virtual:paceline\/service-worker(?:\/register)?$/

/** What the report gets from the service worker. */
export interface ServiceWorkerApi {
  reportSection(environmentName: string): { readonly serviceWorker?: ServiceWorkerReport }
  /** Files of ours whose names change with their contents, for who serves them: relative to the output directory → what the name begins and ends with. */
  hashedNames(environmentName: string): ReadonlyMap<string, { readonly prefix: string; readonly suffix: string }>
}

/** What is kept of one environment's build. */
interface Build {
  readonly collected: CollectedOutput
  before: ReadonlyMap<string, string>
}

/**
 * Makes a service worker from the finished output of the client, and registers it.
 *
 * It must stand after what writes files in `closeBundle`, and before what compresses them; with other plugins of Paceline it does by itself.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function serviceWorker(options?: ServiceWorkerOptions | true): Plugin[] {
  const resolved = resolveServiceWorkerOptions(options)
  const builds = new Map<string, Build>()
  const written = new Map<string, WrittenWorker>()
  let config: ResolvedConfig | undefined
  let graph: BuildGraphApi | undefined
  let findVite: (() => Promise<typeof import('vite')>) | undefined
  const isOff = (): boolean => resolved.selfDestroying || (config?.command === 'serve' && !resolved.dev)

  const plugin: Plugin<ServiceWorkerApi> = {
    name: PLUGIN_NAME,
    api: {
      reportSection(name) {
        const report = written.get(name)?.report
        return report ? { serviceWorker: report } : {}
      },
      hashedNames: (name) => written.get(name)?.hashedNames ?? new Map(),
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      graph = findBuildGraph(resolvedConfig.plugins)
      findVite = viteFinder(resolvedConfig.root, viteVersionOf(this), (version, root) =>
        serviceWorkerError('PACELINE_VITE_MISSING', [version, root]),
      )
      const other = resolvedConfig.plugins.find(({ name }) => name.startsWith('vite-plugin-pwa'))
      if (other) throw serviceWorkerError('PACELINE_SW_TWICE', [other.name])
      moveToEnd(resolvedConfig.plugins, stage, 'service-worker')
    },
    configureServer: (server) => (resolved.dev ? serveInDev(server, resolved, () => findVite!()) : undefined),
    onLog: (_level, { message }) => (isAboutLateImport(message) ? false : null),
    resolveId: { filter: { id: VIRTUAL }, handler: (id) => `\0${id}` },
    load: {
      filter: { id: /^\0virtual:paceline\/service-worker/ },
      handler(id) {
        if (id === `\0${REGISTER_ID}`) return registerSource(BEGIN_RUNTIME)
        if (id !== `\0${VIRTUAL_ID}`) return undefined
        const { filename, type, update, checkEveryMinutes } = resolved
        const { scope } = workerPlace(config?.base ?? '/')
        return clientSource({
          runtime: CLIENT_RUNTIME,
          scope,
          filename,
          type,
          update,
          checkEveryMinutes,
          isOff: isOff(),
        })
      },
    },
    transformIndexHtml: {
      order: 'pre',
      handler: () =>
        resolved.register && !isOff()
          ? [{ tag: 'script', attrs: { type: 'module' }, children: `import '${REGISTER_ID}'`, injectTo: 'body' }]
          : [],
    },
  }
  const collector: Plugin = {
    name: `${PLUGIN_NAME}-files`,
    apply: 'build',
    applyToEnvironment: ({ config: { consumer } }) => consumer === 'client',
    async renderStart() {
      const { name, config: own } = this.environment
      if (builds.has(name)) return
      written.delete(name)
      const build: Build = { collected: new CollectedOutput(), before: new Map() }
      builds.set(name, build)
      build.before = await snapshot(resolve(own.root, own.build.outDir))
    },
    writeBundle(output, bundle) {
      const { name, config: own } = this.environment
      const outDir = resolve(own.root, own.build.outDir)
      const prefix = outputPrefix(outDir, resolve(own.root, output.dir ?? outDir))
      if (prefix !== undefined)
        builds.get(name)?.collected.add(bundle, graph?.modules(this) ?? graphModules(this), prefix)
    },
  }
  const stage: Plugin = {
    name: `${PLUGIN_NAME}-build`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: ({ config: { consumer } }) => consumer === 'client',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        const build = builds.get(environment.name)
        builds.delete(environment.name)
        // A build that failed has written nothing; with several outputs the first call sees them all.
        if (error || !config || !findVite || !build || build.collected.emitted.size === 0) return
        const work = writeWorker({
          findVite,
          config,
          environment,
          ...build,
          options: resolved,
          namedRoutes: graph?.options.routes ?? {},
        })
        const worker = await orLog(work, environment, this.meta.watchMode)
        if (worker) written.set(environment.name, worker)
      },
    },
  }
  const { manifest } = resolved
  return [plugin, ...(manifest ? [webManifestPlugin(manifest)] : []), collector, stage]
}
