import { namedTypeWeight } from '../negotiate/accept-types.ts'
import { headerOf, type RequestHeaders } from '../negotiate/request-headers.ts'

/** Endings of files that pages load. One of these that is missing is missing: a page in its place is a broken script or picture. */
const ASSETS = new Set(
  (
    'avif bmp br cjs css csv eot gif gz ico jpeg jpg js json jsx map mjs mp3 mp4 ogg otf pdf png rss svg ts tsx ttf txt wasm ' +
    'wav webm webmanifest webp woff woff2 xml zip zst'
  ).split(' '),
)

/** Whether the last part of a path ends like a file that pages load. */
export function looksLikeAsset(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot !== -1 && ASSETS.has(name.slice(dot + 1).toLowerCase())
}

/**
 * Whether somebody goes to a page, and does not load part of one. Browsers say so (`Sec-Fetch-Mode`); of other clients those that name HTML do, and
 * those that take anything, as link checkers and `curl` do.
 */
export function isNavigation(headers: RequestHeaders): boolean {
  const mode = headerOf(headers, 'sec-fetch-mode')
  if (mode !== undefined) return mode === 'navigate' || mode === 'nested-navigate'
  const accept = headerOf(headers, 'accept')
  if (accept === undefined) return true
  if (namedTypeWeight(accept, 'text/html') > 0 || namedTypeWeight(accept, 'application/xhtml+xml') > 0) return true
  return !accept.includes('text/html') && accept.trim() === '*/*'
}
