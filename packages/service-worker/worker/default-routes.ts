import { ExpirationPlugin } from 'workbox-expiration'
import { RangeRequestsPlugin } from 'workbox-range-requests'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies'
import type { WorkboxPlugin } from 'workbox-core/types.js'
import type { CacheLimits, LaterFile, WorkerSettings } from '../shared/manifest.ts'
import type { OlderReleases } from './older-releases.ts'
import { isFromBetween } from './answers.ts'
import { cacheName } from './cache-name.ts'
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
    async cachedResponseWillBeUsed({ request, cachedResponse, event }) {
      if (cachedResponse) statistics.hit(kindOf(request), cachedResponse, event)
      else if (asked === 'cache first') statistics.miss(kindOf(request), event)
      return cachedResponse ?? null
    },
    async fetchDidSucceed({ request, response, event }) {
      if (asked === 'network first') statistics.miss(kindOf(request), event)
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

/** Answers of the API, of the app's own origin. */
export function addApiRoute({ scope, settings: { api }, statistics }: DefaultRoutes): void {
  if (!api) return
  const strategy = new NetworkFirst({
    cacheName: cacheName(scope, 'api'),
    networkTimeoutSeconds: api.timeoutSeconds,
    plugins: [fromServerOnly(), keepable, limited(api), counting(statistics, 'network first')],
  })
  registerRoute(({ url, request, sameOrigin }) => sameOrigin && isApi(url, request, api.match), strategy)
}

/** Takes the answer of a captive portal for none where there is a stored one; else the page gets it as it came. */
const fromServerOnly = (): WorkboxPlugin => ({
  async fetchDidSucceed({ request, response, state }) {
    if (!isFromBetween(request, response)) return response
    state!['between'] = response
    throw new Error('It came from between.')
  },
  handlerDidError: async ({ state }) => state!['between'] as Response | undefined,
})

/** Pictures that are not of the build, of the app's own origin, and files of older releases, which are told from them only by a look into the caches. */
export function addOtherFiles({ scope, settings: { images }, statistics }: DefaultRoutes, older: OlderReleases): void {
  // Their names say nothing about their content: shown at once, and right the next time.
  const pictures =
    images &&
    new StaleWhileRevalidate({
      cacheName: cacheName(scope, 'images'),
      plugins: [keepable, limited(images), counting(statistics, 'cache first')],
    })
  const isPicture = ({ destination }: Request): boolean => pictures !== false && destination === 'image'
  registerRoute(
    ({ url, request }) => request.mode !== 'navigate' && older.mayHave(url),
    async (options) => {
      const { request, url, event } = options
      const found = await older.find(url)
      if (found) statistics.hit(kindOf(request), found, event)
      return found ?? (pictures && isPicture(request) ? pictures.handle(options) : fetch(request))
    },
  )
  if (pictures) registerRoute(({ request, sameOrigin }) => sameOrigin && isPicture(request), pictures)
}

/** A stream of events never ends, and who sends credentials by hand gets answers that are for nobody else. */
function isApi(url: URL, request: Request, match: RegExp): boolean {
  if (request.mode === 'navigate' || request.destination !== '') return false
  if (request.headers.has('authorization') || request.headers.has('range')) return false
  return match.test(url.pathname) && !request.headers.get('accept')?.includes('text/event-stream')
}

/**
 * Deletes what is missed least of that which was stored when it was asked for.
 *
 * @param alsoAssets whether files of the build, too: when no tab needs them
 */
export async function deleteSome(scope: string, alsoAssets: boolean): Promise<boolean> {
  for (const kind of ['images', 'api', 'pages', ...(alsoAssets ? ['assets'] : [])]) {
    const name = cacheName(scope, kind)
    if (!(await caches.has(name))) continue
    // A cache that somebody has open gives its room back when that is closed; entries do at once.
    const cache = await caches.open(name)
    const requests = await cache.keys()
    await Promise.all(requests.map((request) => cache.delete(request)))
    await caches.delete(name)
    if (requests.length > 0) return true
  }
  return false
}
