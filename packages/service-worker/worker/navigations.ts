import { enable } from 'workbox-navigation-preload'
import { ExpirationPlugin } from 'workbox-expiration'
import { registerRoute } from 'workbox-routing'
import { StaleWhileRevalidate, NetworkOnly } from 'workbox-strategies'
import type { WorkerSettings } from '../shared/manifest.ts'
import { cacheName, counting } from './default-routes.ts'
import type { PageCheck } from './own-pages.ts'
import type { PrecacheRoute } from './precache-route.ts'
import { keepableIf } from './response-checks.ts'
import type { StatisticsCounter } from './statistics.ts'

interface Navigations {
  readonly scope: string
  readonly settings: WorkerSettings
  readonly precache: PrecacheRoute
  readonly isOwnPage: PageCheck
  readonly statistics: StatisticsCounter
}

/**
 * Pages: those of the precache from there, then the shell for whatever the app routes itself, else what the server says, from the cache first.
 */
export function addNavigationRoutes({ scope, settings, precache, isOwnPage, statistics }: Navigations): void {
  const { shell, offline, pages, deny } = settings
  const isDenied = ({ pathname, search }: URL): boolean => deny.some((pattern) => pattern.test(pathname + search))
  const isNavigation = (request: Request, url: URL): boolean => request.mode === 'navigate' && !isDenied(url)
  if (shell !== undefined) {
    const entry = precache.find(new URL(shell, scope))
    if (!entry) return
    registerRoute(
      ({ request, url }) => isNavigation(request, url) && url.href.startsWith(scope) && !looksLikeFile(url),
      ({ request, event }) => precache.answer(entry, request, event),
    )
    return
  }
  // Only here: where the shell comes from the precache, a preloaded answer is thrown away.
  enable()
  const plugins = [keepableIf(isOwnPage), counting(statistics, 'cache first')]
  const strategy = pages
    ? new StaleWhileRevalidate({
        cacheName: cacheName(scope, 'pages'),
        plugins: [...plugins, new ExpirationPlugin({ ...pages, purgeOnQuotaError: true })],
      })
    : new NetworkOnly()
  registerRoute(
    ({ request, url }) => isNavigation(request, url),
    async (options) => {
      try {
        return await strategy.handle(options)
      } catch (error) {
        const page = offline === undefined ? undefined : precache.find(new URL(offline, scope))
        if (!page) throw error
        return precache.answer(page, options.request, options.event)
      }
    },
  )
}

/** A navigation to `report.pdf` wants the file, not the app. */
function looksLikeFile({ pathname }: URL): boolean {
  return /\.[a-z\d]{2,5}$/i.test(pathname) && !/\.html?$/i.test(pathname)
}
