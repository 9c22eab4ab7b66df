import type { SourceMap } from 'magic-string'

/** A node of ESTree, as far as this file looks at it. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface NewUrl {
  readonly path: string
  readonly first: Node
  readonly second: Node
}

/** Modules that may have something to rewrite. */
export const NAMES_IN_NEW_URL: RegExp =
  /\bnew\s+URL\s*\(\s*["'][^"']+\.(?:jpe?g|jpe|jfif|png|apng|webp|avif|gif|svg)["']\s*,\s*import\.meta\.url\b/i

/**
 * Replaces the paths in `new URL('./photo.jpg', import.meta.url)`.
 *
 * The base becomes `'' + import.meta.url`, in which Vite does not see what it has to resolve: it writes the same into its own output.
 *
 * @param code JavaScript
 * @param parse the bundler's parser
 * @param urlFor text that stands in a string with double quotes; nothing for what is left to Vite
 */
export async function rewriteNewUrls(
  code: string,
  parse: (code: string) => unknown,
  urlFor: (path: string) => Promise<string | undefined>,
): Promise<{ code: string; map: SourceMap } | undefined> {
  const { MagicString } = await import('magic-string')
  const text = new MagicString(code)
  for (const { path, first, second } of newUrls(parse(code))) {
    const url = await urlFor(path)
    if (url === undefined) continue
    text.update(first.start, first.end, JSON.stringify(url))
    text.update(second.start, second.end, `'' + import.meta.url`)
  }
  return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: true }) } : undefined
}

function* newUrls(value: unknown): Generator<NewUrl> {
  if (typeof value !== 'object' || value === null) return
  const found = newUrlOf(value as Record<string, unknown>)
  if (found) yield found
  else for (const child of Object.values(value)) yield* newUrls(child)
}

function newUrlOf({ type, callee, arguments: given }: Record<string, unknown>): NewUrl | undefined {
  if (type !== 'NewExpression' || !isNamed(callee, 'URL') || !Array.isArray(given) || given.length !== 2)
    return undefined
  const [first, second] = given as [Node & { value?: unknown }, Node & { object?: Node; property?: unknown }]
  if (first.type !== 'Literal' || typeof first.value !== 'string') return undefined
  const isOwnUrl =
    second.type === 'MemberExpression' && second.object?.type === 'MetaProperty' && isNamed(second.property, 'url')
  return isOwnUrl ? { path: first.value, first, second } : undefined
}

function isNamed(node: unknown, name: string): boolean {
  const { type, name: own } = (node ?? {}) as { type?: unknown; name?: unknown }
  return type === 'Identifier' && own === name
}
