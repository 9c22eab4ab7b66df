import { ExpirationPlugin } from 'workbox-expiration'
import { RangeRequestsPlugin } from 'workbox-range-requests'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies'
import type { WorkboxPlugin } from 'workbox-core/types.js'
import type { CacheLimits, LaterFile, WorkerSettings } from '../shared/manifest.ts'
import { keepable, matchingBuild } from './response-checks.ts'
import { kindOf, type StatisticsCounter } from './statistics.ts'

interface DefaultRoutes {
  readonly scope: string
  readonly settings: WorkerSettings
  readonly statistics: StatisticsCounter
}

/** Counts for `cacheStats()`: each request once, whether or not the cache is renewed behind it. */
export function counting(statistics: StatisticsCounter, asked: 'cache first' | 'network first'): WorkboxPlugin {
  return {
    async cachedResponseWillBeUsed({ request, cachedResponse }) {
      if (cachedResponse) statistics.hit(kindOf(request), cachedResponse)
      else if (asked === 'cache first') statistics.miss(kindOf(request))
      return cachedResponse ?? null
    },
    async fetchDidSucceed({ request, response }) {
      if (asked === 'network first') statistics.miss(kindOf(request))
      return response
    },
  }
}

function limited({ maxEntries, maxAgeSeconds }: CacheLimits): ExpirationPlugin {
  return new ExpirationPlugin({ maxEntries, maxAgeSeconds, purgeOnQuotaError: true })
}

/**
 * Files of the build that are not in the precache: cache first, since their names change with their content.
 *
 * @param stored what is shown offline in place of a file that was never asked for
 */
export function addAssetRoute(
  { scope, settings, statistics }: DefaultRoutes,
  later: readonly LaterFile[],
  stored: (href: string) => Promise<Response | undefined>,
): void {
  if (!settings.assets) return
  const known = new Map(later.map(({ url, digest }) => [new URL(url, scope).href, digest] as const))
  const strategy = new CacheFirst({
    cacheName: cacheName(scope, 'assets'),
    matchOptions: { ignoreVary: true },
    plugins: [
      matchingBuild((url) => known.get(url)),
      new RangeRequestsPlugin(),
      limited(settings.assets),
      counting(statistics, 'cache first'),
    ],
  })
  registerRoute(
    ({ url }) => known.has(url.href),
    async (options) => {
      try {
        return await strategy.handle(options)
      } catch (error) {
        const other = await stored(options.url.href)
        if (!other) throw error
        // Else the page would go on showing it once the file can be had: it keeps pictures that may be kept.
        const headers = new Headers(other.headers)
        headers.set('cache-control', 'no-store')
        return new Response(other.body, { headers })
      }
    },
  )
}

/** What is not of the build: answers of the API, and pictures that the app is given. Only of the app's own origin. */
export function addDataRoutes({ scope, settings, statistics }: DefaultRoutes): void {
  const { api, images } = settings
  if (api) {
    const strategy = new NetworkFirst({
      cacheName: cacheName(scope, 'api'),
      networkTimeoutSeconds: api.timeoutSeconds,
      plugins: [keepable, limited(api), counting(statistics, 'network first')],
    })
    registerRoute(({ url, request, sameOrigin }) => sameOrigin && isApi(url, request, api.match), strategy)
  }
  if (images) {
    // Their names say nothing about their content: shown at once, and right the next time.
    const strategy = new StaleWhileRevalidate({
      cacheName: cacheName(scope, 'images'),
      plugins: [keepable, limited(images), counting(statistics, 'cache first')],
    })
    registerRoute(({ request, sameOrigin }) => sameOrigin && request.destination === 'image', strategy)
  }
}

/** A stream of events never ends, and who sends credentials by hand gets answers that are for nobody else. */
function isApi(url: URL, request: Request, match: RegExp): boolean {
  if (request.mode === 'navigate' || request.destination !== '') return false
  if (request.headers.has('authorization') || request.headers.has('range')) return false
  return match.test(url.pathname) && !request.headers.get('accept')?.includes('text/event-stream')
}

export function cacheName(scope: string, kind: string): string {
  return `paceline-${kind}:${new URL(scope).pathname}`
}
