import { parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { fileUrl } from '../links/route-links.ts'

type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.Node

export interface IntegrityInput {
  readonly html: string
  /** The HTML file, relative to the output directory: relative addresses in it start there. */
  readonly file: string
  /** `base` of the Vite config. */
  readonly base: string
  /** What `integrity` says of the scripts and stylesheets of the output, by file. */
  readonly integrity: ReadonlyMap<string, string>
}

export interface WithIntegrity {
  readonly html: string
  /** Text of the import map, when there is one now: a Content Security Policy that names inline scripts by hash needs the one of this text. */
  readonly importMap: string | undefined
}

/**
 * Adds `integrity` (SRI) to the scripts, styles and preloads of a page that are files of the output, and, for what scripts import, to its import
 * map: browsers that know no `integrity` there ignore it (Chromium 127, Safari 18). What has one already keeps it.
 *
 * Call it when the files have their final bytes, and before the page is compressed.
 */
export function addIntegrity({ html, file, base, integrity }: IntegrityInput): WithIntegrity {
  const elements = [...walk(parse(html, { sourceCodeLocationInfo: true }))]
  const edits: Edit[] = []
  const resolve = fileResolver(file, base)
  for (const element of elements) {
    const value = integrity.get(resolve(referenceOf(element)) ?? '')
    const at = element.sourceCodeLocation?.startTag?.endOffset
    if (value === undefined || at === undefined || attribute(element, 'integrity') !== undefined) continue
    // Before `>`, or before `/>`.
    const start = html[at - 2] === '/' ? at - 2 : at - 1
    edits.push({ start, end: start, text: ` integrity="${value}"` })
  }
  // A page without anything of ours gets no list of it.
  if (edits.length === 0) return { html, importMap: undefined }
  const map = importMapEdit(html, elements, { base: baseOf(file, base), integrity })
  return { html: apply(html, map ? [...edits, map.edit] : edits), importMap: map?.text }
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function importMapEdit(
  html: string,
  elements: readonly Element[],
  { base, integrity }: Pick<IntegrityInput, 'base' | 'integrity'>,
): { edit: Edit; text: string } | undefined {
  const scripts = [...integrity].filter(([file]) => /\.m?js$/.test(file)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (scripts.length === 0) return undefined
  const own = Object.fromEntries(scripts.map(([file, value]) => [fileUrl(base, file), value]))
  const existing = elements.find((one) => one.tagName === 'script' && attribute(one, 'type') === 'importmap')
  const location = existing?.sourceCodeLocation
  if (existing && location?.startTag && location.endTag) {
    const { startOffset: end } = location.endTag
    const start = location.startTag.endOffset
    const map = readMap(html.slice(start, end))
    if (!map) return undefined
    const text = escapeScript({ ...map, integrity: { ...own, ...map.integrity } })
    return { edit: { start, end, text }, text }
  }
  // A map counts only for what comes after it.
  const module = elements.find((one) => isModule(one))
  const first = module?.sourceCodeLocation?.startOffset
  if (module === undefined || first === undefined) return undefined
  const text = escapeScript({ integrity: own })
  // What allows the module allows the map: with `html.cspNonce` Vite gives all scripts one.
  const nonce = attribute(module, 'nonce')
  const attributes = nonce === undefined ? '' : ` nonce="${nonce.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  const script = `<script type="importmap"${attributes}>${text}</script>\n    `
  return { edit: { start: first, end: first, text: script }, text }
}

interface ImportMap {
  readonly integrity?: Readonly<Record<string, string>>
}

function readMap(text: string): ImportMap | undefined {
  try {
    return JSON.parse(text) as ImportMap
  } catch {
    return undefined
  }
}

/** As the text of a script, which must not end it. */
function escapeScript(value: object): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
}

function isModule(element: Element): boolean {
  if (element.tagName === 'script') return attribute(element, 'type') === 'module'
  return element.tagName === 'link' && attribute(element, 'rel') === 'modulepreload'
}

/** What an element loads, when browsers check its integrity. */
function referenceOf(element: Element): string | undefined {
  if (element.tagName === 'script') return attribute(element, 'src')
  const isChecked =
    element.tagName === 'link' && /^(?:stylesheet|modulepreload|preload)$/.test(attribute(element, 'rel') ?? '')
  return isChecked ? attribute(element, 'href') : undefined
}

/** A relative base is relative to the output directory; addresses in a page are relative to the page. */
function baseOf(file: string, base: string): string {
  if (base !== '' && !base.startsWith('.')) return base
  const depth = file.split('/').length - 1
  return depth === 0 ? './' : '../'.repeat(depth)
}

function fileResolver(file: string, base: string): (reference: string | undefined) => string | undefined {
  const origin = 'http://paceline.invalid'
  const isRelative = base === '' || base.startsWith('.')
  const root = new URL(isRelative ? '/' : base, origin).href
  const page = new URL(file, root.startsWith(origin) ? root : `${origin}/`).href
  return (reference) => {
    if (reference === undefined || !URL.canParse(reference, page)) return undefined
    const { origin: from, pathname } = new URL(reference, page)
    const address = from + pathname
    return address.startsWith(root) ? decodeURIComponent(address.slice(root.length)) : undefined
  }
}

function apply(html: string, edits: readonly Edit[]): string {
  let text = html
  for (const { start, end, text: inserted } of edits.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + inserted + text.slice(end)
  }
  return text
}

function* walk(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* walk(child)
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value
}
