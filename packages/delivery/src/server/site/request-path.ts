/** Longer than any URL that somebody means. */
const LONGEST = 8192

/** The path of a request's URL, decoded once; or the status that such a URL gets. */
export type RequestPath = { readonly path: string; readonly search: string } | { readonly status: 400 | 414 }

/** Reads the target of a request: `/path?query`, or a whole URL as proxies send it. */
export function requestPath(url: string): RequestPath {
  if (url.length > LONGEST) return { status: 414 }
  const origin = url.startsWith('/') ? 0 : originLength(url)
  if (origin === undefined) return { status: 400 }
  const end = endOfPath(url)
  const encoded = origin >= end ? '/' : url.slice(origin, end)
  const search = url[end] === '?' ? url.slice(end) : ''
  const path = encoded.includes('%') ? decoded(encoded) : encoded
  if (path === undefined || !isPlain(path)) return { status: 400 }
  return { path, search }
}

function originLength(url: string): number | undefined {
  const scheme = /^https?:\/\//i.exec(url)?.[0]
  if (scheme === undefined) return undefined
  const slash = url.indexOf('/', scheme.length)
  return slash === -1 ? url.length : slash
}

function endOfPath(url: string): number {
  const query = url.indexOf('?')
  const hash = url.indexOf('#')
  const first = Math.min(query === -1 ? url.length : query, hash === -1 ? url.length : hash)
  return first
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Nothing that a file system, a log or a header would take for something else. Clients resolve dots before they ask. */
function isPlain(path: string): boolean {
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at)
    if (code < 0x20 || code === 0x5c || code === 0x7f) return false
    if (code === 0x2e && path.charCodeAt(at - 1) === 0x2f && isDotSegment(path, at)) return false
  }
  return true
}

function isDotSegment(path: string, at: number): boolean {
  const slash = path.indexOf('/', at)
  const segment = path.slice(at, slash === -1 ? path.length : slash)
  return segment === '.' || segment === '..'
}
