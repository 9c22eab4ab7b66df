import { lookup } from 'mrmime'

/** What mrmime does not know, or says in a way that browsers or the standards of today do not. */
const OWN: Readonly<Record<string, string>> = {
  jxl: 'image/jxl',
  speculationrules: 'application/speculationrules+json',
  map: 'application/json',
  ico: 'image/x-icon',
  webmanifest: 'application/manifest+json',
}
const TEXT =
  /^text\/|^application\/(?:json|javascript|xml|manifest\+json|.*\+json|.*\+xml|geo\+json)$|^image\/svg\+xml$/

/** Media type of a file by its name, without parameters: `application/octet-stream` when nothing else is known. */
export function mediaType(file: string): string {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase()
  return OWN[extension] ?? lookup(extension) ?? 'application/octet-stream'
}

/**
 * Value of `content-type`: the media type, with the charset where it is text. Vite writes UTF-8, and so should whoever fills `public/`.
 */
export function mimeType(file: string): string {
  const type = mediaType(file)
  // The types of JSON have no charset parameter: they are UTF-8 by definition (RFC 8259). It does no harm, and old proxies ask for it.
  return TEXT.test(type) ? `${type}; charset=utf-8` : type
}
