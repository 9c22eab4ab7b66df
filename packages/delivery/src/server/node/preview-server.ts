import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PreviewServer } from 'vite'
import { lazyHandler } from './create-handler.ts'
import type { Handler } from './handle-request.ts'
import { lazySite } from './lazy-site.ts'
import { isOwnHost, reportPages } from './report-mount.ts'

/**
 * Lets a site answer in `vite preview`: its files at once, its pages after all else, and the pages of the report to this machine alone.
 *
 * @param reportDir absolute
 * @returns what is done when Vite's own middlewares are in place; nothing without a manifest
 */
export function previewServer({ config, middlewares }: PreviewServer, reportDir: string): (() => void) | undefined {
  const { host = false } = config.preview
  // Vite listens on `localhost` unless it is told, and everywhere for `true`.
  if (typeof host === 'string' ? isOwnHost(host) : !host) middlewares.use(reportPages(reportDir))
  const manifest = join(reportDir, 'delivery/manifest.json')
  if (!existsSync(manifest)) {
    const advice = 'Build the app with Paceline for headers, deltas and 404s as in production.'
    config.logger.info(`No delivery manifest in ${reportDir}: Vite serves the files itself. ${advice}`)
    return undefined
  }
  const dir = resolve(config.root, config.environments['client']?.build.outDir ?? config.build.outDir)
  const warn = (message: string): void => config.logger.warn(message)
  const site = lazySite(manifest, { dir, warn })
  const { headers = {} } = config.preview
  const withHeaders = (handle: Handler): Handler => {
    return (request, response, next) => {
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
      handle(request, response, next)
    }
  }
  const isProxied = proxied(config.preview.proxy ?? {})
  const files = withHeaders(lazyHandler(site, { filesOnly: true }))
  middlewares.use((request, response, next) =>
    isProxied(request.url ?? '/') ? next() : files(request, response, next),
  )
  return () => void middlewares.use(withHeaders(lazyHandler(site, {})))
}

/** As Vite reads the keys of `preview.proxy`. */
function proxied(proxy: object): (url: string) => boolean {
  const tests = Object.keys(proxy).map((key) => {
    const pattern = key.startsWith('^') ? new RegExp(key) : undefined
    return (url: string): boolean => (pattern ? pattern.test(url) : url.startsWith(key))
  })
  return (url) => tests.some((test) => test(url))
}
