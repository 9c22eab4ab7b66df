import type { LiveSite, SiteOptions } from '../adapters/live-site.ts'
import { failRequest, handleRequest, type HandleContext, type Handler, type HintOptions } from './handle-request.ts'
import { lazySite, type LazySite, type ManifestOrigin } from './lazy-site.ts'

export interface HandlerOptions extends SiteOptions, HintOptions {}

/**
 * Makes a request handler that delivers a build: for `node:http`, `node:http2`, Connect and Express.
 *
 * @param manifest of the build; the path of `.paceline/delivery/manifest.json` is read again after a deploy
 * @throws `PACELINE_DELIVERY_MANIFEST` for an object that is none; what is wrong with a file is an error of the first request
 *
 * @example
 * ```ts
 * express().use(createHandler('.paceline/delivery/manifest.json', { dir: 'dist' }))
 * ```
 */
export function createHandler(manifest: ManifestOrigin, options: HandlerOptions): Handler {
  return lazyHandler(lazySite(manifest, options), options)
}

/** The handler of a site that may not be open yet. */
export function lazyHandler(site: LazySite, options: HandleContext): Handler {
  return (request, response, next) => {
    const context = { ...options, next }
    const open = site.now()
    if (open) return handleRequest(open, request, response, context)
    site
      .open()
      .then((opened) => handleRequest(opened, request, response, context))
      .catch((error: unknown) => failRequest(error, request, response, next))
  }
}

/** The handler of a site that is open. */
export function siteHandler(site: LiveSite, { earlyHints }: HintOptions = {}): Handler {
  return (request, response, next) => handleRequest(site, request, response, { next, earlyHints })
}
