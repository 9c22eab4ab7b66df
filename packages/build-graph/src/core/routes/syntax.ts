/** A node of an ESTree syntax tree (with JSX and TypeScript), as far as it is read here. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** Direct child nodes, in source order of the fields. */
export function childNodes(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...value.filter(isNode))
    else if (isNode(value)) children.push(value)
  }
  return children
}

/** Visits a node and all below it; `enter` returning `false` leaves out what lies below. */
export function walk(node: SyntaxNode, enter: (node: SyntaxNode) => boolean | void): void {
  if (enter(node) === false) return
  for (const child of childNodes(node)) walk(child, enter)
}

/** The expression without the wrappers that only types or grouping need: `x as T`, `x satisfies T`, `x!`, `(x)`. */
export function unwrap(node: unknown): SyntaxNode | undefined {
  let inner = node
  while (
    isNode(inner) &&
    /^(?:TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|ParenthesizedExpression|ChainExpression)$/.test(
      inner.type,
    )
  ) {
    inner = inner['expression']
  }
  return isNode(inner) ? inner : undefined
}

/** Name of an identifier (also in JSX), else `undefined`. */
export function identifier(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  return (node.type === 'Identifier' || node.type === 'JSXIdentifier') && typeof node['name'] === 'string'
    ? node['name']
    : undefined
}

/** Value of a string literal or of a template without substitutions. */
export function stringValue(node: unknown): string | undefined {
  const inner = unwrap(node)
  if (!inner) return undefined
  if (inner.type === 'JSXExpressionContainer') return stringValue(inner['expression'])
  if (inner.type === 'Literal' && typeof inner['value'] === 'string') return inner['value']
  if (inner.type === 'TemplateLiteral') {
    const quasis = inner['quasis'] as SyntaxNode[]
    const cooked = (quasis[0]?.['value'] as { cooked?: string } | undefined)?.cooked
    return quasis.length === 1 ? cooked : undefined
  }
  return undefined
}

/** Properties of an object expression by name; spreads and computed names are passed over. */
export function properties(node: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>()
  for (const property of (node['properties'] as SyntaxNode[] | undefined) ?? []) {
    if (property.type !== 'Property' || property['computed'] === true) continue
    const name = identifier(property['key']) ?? stringValue(property['key'])
    const value = unwrap(property['value'])
    if (name !== undefined && value) found.set(name, value)
  }
  return found
}
