import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** The value of a test that was written, or worked out here. */
interface Constant {
  readonly value: unknown
}

type Mutable = Record<string, unknown>

/** As the names are written that `define` has values for. */
const DEFINED = /^(?:__\w+__|[A-Z][A-Z\d_]+)$/

const NOTHING = { type: 'Literal', start: 0, end: 0, value: null }

/**
 * Takes out of a program, in place, what the bundler may drop: what hangs on a constant that decides against it, and what hangs on something that
 * the build knows and the code does not show. Vite 7 has put its constants in by the time that code is read; Rolldown does so later, and knows
 * `import.meta.env`, `process.env` and what `define` says. What other modules export may be a constant as well.
 *
 * @param certain whether calls of other modules' functions go, too: of one that does nothing the bundler leaves nothing
 */
export function keepLive(program: SyntaxNode, certain: boolean): void {
  const names = namesOf(program)
  const open: SyntaxNode[] = [program]
  for (let node = open.pop(); node; node = open.pop()) {
    prune(node, names, certain)
    open.push(...childNodes(node))
  }
}

interface Names {
  readonly imported: ReadonlySet<string>
  /** Variables that keep their first value. */
  readonly constants: ReadonlyMap<string, SyntaxNode>
}

function namesOf(program: SyntaxNode): Names {
  const imported = new Set<string>()
  const constants = new Map<string, SyntaxNode>()
  for (const statement of program['body'] as SyntaxNode[]) {
    const { type } = statement
    const specifiers = type === 'ImportDeclaration' ? (statement['specifiers'] as SyntaxNode[]) : []
    for (const { local } of specifiers) imported.add(identifier(local) ?? '')
    const inner = isNode(statement['declaration']) ? statement['declaration'] : statement
    if (inner.type !== 'VariableDeclaration' || inner['kind'] !== 'const') continue
    for (const { id, init } of inner['declarations'] as SyntaxNode[]) {
      const name = identifier(id)
      if (name !== undefined && isNode(init)) constants.set(name, init)
    }
  }
  return { imported, constants }
}

function prune(node: SyntaxNode, names: Names, certain: boolean): void {
  const parts = node as Mutable
  const runs = (test: unknown, when: boolean): boolean => mayRun(test as SyntaxNode, when, names)
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      if (!runs(node['test'], true)) parts['consequent'] = NOTHING
      if (!runs(node['test'], false)) parts['alternate'] = isNode(node['alternate']) ? NOTHING : null
      return
    case 'BlockStatement':
    case 'FunctionBody': {
      const statements = node['body'] as SyntaxNode[]
      const end = statements.findIndex((one) => leaves(one) && !runs(one['test'], false))
      if (end !== -1) parts['body'] = statements.slice(0, end + 1)
      return
    }
    case 'LogicalExpression':
      if (!runs(node['left'], node['operator'] === '&&')) parts['right'] = NOTHING
      return
    case 'ChainExpression':
      if (isOfBuild(node, names)) parts['expression'] = NOTHING
      return
    case 'ExpressionStatement':
      if (certain && isForeignCall(node['expression'], names)) parts['expression'] = NOTHING
  }
}

/** `if (…) return` */
function leaves({ type, consequent }: SyntaxNode): boolean {
  if (type !== 'IfStatement' || !isNode(consequent)) return false
  const statements = consequent.type === 'BlockStatement' ? (consequent['body'] as SyntaxNode[]) : [consequent]
  return statements.some((one) => one.type === 'ReturnStatement')
}

/** Whether code runs for all that can be seen here. */
function mayRun(test: SyntaxNode, when: boolean, names: Names): boolean {
  const constant = valueOf(test, names)
  return constant ? Boolean(constant.value) === when : !isOfBuild(test, names)
}

function valueOf(node: unknown, names: Names, depth = 0): Constant | undefined {
  if (!isNode(node) || depth > 20) return undefined
  const value = (inner: unknown): Constant | undefined => valueOf(inner, names, depth + 1)
  switch (node.type) {
    case 'Literal':
      return { value: node['value'] }
    case 'Identifier': {
      const name = identifier(node) ?? ''
      return name === 'undefined' ? { value: undefined } : value(names.constants.get(name))
    }
    case 'UnaryExpression': {
      if (node['operator'] === 'void') return { value: undefined }
      const argument = node['operator'] === '!' ? value(node['argument']) : undefined
      return argument && { value: !argument.value }
    }
    case 'LogicalExpression': {
      const [left, right] = [value(node['left']), value(node['right'])]
      const isAnd = node['operator'] === '&&'
      if (node['operator'] === '??') return undefined
      if (left) return Boolean(left.value) === isAnd ? right : left
      // Whatever the left side is, the test has the same outcome.
      return right && Boolean(right.value) !== isAnd ? right : undefined
    }
    case 'BinaryExpression': {
      const [left, right] = [value(node['left']), value(node['right'])]
      const isSame = left && right && left.value === right.value
      if (isSame === undefined || !/^[!=]==?$/.test(String(node['operator']))) return undefined
      return { value: String(node['operator']).startsWith('=') === isSame }
    }
    default:
      return undefined
  }
}

/** Whether the build may know what this is: it mentions what `define` replaces, or what another module exports. */
function isOfBuild(start: SyntaxNode, { imported, constants }: Names): boolean {
  const seen = new Set([start])
  for (const node of seen) {
    const name = identifier(node)
    if (node.type === 'MetaProperty' || name === 'process') return true
    const value = name === undefined ? undefined : constants.get(name)
    if (name !== undefined && (imported.has(name) || (!value && DEFINED.test(name)))) return true
    for (const next of value ? [value] : childNodes(node)) seen.add(next)
  }
  return false
}

function isForeignCall(node: unknown, { imported }: Names): boolean {
  if (!isNode(node) || !/^(?:Call|New)Expression$/.test(node.type)) return false
  return imported.has(identifier(node['callee']) ?? '')
}
