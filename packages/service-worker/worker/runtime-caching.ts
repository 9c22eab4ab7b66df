import { BackgroundSyncPlugin, type QueueOptions } from 'workbox-background-sync'
import { CacheableResponsePlugin, type CacheableResponseOptions } from 'workbox-cacheable-response'
import type { RouteHandler, RouteMatchCallback, WorkboxPlugin } from 'workbox-core/types.js'
import { ExpirationPlugin, type ExpirationPluginOptions } from 'workbox-expiration'
import { RangeRequestsPlugin } from 'workbox-range-requests'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, CacheOnly, NetworkFirst, NetworkOnly, StaleWhileRevalidate } from 'workbox-strategies'

type StrategyName = 'CacheFirst' | 'CacheOnly' | 'NetworkFirst' | 'NetworkOnly' | 'StaleWhileRevalidate'

const strategies = { CacheFirst, CacheOnly, NetworkFirst, NetworkOnly, StaleWhileRevalidate }

/** An entry of Workbox's `runtimeCaching`. */
interface RuntimeCachingEntry {
  readonly urlPattern: RegExp | string | RouteMatchCallback
  readonly handler: RouteHandler | StrategyName
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  readonly options?: {
    readonly backgroundSync?: { readonly name: string; readonly options?: QueueOptions }
    readonly cacheableResponse?: CacheableResponseOptions
    readonly cacheName?: string | null
    readonly expiration?: ExpirationPluginOptions
    readonly networkTimeoutSeconds?: number
    readonly plugins?: readonly WorkboxPlugin[]
    readonly rangeRequests?: boolean
    readonly fetchOptions?: RequestInit
    readonly matchOptions?: CacheQueryOptions
  }
}

/** Registers the routes that Workbox's generator would write for these entries. */
export function addRuntimeCaching(entries: readonly RuntimeCachingEntry[]): void {
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
      plugins: pluginsOf(options),
    })
    registerRoute(urlPattern, strategy, method)
  }
}

function pluginsOf(options: NonNullable<RuntimeCachingEntry['options']>): WorkboxPlugin[] {
  const { backgroundSync, cacheableResponse, expiration, rangeRequests, plugins = [] } = options
  return [
    ...(backgroundSync ? [new BackgroundSyncPlugin(backgroundSync.name, backgroundSync.options)] : []),
    ...(cacheableResponse ? [new CacheableResponsePlugin(cacheableResponse)] : []),
    ...(expiration ? [new ExpirationPlugin(expiration)] : []),
    ...(rangeRequests ? [new RangeRequestsPlugin()] : []),
    ...plugins,
  ]
}
