import type { ModuleSyntax } from './module-syntax.ts'
import { identifier, isNode, properties, stringValue, unwrap, type SyntaxNode } from './syntax.ts'

/** Where a name of a module leads: to another module's export. */
export type FollowImport = (
  module: ModuleSyntax,
  name: string,
) => { module: ModuleSyntax; exported: string } | undefined

const MAX_HOPS = 8

/**
 * Value of a string expression that is known without running anything: literals, templates and `+` of such,
 * constants, properties of constant objects (`paths.app.settings.path`), also across modules.
 */
export function constantString(
  node: unknown,
  module: ModuleSyntax,
  follow: FollowImport,
  hops = 0,
): string | undefined {
  const inner = unwrap(node)
  if (!inner || hops > MAX_HOPS) return undefined
  if (inner.type === 'JSXExpressionContainer') return constantString(inner['expression'], module, follow, hops)
  const literal = stringValue(inner)
  if (literal !== undefined) return literal
  if (inner.type === 'TemplateLiteral') return template(inner, module, follow, hops)
  if (inner.type === 'BinaryExpression' && inner['operator'] === '+') {
    const left = constantString(inner['left'], module, follow, hops + 1)
    const right = constantString(inner['right'], module, follow, hops + 1)
    return left === undefined || right === undefined ? undefined : left + right
  }
  const value = constantValue(inner, module, follow, hops + 1)
  return value && constantString(value.node, value.module, follow, hops + 1)
}

function template(node: SyntaxNode, module: ModuleSyntax, follow: FollowImport, hops: number): string | undefined {
  const quasis = node['quasis'] as SyntaxNode[]
  const expressions = node['expressions'] as SyntaxNode[]
  let text = ''
  for (const [index, quasi] of quasis.entries()) {
    text += (quasi['value'] as { cooked?: string }).cooked ?? ''
    const expression = expressions[index]
    if (!expression) continue
    const value = constantString(expression, module, follow, hops + 1)
    if (value === undefined) return undefined
    text += value
  }
  return text
}

interface Located {
  readonly node: SyntaxNode
  readonly module: ModuleSyntax
}

/** The expression that a name or a property access stands for. */
export function constantValue(
  node: SyntaxNode,
  module: ModuleSyntax,
  follow: FollowImport,
  hops = 0,
): Located | undefined {
  if (hops > MAX_HOPS) return undefined
  const name = identifier(node)
  if (name !== undefined) return named(name, module, follow, hops)
  if (node.type !== 'MemberExpression') return undefined
  const object = unwrap(node['object'])
  const key = node['computed'] === true ? stringValue(node['property']) : identifier(node['property'])
  if (!object || key === undefined) return undefined
  const base = constantValue(object, module, follow, hops + 1) ?? { node: object, module }
  const value = base.node.type === 'ObjectExpression' ? properties(base.node).get(key) : undefined
  return value ? { node: value, module: base.module } : undefined
}

function named(name: string, module: ModuleSyntax, follow: FollowImport, hops: number): Located | undefined {
  const own = module.constants.get(name)
  if (own) return identifier(own) === undefined ? { node: own, module } : constantValue(own, module, follow, hops + 1)
  const target = follow(module, name)
  const exported = target?.module.exports.get(target.exported)
  if (!target || exported === undefined) return undefined
  if (isNode(exported)) return { node: exported, module: target.module }
  return named(exported as string, target.module, follow, hops + 1)
}
