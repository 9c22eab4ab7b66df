import type { AtRule, ChildNode, Declaration, Helpers, Plugin, Root, Rule } from 'postcss'
import type { FindReplacement } from '../replacement.ts'

/** Properties that take an `<image>`, of which `image-set()` is one, and the property that sets the image alone. */
const IMAGE_PROPERTY = /^(-webkit-)?(background|mask|border-image|list-style)(-image|-source)?$/i

const NAME = 'paceline-images'
/** @param isLast whether nothing that runs later may change what is written */
type FindsFor = (importer: string, isLast: boolean) => FindReplacement

const SUPPORTS = '(background-image: image-set(url("a") type("image/avif")))'

/**
 * Gives the images of stylesheets better formats: in every declaration the fallback's file, and behind the rule the same images as
 * `image-set()` for browsers that choose by type. A second declaration in the rule would not do: minifiers drop the first one, and add
 * prefixed sets with types that no browser with the prefix reads.
 *
 * Vite replaces URLs in a plugin behind this one: Vite 7 in `Once`, Vite 8 in `OnceExit`, when the plugins of the app have had their say. So both
 * are used here, and each declaration is replaced once.
 *
 * @param findFor where a stylesheet's URLs lead: its file → the finder for what is written there
 * @param until when Vite replaces URLs; what comes to stand there later stays as it is
 */
export function imageFormatsPostcss(findFor: FindsFor, until: 'Once' | 'OnceExit'): Plugin {
  const done = new WeakSet<Declaration>()
  const rewriteAll = async (root: Root, helpers: Helpers, isLast: boolean): Promise<void> => {
    const found: Declaration[] = []
    root.walkDecls(IMAGE_PROPERTY, (declaration) => {
      if (/url\(/i.test(declaration.value) && !done.has(declaration)) found.push(declaration)
    })
    const watched = (importer: string): FindReplacement => {
      const find = findFor(importer, isLast)
      return async (url, widths) => {
        const replacement = await find(url, widths)
        // Vite watches what these messages name.
        for (const file of replacement?.files ?? [])
          helpers.result.messages.push({ type: 'dependency', plugin: NAME, file, parent: importer })
        return replacement
      }
    }
    const added = await Promise.all(found.map((declaration) => rewrite(declaration, watched, helpers, done)))
    // From the last to the first, so that several of one rule come to stand in their order.
    for (const [rule, supports] of added.flatMap((one) => one ?? []).toReversed()) rule.after(supports)
  }
  return {
    postcssPlugin: NAME,
    Once: (node, helpers) => rewriteAll(node as Root, helpers, until === 'Once'),
    ...(until === 'OnceExit' && { OnceExit: (node, helpers) => rewriteAll(node as Root, helpers, true) }),
  }
}

/** @returns the rule to stand behind, and what is to stand there */
async function rewrite(
  declaration: Declaration,
  findFor: (importer: string) => FindReplacement,
  // Of the PostCSS that runs: there may be several in an app.
  { AtRule: NewAtRule }: Helpers,
  done: WeakSet<Declaration>,
): Promise<[rule: Rule, supports: AtRule][] | undefined> {
  const importer = declaration.source?.input.file
  if (importer === undefined) return undefined
  const { prop, parent, important, source } = declaration
  // Most stylesheets have no picture, and need no parser.
  const { rewriteValue } = await import('./rewrite-value.ts')
  const rewritten = await rewriteValue(declaration.value, findFor(importer))
  if (!rewritten) return undefined
  done.add(declaration)
  declaration.value = rewritten.plain
  if (rewritten.images === undefined || parent?.type !== 'rule') return undefined
  const own = parent as Rule
  if (isKeyframe(own)) return undefined
  const longhand = longhandOf(prop)
  if (isSetLater(declaration, longhand)) return undefined
  const alone = declaration.clone({ prop: longhand, value: rewritten.images, important: important ?? false })
  done.add(alone)
  const rule = own.clone({ nodes: [] })
  rule.append(alone)
  const supports = new NewAtRule({ name: 'supports', params: SUPPORTS, ...(source && { source }) })
  supports.append(rule)
  return [[own, supports]]
}

/** `background` → `background-image`. */
function longhandOf(prop: string): string {
  const [, prefix = '', shorthand = ''] = IMAGE_PROPERTY.exec(prop.toLowerCase()) ?? []
  return `${prefix}${shorthand}${shorthand === 'border-image' ? '-source' : '-image'}`
}

/** Whether the rule sets the same images again behind a declaration. */
function isSetLater(declaration: Declaration, longhand: string): boolean {
  for (let node: ChildNode | undefined = declaration.next(); node; node = node.next()) {
    if (node.type !== 'decl' || (declaration.important && !node.important)) continue
    if (IMAGE_PROPERTY.test(node.prop) && longhandOf(node.prop) === longhand) return true
  }
  return false
}

function isKeyframe({ parent }: Rule): boolean {
  return parent?.type === 'atrule' && /keyframes$/i.test((parent as AtRule).name)
}
