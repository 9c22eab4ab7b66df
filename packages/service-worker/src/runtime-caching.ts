/** What a callback of Workbox is told about a request. */
export interface RouteMatch {
  readonly url: URL
  readonly request: Request
  readonly sameOrigin: boolean
  readonly event: Event
}

/**
 * An entry of Workbox's `runtimeCaching`, as it is. Functions are written into the worker as text: they see nothing of what is around them.
 *
 * @see https://developer.chrome.com/docs/workbox/modules/workbox-build#type-RuntimeCaching
 */
export interface RuntimeCaching {
  readonly urlPattern: RegExp | string | ((match: RouteMatch) => unknown)
  readonly handler:
    | 'CacheFirst'
    | 'CacheOnly'
    | 'NetworkFirst'
    | 'NetworkOnly'
    | 'StaleWhileRevalidate'
    | ((options: never) => Promise<Response>)
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | undefined
  readonly options?: object | undefined
}

/** Options of an entry that the worker knows. */
export const RUNTIME_OPTIONS = [
  'backgroundSync',
  'cacheableResponse',
  'cacheName',
  'expiration',
  'networkTimeoutSeconds',
  'plugins',
  'rangeRequests',
  'fetchOptions',
  'matchOptions',
] as const
