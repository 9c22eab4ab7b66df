/** An inline import map in a page. */
export interface ImportMapScript {
  /** From the `<` of the opening tag. */
  readonly start: number
  /** Past the `>` of the closing tag. */
  readonly end: number
  /** As written, with the spaces around them. */
  readonly attributes: string
  /** All that stands between the tags. */
  readonly text: string
}

/** Comments count: what looks like a map there is none. */
const COMMENT_OR_SCRIPT = /<!--[\s\S]*?-->|<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi
/** `importmap-shim`, which a polyfill reads, is another type. */
const IMPORT_MAP = /(?:^|\s)type\s*=\s*(?:"importmap"|'importmap'|importmap(?=\s|$))/i
/** Browsers ignore maps with an address. */
const EXTERNAL = /(?:^|\s)src\s*=/i

/** The inline import maps of a page, in its order. */
export function importMapScripts(html: string): ImportMapScript[] {
  return [...html.matchAll(COMMENT_OR_SCRIPT)].flatMap(({ 0: all, 1: attributes, 2: text = '', index }) => {
    if (attributes === undefined || !IMPORT_MAP.test(attributes) || EXTERNAL.test(attributes)) return []
    return [{ start: index, end: index + all.length, attributes, text }]
  })
}
