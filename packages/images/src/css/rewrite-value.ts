import parseValue, { type FunctionNode, type Node } from 'postcss-value-parser'
import { largest, type FindReplacement, type Replacement } from '../replacement.ts'

/** What becomes of the value of a declaration. */
export interface RewrittenValue {
  /** With the fallback's files. */
  readonly plain: string
  /** The images alone, layer by layer, with `image-set()` where there are better formats; nothing when there are none. */
  readonly images?: string
}

/**
 * Replaces the images in the value of a declaration: `url()` by the fallback's file, and by an `image-set()` of all formats. What stands in
 * an `image-set()` already, or in another function, is the author's choice and stays.
 *
 * @returns nothing when no image in it is ours
 * @see https://drafts.csswg.org/css-images-4/#image-set-notation
 */
export async function rewriteValue(value: string, find: FindReplacement): Promise<RewrittenValue | undefined> {
  const parsed = parseValue(value)
  const replacements = new Map<Node, Replacement>()
  await Promise.all(
    parsed.nodes.filter(isUrl).map(async (node) => {
      const replacement = await find(urlOf(node), 'own')
      if (replacement) replacements.set(node, replacement)
    }),
  )
  if (replacements.size === 0) return undefined
  const plain = parseValue.stringify(parsed.nodes, (node) => {
    const replacement = replacements.get(node)
    return replacement && quoted(largest(replacement.fallback).url)
  })
  const isBetter = [...replacements.values()].some(({ sources }) => sources.length > 0)
  // What a variable holds is not known here: it may be an image, too.
  if (!isBetter || parsed.nodes.some((node) => node.type === 'function' && node.value === 'var')) return { plain }
  const images = layersOf(parsed.nodes).map((nodes) => {
    const image = nodes.find(isImage)
    const replacement = image && replacements.get(image)
    return replacement ? imageSet(replacement) : image ? parseValue.stringify(image) : 'none'
  })
  return { plain, images: images.join(', ') }
}

function layersOf(nodes: readonly Node[]): Node[][] {
  const layers: Node[][] = [[]]
  for (const node of nodes) {
    if (node.type === 'div' && node.value === ',') layers.push([])
    else layers.at(-1)!.push(node)
  }
  return layers
}

function imageSet({ sources, fallback }: Replacement): string {
  if (sources.length === 0) return quoted(largest(fallback).url)
  const options = [...sources, fallback].map((files) => `${quoted(largest(files).url)} type("${files.type}")`)
  return `image-set(${options.join(', ')})`
}

function isImage(node: Node): boolean {
  return (
    node.type === 'function' &&
    /^(?:url|image|paint|element|(?:-webkit-)?(?:image-set|cross-fade|canvas))$|gradient$/i.test(node.value)
  )
}

function isUrl(node: Node): node is FunctionNode {
  return node.type === 'function' && node.value.toLowerCase() === 'url' && urlOf(node) !== ''
}

function urlOf(node: Node): string {
  const [inner] = 'nodes' in node ? node.nodes : []
  return inner && (inner.type === 'word' || inner.type === 'string') ? inner.value : ''
}

function quoted(url: string): string {
  return `url("${url.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}")`
}
