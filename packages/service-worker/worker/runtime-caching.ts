import { BackgroundSyncPlugin, type QueueOptions } from 'workbox-background-sync'
import { BroadcastUpdatePlugin } from 'workbox-broadcast-update'
import { CacheableResponsePlugin, type CacheableResponseOptions } from 'workbox-cacheable-response'
import type { RouteHandler, RouteMatchCallback, WorkboxPlugin } from 'workbox-core/types.js'
import { ExpirationPlugin, type ExpirationPluginOptions } from 'workbox-expiration'
import { RangeRequestsPlugin } from 'workbox-range-requests'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, CacheOnly, NetworkFirst, NetworkOnly, StaleWhileRevalidate } from 'workbox-strategies'

type BroadcastOptions = ConstructorParameters<typeof BroadcastUpdatePlugin>[0]
type StrategyName = 'CacheFirst' | 'CacheOnly' | 'NetworkFirst' | 'NetworkOnly' | 'StaleWhileRevalidate'

const strategies = { CacheFirst, CacheOnly, NetworkFirst, NetworkOnly, StaleWhileRevalidate }

/** An entry of Workbox's `runtimeCaching`. */
interface RuntimeCachingEntry {
  readonly urlPattern: RegExp | string | RouteMatchCallback
  readonly handler: RouteHandler | StrategyName
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  readonly options?: {
    readonly backgroundSync?: { readonly name: string; readonly options?: QueueOptions }
    /** Of a channel, Workbox 7 makes no use: it posts to the pages. */
    readonly broadcastUpdate?: { readonly channelName?: string; readonly options?: BroadcastOptions }
    readonly cacheableResponse?: CacheableResponseOptions
    readonly cacheName?: string | null
    readonly expiration?: ExpirationPluginOptions
    readonly networkTimeoutSeconds?: number
    readonly precacheFallback?: { readonly fallbackURL: string }
    readonly plugins?: readonly WorkboxPlugin[]
    readonly rangeRequests?: boolean
    readonly fetchOptions?: RequestInit
    readonly matchOptions?: CacheQueryOptions
  }
}

/** What entries may need besides, and most do not: left out of the script of the others. */
interface RuntimeCachingParts {
  readonly fromPrecache?: (url: string) => Promise<Response | undefined>
  readonly broadcastUpdate?: typeof broadcastUpdate
}

/** For entries with `broadcastUpdate`. */
export function broadcastUpdate(options?: BroadcastOptions): WorkboxPlugin {
  return new BroadcastUpdatePlugin(options)
}

/** Registers the routes that Workbox's generator would write for these entries. */
export function addRuntimeCaching(entries: readonly RuntimeCachingEntry[], parts: RuntimeCachingParts = {}): void {
  for (const { urlPattern, handler, method = 'GET', options = {} } of entries) {
    if (typeof handler !== 'string') {
      registerRoute(urlPattern, handler, method)
      continue
    }
    const { cacheName, networkTimeoutSeconds, fetchOptions, matchOptions } = options
    const strategy = new strategies[handler]({
      ...(typeof cacheName === 'string' && { cacheName }),
      ...(networkTimeoutSeconds !== undefined && { networkTimeoutSeconds }),
      ...(fetchOptions && { fetchOptions }),
      ...(matchOptions && { matchOptions }),
      plugins: pluginsOf(options, parts),
    })
    registerRoute(urlPattern, strategy, method)
  }
}

function pluginsOf(options: NonNullable<RuntimeCachingEntry['options']>, parts: RuntimeCachingParts): WorkboxPlugin[] {
  const { backgroundSync, broadcastUpdate: broadcast, cacheableResponse, expiration } = options
  const { precacheFallback: fallback, rangeRequests, plugins = [] } = options
  return [
    ...(backgroundSync ? [new BackgroundSyncPlugin(backgroundSync.name, backgroundSync.options)] : []),
    ...(broadcast && parts.broadcastUpdate ? [parts.broadcastUpdate(broadcast.options)] : []),
    ...(cacheableResponse ? [new CacheableResponsePlugin(cacheableResponse)] : []),
    ...(expiration ? [new ExpirationPlugin(expiration)] : []),
    ...(fallback ? [{ handlerDidError: async () => parts.fromPrecache?.(fallback.fallbackURL) }] : []),
    ...(rangeRequests ? [new RangeRequestsPlugin()] : []),
    ...plugins,
  ]
}
