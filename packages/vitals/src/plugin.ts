import { createHash } from 'node:crypto'
import { findBuildGraph, type VitalsReport } from '@paceline/build-graph'
import { findRouteLimits, isOnlyOwnTimings } from '@paceline/kit'
import type { HtmlTagDescriptor, Plugin, ResolvedConfig, Rollup } from 'vite'
import { assembleOverlay, assembleRuntime } from './adapters/assemble-runtime.ts'
import { readRoutes } from './adapters/read-routes.ts'
import { CLIENT_DIR } from './client-dir.ts'
import { componentIds } from './component-ids.ts'
import { bundleHash } from './core/bundle-hash.ts'
import { facadeSource } from './core/facade-source.ts'
import { runtimeAttributes, urlInPage } from './core/html-tag.ts'
import { budgetsSource, pageBudgets } from './core/page-budgets.ts'
import { pageSla, slaSource } from './core/page-sla.ts'
import { routeTable, type TableRoute } from './core/route-table.ts'
import { usedParts } from './core/used-parts.ts'
import type { VitalsOptions } from './options.ts'
import { resolveVitalsOptions } from './resolve-options.ts'

const PLUGIN_NAME = 'paceline:vitals'
const FACADE_ID = 'virtual:paceline/vitals'
/** Only while developing: a build bundles the runtime by itself. */
const RUNTIME_ID = 'virtual:paceline/vitals/runtime'
/** As Vite's dev server asks for a module whose id begins with a null byte. */
const RUNTIME_IN_DEV = `@id/__x00__${RUNTIME_ID}`

/** What the report gets from the vitals. */
export interface VitalsApi {
  reportSection(environmentName: string): { readonly vitals?: VitalsReport }
}

/**
 * Measures in the pages of the app what its users feel, and sends it: vitals, operations, API calls, route changes. Adds one small script to every
 * page, which is loaded behind all that the page needs, and the module `virtual:paceline/vitals`.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function vitals(options?: VitalsOptions): Plugin[] {
  const resolved = resolveVitalsOptions(options)
  /** Of the last build of each environment. */
  const reports = new Map<string, VitalsReport>()
  /** Of the output whose pages are being made. */
  let current: VitalsReport | undefined
  let config: ResolvedConfig | undefined
  const base = (): string => config?.base ?? '/'
  /** Where paths of pages begin. Files from elsewhere and relative ones do not say it. */
  const mount = (): string => (base().startsWith('/') ? base() : '/')
  const tableOf = (paths: readonly string[]): TableRoute[] => routeTable(paths, mount())
  const hasWorker = (): boolean => config?.plugins.some(({ name }) => name === 'paceline:service-worker') ?? false
  const sla = (): string => slaSource(pageSla(resolved.sla, mount()))

  const plugin: Plugin<VitalsApi> = {
    name: PLUGIN_NAME,
    api: {
      reportSection(name) {
        const report = reports.get(name)
        return report ? { vitals: report } : {}
      },
    },
    // What is bundled beforehand cannot import what only we know.
    config: () => ({ optimizeDeps: { exclude: ['@paceline/vitals'] } }),
    configResolved(resolvedConfig) {
      config = resolvedConfig
    },
    // Bundling the runtime takes its time on a machine that has other work.
    onLog: (_level, log) => (isOnlyOwnTimings(log) ? false : null),
    resolveId: { filter: { id: /^virtual:paceline\/vitals(?:\/runtime)?$/ }, handler: (id) => `\0${id}` },
    load: {
      // oxlint-disable-next-line no-control-regex -- the mark of virtual modules
      filter: { id: /^\0virtual:paceline\/vitals/ },
      handler(id) {
        if (id === `\0${FACADE_ID}`) return facadeSource(CLIENT_DIR, sla())
        if (id !== `\0${RUNTIME_ID}` || config?.command !== 'serve') return undefined
        return assembleRuntime({
          options: { ...resolved, consent: false },
          // There is nobody to send to: all that is measured is for the overlay and for the app itself.
          sampleRate: 0,
          used: { operations: true, subscribe: true },
          routes: tableOf(resolved.routes ?? []),
          hasWorker: hasWorker(),
          overlay: resolved.overlay === false ? undefined : { inPage: sla() },
        })
      },
    },
    generateBundle: {
      // Before Vite makes the pages, which name the file.
      order: 'pre',
      async handler(_output, bundle) {
        const { name, config: own } = this.environment
        if (own.consumer !== 'client' || own.build.lib) return
        const emit = (file: string, source: string): string =>
          this.getFileName(this.emitFile({ type: 'asset', name: file, source }))
        const known =
          resolved.routes?.map((path) => ({ id: path, path })) ??
          (await readRoutes(this, findBuildGraph(own.plugins), own.root))
        const routes = tableOf(known.map(({ path }) => path))
        const isQuery = resolved.overlay === 'query'
        const budgets = (): string => budgetsSource(pageBudgets(known, findRouteLimits(own.plugins), mount()))
        const overlay = isQuery ? emit('vitals-overlay.js', await assembleOverlay(sla(), budgets())) : undefined
        const code = await assembleRuntime({
          options: resolved,
          sampleRate: resolved.sampleRate,
          used: usedParts(bundle, CLIENT_DIR, isQuery),
          routes,
          hasWorker: hasWorker(),
          overlay: overlay === undefined ? undefined : { file: overlay },
        })
        const build = bundleHash(bundle)
        const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`
        current = { build, file: emit('vitals.js', code), integrity, routes: routes.map(({ path }) => path) }
        reports.set(name, current)
      },
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, context) => tags(context.path, context.bundle),
    },
  }

  function tags(page: string, bundle: Rollup.OutputBundle | undefined): HtmlTagDescriptor[] {
    const tag = (src: string, build: string, integrity?: string): HtmlTagDescriptor[] => [
      { tag: 'script', attrs: runtimeAttributes({ src, build, integrity }), injectTo: 'head' },
    ]
    if (config?.command === 'serve') return tag(base() + RUNTIME_IN_DEV, 'dev')
    if (!current || !bundle) return []
    return tag(urlInPage(current.file, base(), page), current.build, current.integrity)
  }

  return [...(resolved.components === false ? [] : [componentIds(resolved.components === 'dev')]), plugin]
}
