import { MagicString } from 'magic-string'
import { defaultTreeAdapter, parse, type DefaultTreeAdapterMap } from 'parse5'
import { largest, type FindReplacement, type Replacement } from '../replacement.ts'
import { escapeAttribute, setAttributes, type Element } from './attributes.ts'
import { replaceSrcset, type SrcsetReplacement } from './replace-srcset.ts'

type Node = DefaultTreeAdapterMap['node']

/**
 * Gives the images of a page their better formats: `<img>` is wrapped into a `<picture>`, the sources of a `<picture>` are preceded by
 * those in better formats, and a preloaded image is preloaded in the format that most browsers take.
 *
 * The box of the image does not change: the `<picture>` around it has no box of its own, and more than one width is offered only where
 * `sizes` says how wide it is shown, since `srcset` without it makes an image as wide as the page.
 *
 * @param html as the author wrote it
 */
export async function rewriteHtml(html: string, find: FindReplacement): Promise<string> {
  const document = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false })
  const text = new MagicString(html)
  for (const element of elements(document)) {
    // For Vite, too, this means hands off.
    if ('vite-ignore' in attributesOf(element)) continue
    if (element.tagName === 'img') await rewriteImg(element, text, find)
    if (element.tagName === 'source' && parentOf(element)?.tagName === 'picture')
      await rewriteSource(element, text, find)
    if (element.tagName === 'link' && isPreload(element)) await rewritePreload(element, text, find)
  }
  return text.toString()
}

function* elements(node: Node): Generator<Element> {
  if (defaultTreeAdapter.isElementNode(node)) yield node
  if ('content' in node) yield* elements(node.content)
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

async function rewriteImg(img: Element, text: MagicString, find: FindReplacement): Promise<void> {
  const place = img.sourceCodeLocation
  if (!place) return
  const { src, srcset, sizes } = attributesOf(img)
  const alone =
    src === undefined ? undefined : await find(src, sizes === undefined || srcset !== undefined ? 'own' : 'all')
  const several = srcset === undefined ? undefined : await replaceSrcset(srcset, find)
  const changes: Record<string, string> = {}
  if (alone) changes['src'] = largest(alone.fallback).url
  if (alone && srcset === undefined && alone.fallback.files.length > 1) changes['srcset'] = byWidth(alone.fallback)
  if (several) changes['srcset'] = several.fallback
  if (Object.keys(changes).length === 0) return
  setAttributes(text, img, changes)
  const picture = parentOf(img)
  const inPicture = picture?.tagName === 'picture'
  const sources = sourceElements(several ?? (srcset === undefined ? alone : undefined), { sizes })
  if (sources === '' || (inPicture && choosesFormats(picture))) return
  // Images may stand side by side: what closes one belongs to the left, what opens the next one to the right.
  text.appendRight(place.startOffset, inPicture ? sources : `<picture style="display: contents">${sources}`)
  if (!inPicture) text.appendLeft(place.endOffset, '</picture>')
}

async function rewriteSource(source: Element, text: MagicString, find: FindReplacement): Promise<void> {
  const { srcset, sizes, media, type } = attributesOf(source)
  if (srcset === undefined || !source.sourceCodeLocation) return
  const several = await replaceSrcset(srcset, find)
  if (!several) return
  setAttributes(text, source, { srcset: several.fallback })
  const picture = parentOf(source)
  if (type !== undefined || (picture && choosesFormats(picture))) return
  text.appendRight(source.sourceCodeLocation.startOffset, sourceElements(several, { media, sizes }))
}

/** A format that the page does not show would be loaded for nothing: browsers that cannot show this one pass it over. */
async function rewritePreload(link: Element, text: MagicString, find: FindReplacement): Promise<void> {
  const { href, type, imagesrcset } = attributesOf(link)
  if (href === undefined || type !== undefined || imagesrcset !== undefined) return
  const found = await find(href, 'own')
  if (!found) return
  const best = found.sources[0]
  const ignored = best && found.isFinal ? { 'vite-ignore': '' } : {}
  setAttributes(text, link, { href: largest(best ?? found.fallback).url, ...(best && { type: best.type }), ...ignored })
}

function sourceElements(
  replaced: Replacement | SrcsetReplacement | undefined,
  shared: Readonly<Record<string, string | undefined>>,
): string {
  const written = Object.entries(shared)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('')
  const ignored = replaced?.isFinal ? ' vite-ignore' : ''
  return (replaced?.sources ?? [])
    .map((source) => {
      const srcset = 'srcset' in source ? source.srcset : byWidth(source)
      return `<source${ignored} type="${source.type}" srcset="${escapeAttribute(srcset)}"${written}>`
    })
    .join('')
}

/** One file needs no width: it is chosen by its type. */
function byWidth({ files }: Replacement['fallback']): string {
  if (files.length === 1) return files[0]!.url
  return files.map(({ url, width }) => `${url} ${width}w`).join(', ')
}

function choosesFormats(picture: Element): boolean {
  return picture.childNodes.some((child) => defaultTreeAdapter.isElementNode(child) && 'type' in attributesOf(child))
}

function isPreload(link: Element): boolean {
  const { rel = '', as: kind } = attributesOf(link)
  return kind === 'image' && rel.toLowerCase().split(/\s+/).includes('preload')
}

function parentOf({ parentNode }: Element): Element | undefined {
  return parentNode && defaultTreeAdapter.isElementNode(parentNode) ? parentNode : undefined
}

function attributesOf({ attrs }: Element): Partial<Record<string, string>> {
  return Object.fromEntries(attrs.map(({ name, value }) => [name, value]))
}
