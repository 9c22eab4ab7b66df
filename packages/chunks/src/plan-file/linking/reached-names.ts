import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { boundNames } from '../../analysis/code-shapes.ts'

const DECLARATION = /^(?:Function|Class|Variable)Declaration$/

/**
 * The names that the code of a module mentions on the way from what others take from it, and from its statements that are no
 * declarations. A name that was not mentioned so is not used; one that was may well be.
 *
 * @param taken exports that others take, `*` for all of them
 */
export function reachedNames(code: string, taken: ReadonlySet<string>): Set<string> {
  const program = parseSync('module.js', code).program as unknown as SyntaxNode
  const declared = new Map<string, SyntaxNode[]>()
  const exported = new Map<string, SyntaxNode>()
  const open: SyntaxNode[] = []
  for (const statement of program['body'] as SyntaxNode[]) {
    if (statement.type === 'ImportDeclaration' || statement.type === 'ExportAllDeclaration') continue
    const inner = isNode(statement['declaration']) ? statement['declaration'] : statement
    for (const [name, node] of declarationsOf(inner)) declared.set(name, [...(declared.get(name) ?? []), node])
    if (statement.type === 'ExportDefaultDeclaration') exported.set('default', inner)
    else if (statement.type !== 'ExportNamedDeclaration') {
      if (!DECLARATION.test(statement.type)) open.push(statement)
    } else if (inner !== statement) for (const [name, node] of declarationsOf(inner)) exported.set(name, node)
    else for (const specifier of statement['specifiers'] as SyntaxNode[]) exported.set(...exportOf(specifier))
  }
  for (const [name, node] of exported) if (taken.has(name) || taken.has('*')) open.push(node)
  const reached = new Set<string>()
  for (let node = open.pop(); node; node = open.pop()) {
    const name = identifier(node)
    if (name !== undefined && !reached.has(name)) {
      reached.add(name)
      open.push(...(declared.get(name) ?? []))
    }
    open.push(...childNodes(node))
  }
  return reached
}

function declarationsOf(node: SyntaxNode): [string, SyntaxNode][] {
  if (!DECLARATION.test(node.type)) return []
  const declarators = node.type === 'VariableDeclaration' ? (node['declarations'] as SyntaxNode[]) : [node]
  return declarators.flatMap((one) => boundNames(one['id']).map((name): [string, SyntaxNode] => [name, one]))
}

function exportOf(specifier: SyntaxNode): [string, SyntaxNode] {
  const local = specifier['local'] as SyntaxNode
  return [identifier(specifier['exported']) ?? '', local]
}
