import { relative } from 'node:path'
import { childNodes, isNode, type SyntaxNode } from '@paceline/build-graph'
import { MagicString } from 'magic-string'
import { parseSync } from 'oxc-parser'
import { normalizePath, type Plugin } from 'vite'

/**
 * Writes the file of the component on the outermost elements of its JSX, as `data-pc`.
 *
 * @param onlyInDev not in builds
 */
export function componentIds(onlyInDev: boolean): Plugin {
  let root = ''
  return {
    name: 'paceline:vitals-components',
    ...(onlyInDev && { apply: 'serve' as const }),
    enforce: 'pre',
    configResolved(config) {
      root = config.root
    },
    transform: {
      filter: { id: { include: /\.[jt]sx$/, exclude: /\/node_modules\// } },
      handler(code, id) {
        const marked = markElements(code, id, normalizePath(relative(root, id)))
        return marked ? { code: marked.toString(), map: marked.generateMap({ hires: 'boundary' }) } : undefined
      },
    },
  }
}

/** Elements of the page only: components get no property that they do not know. */
function markElements(code: string, id: string, file: string): MagicString | undefined {
  const { program, errors } = parseSync(id, code)
  // Whoever compiles it says it better.
  if (errors.length > 0) return undefined
  const marked = new MagicString(code)
  const visit = (node: SyntaxNode, isInside: boolean): void => {
    const name = openingName(node)
    if (name && !isInside) marked.appendLeft(name.end, ` data-pc=${JSON.stringify(file)}`)
    for (const child of childNodes(node)) visit(child, isInside ? !isFunction(child) : name !== undefined)
  }
  visit(program as unknown as SyntaxNode, false)
  return marked.hasChanged() ? marked : undefined
}

/** A function inside an element is a component of its own, or makes elements for one. */
const isFunction = ({ type }: SyntaxNode): boolean => /Function/.test(type)

function openingName(node: SyntaxNode): { end: number } | undefined {
  if (node.type !== 'JSXElement') return undefined
  const { openingElement } = node as unknown as {
    openingElement: { name: SyntaxNode & { name?: unknown; end: number } }
  }
  const { name } = openingElement
  const isElement = isNode(name) && name.type === 'JSXIdentifier' && /^[a-z]/.test(String(name.name))
  return isElement ? { end: name.end } : undefined
}
