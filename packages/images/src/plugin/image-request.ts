/** An import of an image: its file, and the query behind it. */
export interface ImageRequest {
  /** Absolute path. */
  readonly file: string
  readonly query: URLSearchParams
}

/** Imports that may be images of ours: by the name of the file, with or without a query; and everything that is asked for as a picture. */
export const IMAGE_ID: RegExp = /\.(?:jpe?g|jpe|jfif|png|apng|webp|avif|gif|svg)(?:\?|$)|[?&]picture(?:[&=]|$)/i

/**
 * What may stand in a query of ours: what Vite has for URLs, and the marks of its dev server. Any other word is meant for another plugin, such
 * as those that make components of SVG files (`?react`, `?component`), or for Vite (`?raw`).
 */
const OURS = new Set(['picture', 'url', 'inline', 'no-inline', 'import', 't', 'v'])

/**
 * Reads the id of a module.
 *
 * @returns nothing for what is virtual, not an image by its name, or asked for in a way that others answer
 */
export function parseImageRequest(id: string): ImageRequest | undefined {
  if (id.startsWith('\0') || !IMAGE_ID.test(id)) return undefined
  const at = id.indexOf('?')
  const file = at < 0 ? id : id.slice(0, at)
  const query = new URLSearchParams(at < 0 ? '' : id.slice(at + 1))
  return [...query.keys()].every((name) => OURS.has(name)) ? { file, query } : undefined
}
