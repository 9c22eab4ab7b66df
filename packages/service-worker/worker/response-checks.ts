import type { WorkboxPlugin } from 'workbox-core/types.js'
import type { PageCheck } from './own-pages.ts'
import { digestOf, storable } from './read-verified.ts'

/** What the body of a request for this has to be, by its `content-type`. */
const TYPES: Readonly<Record<string, RegExp>> = {
  script: /javascript|wasm/,
  worker: /javascript/,
  style: /css/,
  image: /^image\//,
  font: /font|octet-stream/,
  document: /html/,
  audio: /^(?:audio|video|application)\//,
  video: /^(?:audio|video|application)\//,
}

/**
 * Whether an answer may be kept. A page in place of a script (captive portals, fallbacks for missing files) never is; neither is an opaque
 * answer, of which nobody can tell what it is, and which counts as megabytes.
 */
export function isKeepable(request: Request, response: Response): boolean {
  if (response.status !== 200 || response.type === 'opaque' || response.type === 'error') return false
  // Who led it elsewhere may be anybody, as captive portals do.
  if (response.redirected && new URL(response.url).origin !== new URL(request.url).origin) return false
  const control = response.headers.get('cache-control') ?? ''
  if (/\bno-store\b/.test(control) || response.headers.get('vary') === '*') return false
  const wanted = TYPES[request.destination]
  const type = response.headers.get('content-type')
  if (wanted === undefined || type === null) return !isUnexpectedPage(request, type)
  return wanted.test(type)
}

/** `fetch()` of anything may get a page; one that was not asked for is a portal's. */
export function isUnexpectedPage(request: Request, type: string | null): boolean {
  const accepts = request.headers.get('accept') ?? ''
  return type !== null && type.includes('text/html') && !accepts.includes('text/html')
}

/** For strategies of Workbox. */
export const keepable: WorkboxPlugin = {
  cacheWillUpdate: async ({ request, response }) => (isKeepable(request, response) ? datedHere(response) : null),
}

/** The same for pages, which say nothing of whose they are but by what is in them. */
export function keepableIf(isOwnPage: PageCheck): WorkboxPlugin {
  return {
    async cacheWillUpdate({ request, response }) {
      if (!isKeepable(request, response)) return null
      return (await isOwnPage(await response.clone().text(), request.url)) ? datedHere(response) : null
    },
  }
}

/**
 * An answer with the time at which it is stored, by the device's clock. Workbox compares that header with the same clock, and on a device that is fast by
 * more than the age that is allowed everything would be too old at once by the server's; without any, what is asked for now and then would never be.
 */
function datedHere({ body, status, statusText, headers }: Response): Response {
  const kept = new Headers(headers)
  kept.set('date', new Date().toUTCString())
  return new Response(body, { status, statusText, headers: kept })
}

/**
 * Stores a hashed file of the build only when its content is what was built, and under that content: a name is not always what it promises
 * (vitejs/vite#23225).
 */
export function matchingBuild(digestFor: (url: string) => string | undefined): WorkboxPlugin {
  return {
    async cacheKeyWillBeUsed({ request }) {
      const key = new URL(request.url)
      const digest = digestFor(request.url)
      if (digest !== undefined) key.searchParams.set('__paceline', digest)
      return key.href
    },
    async cacheWillUpdate({ request, response }) {
      if (!isKeepable(request, response)) return null
      const body = await response.clone().arrayBuffer()
      return (await digestOf(body)) === digestFor(request.url) ? storable(body, response) : null
    },
  }
}
