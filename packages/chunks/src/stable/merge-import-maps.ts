import { chunksError } from '../errors.ts'
import { importMapScripts, type ImportMapScript } from './import-map-scripts.ts'

type Table = Readonly<Record<string, unknown>>

/** Host of the addresses that are compared; it is never asked for anything. */
const ORIGIN = 'http://page.invalid/'
const NONCE = /(?:^|\s)nonce\s*=\s*(?:"[^"]*"|'[^']*'|\S+)/i

/**
 * Makes one import map of all those in a page, where the first stands. A page may have one of its own, and browsers without
 * support for several (Firefox, Chrome before 133, Safari before 18.4) follow the first only.
 *
 * Its names are in the order of the alphabet, which browsers do not mind: every visit downloads the map, and brotli makes less of it
 * where a chunk and its stylesheet, whose names begin alike, are neighbours.
 *
 * @param page relative to the root of the output, for addresses and messages
 * @returns the same text where there is none
 * @throws `PACELINE_IMPORT_MAP_INVALID`, `PACELINE_IMPORT_MAP_CONFLICT`
 */
export function mergeImportMaps(html: string, page: string): string {
  const scripts = importMapScripts(html)
  const [first, ...others] = scripts
  if (first === undefined) return html
  const maps = scripts.map((script) => parse(script, page))
  const merged = maps.reduce((one, other) => merge(one, other, page))
  // As the text of a script, a `<` might end it.
  const text = JSON.stringify(sorted(merged)).replaceAll('<', String.raw`\u003c`)
  const attributes = NONCE.test(first.attributes) ? first.attributes : first.attributes + nonceOf(others)
  const kept = `<script${attributes}>${text}</script>`
  const rest = others.toReversed().reduce((all, { start, end }) => all.slice(0, start).trimEnd() + all.slice(end), html)
  return rest.slice(0, first.start) + kept + rest.slice(first.end)
}

/** The names of the page; scopes are few. */
function sorted(map: Table): Table {
  if (!isTable(map['imports'])) return map
  const imports = Object.entries(map['imports']).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { ...map, imports: Object.fromEntries(imports) }
}

function nonceOf(scripts: readonly ImportMapScript[]): string {
  const [nonce = ''] = scripts.flatMap(({ attributes }) => NONCE.exec(attributes)?.[0] ?? [])
  return nonce === '' ? '' : ` ${nonce.trim()}`
}

function parse({ text }: ImportMapScript, page: string): Table {
  const map = read(text, page)
  if (isTable(map) && ['imports', 'scopes', 'integrity'].every((part) => isTable(map[part] ?? {}))) return map
  throw chunksError('PACELINE_IMPORT_MAP_INVALID', [page, 'received JSON of another shape'])
}

function read(text: string, page: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const received = `received ${JSON.stringify(text.trim().slice(0, 40))}`
    throw chunksError('PACELINE_IMPORT_MAP_INVALID', [page, received], { cause })
  }
}

function merge(one: Table, other: Table, page: string): Table {
  const parts = Object.keys({ ...one, ...other })
  return Object.fromEntries(
    parts.map((part) => {
      const [ours, theirs] = [one[part], other[part]]
      // A part that no standard knows of yet is taken from the first.
      if (!isTable(ours) || !isTable(theirs)) return [part, ours ?? theirs]
      return [part, mergeTables(ours, theirs, page)]
    }),
  )
}

/** Scopes hold tables, the other parts addresses. */
function mergeTables(one: Table, other: Table, page: string): Table {
  const merged: Record<string, unknown> = { ...one }
  const known = new Map(Object.keys(one).map((key) => [resolved(key, page), key]))
  for (const [key, value] of Object.entries(other)) {
    const same = known.get(resolved(key, page)) ?? key
    merged[same] = same in merged ? mergeValues(merged[same], value, { page, key }) : value
  }
  return merged
}

function mergeValues(one: unknown, other: unknown, { page, key }: { page: string; key: string }): unknown {
  if (isTable(one) && isTable(other)) return mergeTables(one, other, page)
  if (resolved(one, page) === resolved(other, page)) return one
  throw chunksError('PACELINE_IMPORT_MAP_CONFLICT', [page, key, JSON.stringify(one), JSON.stringify(other)])
}

/** One spelling for all that mean the same address; names of packages stay what they are. */
function resolved(address: unknown, page: string): unknown {
  if (typeof address !== 'string' || !/^\.{0,2}\//.test(address)) return address
  return new URL(address, ORIGIN + page).href
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
