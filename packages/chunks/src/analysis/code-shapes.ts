import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** Node types of functions. */
export const FUNCTION: RegExp = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/
/** Static methods that change their first argument, if anything. */
const OBJECT_METHODS = /^(?:assign|defineProperty|defineProperties|freeze|seal|preventExtensions|setPrototypeOf)$/
const COLLECTIONS = /^(?:Map|Set|WeakMap|WeakSet|Array)$/

/** `document.querySelector` and the like: what they give belongs to the page. `document.createElement` makes something new. */
export function isOfPage(callee: unknown): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression') return false
  if ((identifier(callee['property']) ?? '').startsWith('create')) return false
  let object = callee['object']
  while (isNode(object) && /^(?:Member|Call|Chain)Expression$/.test(object.type)) {
    object = object['object'] ?? object['callee'] ?? object['expression']
  }
  return /^(?:document|window|globalThis|self)$/.test(identifier(object) ?? '')
}

/** `Object.defineProperty` and the like. */
export function isObjectMethod(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression' || !/^(?:Object|Reflect)$/.test(identifier(node['object']) ?? '')) return false
  return OBJECT_METHODS.test(identifier(node['property']) ?? '')
}

/** The statements of a function; the one expression of a short arrow function counts as one. */
export function bodyOf(node: SyntaxNode): SyntaxNode[] {
  const body = node['body'] as SyntaxNode
  if (body.type === 'BlockStatement' || body.type === 'FunctionBody') return body['body'] as SyntaxNode[]
  return [{ type: 'ExpressionStatement', start: body.start, end: body.end, expression: body }]
}

/**
 * `['a', b].join('+')`: a method of a list or a string that was just written, without a function that it might call. Of an unused
 * initialiser Rollup leaves that much.
 */
export function isLiteralsMethod({ object }: SyntaxNode, args: readonly SyntaxNode[]): boolean {
  const isWritten = isNode(object) && /^(?:ArrayExpression|TemplateLiteral)$/.test(object.type)
  return (isWritten || isText(object)) && args.every(({ type }) => type === 'Literal')
}

function isText(node: unknown): boolean {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string'
}

/** Names of what a statement returns, whole or a member of it, also in what minifiers make of `if`s and assignments around it. */
export function returnedNames(statement: unknown): string[] {
  if (!isNode(statement)) return []
  const name = identifier(statement)
  if (name !== undefined) return [name]
  switch (statement.type) {
    case 'BlockStatement':
      return (statement['body'] as SyntaxNode[]).flatMap(returnedNames)
    case 'ReturnStatement':
      return returnedNames(statement['argument'])
    case 'IfStatement':
    case 'ConditionalExpression':
      return [...returnedNames(statement['consequent']), ...returnedNames(statement['alternate'])]
    case 'SequenceExpression':
      return returnedNames((statement['expressions'] as SyntaxNode[]).at(-1))
    case 'MemberExpression':
      return returnedNames(statement['object'])
    default:
      return []
  }
}

/** The names that a pattern declares. */
export function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  const name = identifier(pattern)
  if (name !== undefined) return [name]
  const inner = pattern.type === 'Property' ? [pattern['value']] : childNodes(pattern)
  return inner.flatMap(boundNames)
}

/** A list, an object or a collection that was just made: calling its methods changes nothing but it. */
export function isPlain(node: unknown): boolean {
  if (!isNode(node)) return false
  if (node.type === 'NewExpression') return COLLECTIONS.test(identifier(node['callee']) ?? '')
  return node.type === 'ArrayExpression' || node.type === 'ObjectExpression'
}

/** `fire` in `fire.auth` and `fire.auth.get`; nothing where something is called on the way. */
export function rootName(node: unknown): string | undefined {
  let at = node
  while (isNode(at) && /^(?:Member|Chain|Parenthesized)Expression$/.test(at.type)) at = at['object'] ?? at['expression']
  return identifier(at)
}
