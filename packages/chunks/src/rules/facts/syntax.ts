/** The little of ESTree that is looked at. */
interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

/** Whether a program reads `process.env.NODE_ENV`. */
export function readsNodeEnv(program: unknown): boolean {
  const queue: unknown[] = [program]
  // Grows while it is walked; recursion would overflow on the long chains of minified code.
  for (const value of queue) {
    if (Array.isArray(value)) {
      for (const item of value) queue.push(item)
    } else if (isNode(value)) {
      if (isMember(value, 'NODE_ENV') && isMember(value['object'], 'env')) {
        const { object } = value['object'] as Node
        if (isNode(object) && object.type === 'Identifier' && object['name'] === 'process') return true
      }
      for (const key in value) if (typeof value[key] === 'object' && value[key] !== null) queue.push(value[key])
    }
  }
  return false
}

/** Whether a module does nothing but pass on exports of several others. */
export function onlyReexports(program: unknown): boolean {
  const body = isNode(program) ? (program['body'] as readonly Node[]) : []
  let passedOn = 0
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') continue
    if (statement.type !== 'ExportAllDeclaration' && statement.type !== 'ExportNamedDeclaration') return false
    if (statement['declaration']) return false
    passedOn++
  }
  return passedOn > 0
}

function isMember(value: unknown, name: string): value is Node {
  if (!isNode(value) || value.type !== 'MemberExpression') return false
  const { property } = value
  return isNode(property) && (property['name'] === name || property['value'] === name)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}
