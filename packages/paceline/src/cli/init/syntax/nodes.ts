import type { Expression, ObjectExpression, Program, PropertyKey, VariableDeclarator } from 'oxc-parser'
import { visitorKeys } from 'oxc-parser'
import type { Span } from './parse.ts'

/** Any node, as far as walking needs to know. */
export interface AnyNode extends Span {
  readonly type: string
}

/** Calls back for a node and all below it, parents first. */
export function walk(
  node: AnyNode,
  visit: (node: AnyNode, parent: AnyNode | undefined) => void,
  parent?: AnyNode,
): void {
  visit(node, parent)
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key]
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) walk(one, visit, node)
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** The expression without types and brackets around it: `visualizer() as PluginOption`. */
export function unwrap(node: Expression): Expression {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
    case 'TSTypeAssertion':
      return unwrap(node.expression)
    default:
      return node
  }
}

/** The name of a property, when it can be read. */
export function keyName(key: PropertyKey): string | undefined {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

/** The value of a property of an object literal; the last one counts. */
export function propertyOf(object: ObjectExpression, name: string): Expression | undefined {
  return object.properties
    .filter((property) => property.type === 'Property')
    .findLast(({ key, computed }) => !computed && keyName(key) === name)?.value
}

/** The object literal under a path of properties, `build` → `rollupOptions`. */
export function objectAt(object: ObjectExpression, path: readonly string[]): ObjectExpression | undefined {
  const [first, ...rest] = path
  if (first === undefined) return object
  const value = propertyOf(object, first)
  const inner = value && unwrap(value)
  return inner?.type === 'ObjectExpression' ? objectAt(inner, rest) : undefined
}

/** The declaration of a constant, wherever it is in the file: configurations do not shadow names. */
export function constantOf(program: Program, name: string): VariableDeclarator | undefined {
  let found: VariableDeclarator | undefined
  walk(program, (node) => {
    if (node.type !== 'VariableDeclaration') return
    const { kind, declarations } = node as Extract<Program['body'][number], { type: 'VariableDeclaration' }>
    if (kind === 'const') found ??= declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)
  })
  return found
}

/** How often an identifier is read in a file: neither as a key, nor as the name of a member, nor where it is declared. */
export function countUses(program: Program, name: string): number {
  let uses = 0
  walk(program, (node, parent) => {
    if ((node.type !== 'Identifier' && node.type !== 'JSXIdentifier') || (node as { name?: string }).name !== name)
      return
    const { type, key, property, local, imported, id, computed, shorthand } = (parent ?? {}) as Record<string, unknown>
    if (type === 'MemberExpression' && property === node && computed !== true) return
    if (type === 'Property' && key === node && computed !== true && shorthand !== true) return
    if (type === 'VariableDeclarator' && id === node) return
    if (typeof type === 'string' && type.startsWith('Import') && (local === node || imported === node)) return
    uses++
  })
  return uses
}
