import { identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** The outcome of an expression that is written in the code, put in by the build, or worked out here. */
export interface Constant {
  readonly value: unknown
}

/** What the build puts in the place of an expression such as `import.meta.env.MODE`, `process.env.NODE_ENV` or `__FLAG__`. */
export type ReplacedBy = (expression: string) => Constant | undefined

/** What is known of the names of a program. */
export interface Names {
  /** Names that are imported. */
  readonly imported: ReadonlySet<string>
  /** Variables that keep their first value. */
  readonly constants: ReadonlyMap<string, SyntaxNode>
  /** Values of imported names. */
  readonly valueOfImported?: ((name: string) => Constant | undefined) | undefined
  readonly replacedBy?: ReplacedBy | undefined
}

/** The names of a program, without values of what comes from elsewhere. */
export function namesOf(program: SyntaxNode): Names {
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

/** Works out an expression as far as bundlers do. */
export function valueOf(node: unknown, names: Names, depth = 0): Constant | undefined {
  const expression = unwrap(node)
  if (!expression || depth > 20) return undefined
  const value = (inner: unknown): Constant | undefined => valueOf(inner, names, depth + 1)
  switch (expression.type) {
    case 'Literal':
      return { value: expression['value'] }
    case 'Identifier': {
      const name = identifier(expression) ?? ''
      if (name === 'undefined') return { value: undefined }
      if (names.imported.has(name)) return names.valueOfImported?.(name)
      return names.constants.has(name) ? value(names.constants.get(name)) : names.replacedBy?.(name)
    }
    case 'MemberExpression':
      return replacedMember(expression, names)
    case 'UnaryExpression': {
      if (expression['operator'] === 'void') return { value: undefined }
      const argument = expression['operator'] === '!' ? value(expression['argument']) : undefined
      return argument && { value: !argument.value }
    }
    case 'LogicalExpression': {
      const [left, right] = [value(expression['left']), value(expression['right'])]
      const isAnd = expression['operator'] === '&&'
      if (expression['operator'] === '??') return undefined
      if (left) return Boolean(left.value) === isAnd ? right : left
      // Whatever the left side is, the test has the same outcome.
      return right && Boolean(right.value) !== isAnd ? right : undefined
    }
    case 'BinaryExpression': {
      const [left, right] = [value(expression['left']), value(expression['right'])]
      const isSame = left && right && left.value === right.value
      if (isSame === undefined || !/^[!=]==?$/.test(String(expression['operator']))) return undefined
      return { value: String(expression['operator']).startsWith('=') === isSame }
    }
    default:
      return undefined
  }
}

/** The object of Vite 7 with all that `import.meta.env` has; what is not in it was not set. */
const ENVIRONMENT = '__vite_import_meta_env__'

function replacedMember(node: SyntaxNode, names: Names): Constant | undefined {
  const object = names.constants.get(identifier(node['object']) ?? '')
  if (identifier(node['object']) === ENVIRONMENT && object?.type === 'ObjectExpression') {
    const member = memberName(node)
    const property = (object['properties'] as SyntaxNode[]).find(({ key }) => nameOfKey(key) === member)
    return property ? valueOf(property['value'], names) : { value: undefined }
  }
  const path = names.replacedBy && pathOf(node, names)
  return path === undefined ? undefined : names.replacedBy?.(path)
}

/** `a.b.c`, where `a` is nothing of the program's own. */
function pathOf(node: unknown, names: Names): string | undefined {
  const inner = unwrap(node)
  if (!inner) return undefined
  if (inner.type === 'MetaProperty') return 'import.meta'
  if (inner.type === 'MemberExpression') {
    const [object, member] = [pathOf(inner['object'], names), memberName(inner)]
    return object === undefined || member === undefined ? undefined : `${object}.${member}`
  }
  const name = identifier(inner)
  return name === undefined || names.constants.has(name) || names.imported.has(name) ? undefined : name
}

/** The value of what a program exports as a name. */
export function valueOfExport(program: SyntaxNode, exported: string, names: Names): Constant | undefined {
  for (const statement of program['body'] as SyntaxNode[]) {
    const { type, declaration } = statement
    if (type === 'ExportDefaultDeclaration' && exported === 'default') return valueOf(declaration, names)
    if (type !== 'ExportNamedDeclaration') continue
    const isDeclared =
      isNode(declaration) &&
      declaration.type === 'VariableDeclaration' &&
      (declaration['declarations'] as SyntaxNode[]).some(({ id }) => identifier(id) === exported)
    if (isDeclared) return valueOfLocal(exported, names)
    const specifier = (statement['specifiers'] as SyntaxNode[]).find((one) => nameOfKey(one['exported']) === exported)
    if (specifier) return isNode(statement['source']) ? undefined : valueOf(specifier['local'], names)
  }
  return undefined
}

function valueOfLocal(name: string, names: Names): Constant | undefined {
  return names.constants.has(name) ? valueOf(names.constants.get(name), names) : undefined
}

function unwrap(node: unknown): SyntaxNode | undefined {
  let inner = node
  while (isNode(inner) && /^(?:Chain|Parenthesized)Expression$/.test(inner.type)) inner = inner['expression']
  return isNode(inner) ? inner : undefined
}

function memberName({ computed, property }: SyntaxNode): string | undefined {
  return computed === true ? undefined : identifier(property)
}

function nameOfKey(key: unknown): string | undefined {
  if (isNode(key) && key.type === 'Literal') return String(key['value'])
  return identifier(key)
}
