import { enable } from 'workbox-navigation-preload'
import { ExpirationPlugin } from 'workbox-expiration'
import { registerRoute } from 'workbox-routing'
import { StaleWhileRevalidate, NetworkOnly } from 'workbox-strategies'
import type { RouteHandlerCallback, WorkboxPlugin } from 'workbox-core/types.js'
import { plainPath, readDocuments } from '../shared/documents.ts'
import type { WorkerSettings } from '../shared/manifest.ts'
import { cacheName } from './cache-name.ts'
import { counting } from './default-routes.ts'
import type { PageCheck } from './own-pages.ts'
import type { PrecacheRoute } from './precache-route.ts'
import { digestOf } from './read-verified.ts'
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
 * Pages: those of the precache from there, then the shell for whatever the app routes itself, else what the server says, from the cache first: where there is no
 * shell, and where the output has a page of its own (`terms.html` of the public folder, also as `/terms`).
 */
export function addNavigationRoutes(navigations: Navigations): void {
  const { scope, settings, precache, isOwnPage } = navigations
  const { shell, deny } = settings
  const isDenied = ({ pathname, search }: URL): boolean => deny.some((pattern) => pattern.test(pathname + search))
  const isNavigation = (request: Request, url: URL): boolean => request.mode === 'navigate' && !isDenied(url)
  if (shell !== undefined) {
    const entry = precache.find(new URL(shell, scope))
    if (!entry) return
    const documents = readDocuments(settings.documents ?? '')
    const { pathname: root } = new URL(scope)
    const digestFor = ({ pathname }: URL): string | undefined =>
      pathname.startsWith(root) ? documents.get(plainPath(pathname.slice(root.length))) : undefined
    const isBuilt: PageCheck = async (html, href) => {
      const digest = digestFor(new URL(href))
      const isSame = digest !== undefined && (await digestOf(new TextEncoder().encode(html).buffer)).startsWith(digest)
      return isSame || isOwnPage(html, href)
    }
    registerRoute(
      ({ request, url }) => isNavigation(request, url) && digestFor(url) !== undefined,
      fromServer(navigations, keepableIf(isBuilt), withoutQuery),
    )
    registerRoute(
      ({ request, url }) => isNavigation(request, url) && url.href.startsWith(scope) && !looksLikeFile(url),
      ({ request, event }) => precache.answer(entry, request, event),
    )
    return
  }
  // Only here: where the shell comes from the precache, a preloaded answer is thrown away.
  enable()
  registerRoute(({ request, url }) => isNavigation(request, url), fromServer(navigations, keepableIf(isOwnPage)))
}

/** A file says the same whatever is asked of it; and what comes back from signing in is for nobody's cache. */
const withoutQuery: WorkboxPlugin = {
  async cacheKeyWillBeUsed({ request }) {
    const key = new URL(request.url)
    key.search = key.hash = ''
    return key.href
  },
}

/** What the server says, from the cache first, and the offline page where there is neither. */
function fromServer(
  { scope, settings: { pages, offline }, precache, statistics }: Navigations,
  ...plugins: readonly WorkboxPlugin[]
): RouteHandlerCallback {
  const strategy = pages
    ? new StaleWhileRevalidate({
        cacheName: cacheName(scope, 'pages'),
        plugins: [
          ...plugins,
          counting(statistics, 'cache first'),
          new ExpirationPlugin({ ...pages, purgeOnQuotaError: true }),
        ],
      })
    : new NetworkOnly()
  return async (options) => {
    try {
      return await strategy.handle(options)
    } catch (error) {
      const page = offline === undefined ? undefined : precache.find(new URL(offline, scope))
      if (!page) throw error
      return precache.answer(page, options.request, options.event)
    }
  }
}

/** A navigation to `report.pdf` wants the file, not the app. */
function looksLikeFile({ pathname }: URL): boolean {
  return /\.[a-z\d]{2,5}$/i.test(pathname) && !/\.html?$/i.test(pathname)
}
