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
    | { readonly handle: (options: never) => Promise<Response> }
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | undefined
  readonly options?: object | undefined
}

/** Options of an entry that the worker knows. */
export const RUNTIME_OPTIONS = [
  'backgroundSync',
  'broadcastUpdate',
  'cacheableResponse',
  'cacheName',
  'expiration',
  'networkTimeoutSeconds',
  'plugins',
  'precacheFallback',
  'rangeRequests',
  'fetchOptions',
  'matchOptions',
] as const

/** Options that an entry of Workbox's `runtimeCaching` has, as far as the build reads them. */
interface ReadOptions {
  readonly broadcastUpdate?: unknown
  readonly precacheFallback?: { readonly fallbackURL: string }
}

/** Whether any entry tells pages of answers that have changed. */
export function broadcasts(entries: readonly RuntimeCaching[]): boolean {
  return entries.some(({ options }) => (options as ReadOptions | undefined)?.broadcastUpdate !== undefined)
}

/** URLs that are shown in place of what cannot be had. */
export function fallbackUrls(entries: readonly RuntimeCaching[]): string[] {
  return entries.flatMap(({ options }) => (options as ReadOptions | undefined)?.precacheFallback?.fallbackURL ?? [])
}
