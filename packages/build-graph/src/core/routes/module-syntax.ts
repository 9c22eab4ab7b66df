import { identifier, isNode, stringValue, unwrap, walk, type SyntaxNode } from './syntax.ts'

/** What one source file says that matters to routes. */
export interface ModuleSyntax {
  /** Local name → where it was imported from. */
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly imported: string }>
  /** Top-level `const` name → its initial value. */
  readonly constants: ReadonlyMap<string, SyntaxNode>
  /** Exported name → local name, or the expression of a default export. */
  readonly exports: ReadonlyMap<string, string | SyntaxNode>
  readonly program: SyntaxNode
}

export function moduleSyntax(program: SyntaxNode): ModuleSyntax {
  const imports = new Map<string, { specifier: string; imported: string }>()
  const constants = new Map<string, SyntaxNode>()
  const exports = new Map<string, string | SyntaxNode>()
  const declare = (declaration: unknown, exported: boolean): void => {
    if (!isNode(declaration)) return
    const own = identifier(declaration['id'])
    if (own !== undefined && exported) exports.set(own, own)
    if (declaration.type !== 'VariableDeclaration') return
    for (const declarator of declaration['declarations'] as SyntaxNode[]) {
      const name = identifier(declarator['id'])
      const value = unwrap(declarator['init'])
      if (name !== undefined && value) constants.set(name, value)
      if (name !== undefined && exported) exports.set(name, name)
    }
  }
  for (const statement of program['body'] as SyntaxNode[]) {
    if (statement.type === 'ImportDeclaration') readImport(statement, imports)
    else if (statement.type === 'ExportNamedDeclaration') {
      declare(statement['declaration'], true)
      readExports(statement, exports)
    } else if (statement.type === 'ExportDefaultDeclaration') {
      const value = unwrap(statement['declaration'])
      const name = identifier(value) ?? identifier(value?.['id'])
      if (value) exports.set('default', name ?? value)
    } else declare(statement, false)
  }
  return { imports, constants, exports, program }
}

function readImport(statement: SyntaxNode, imports: Map<string, { specifier: string; imported: string }>): void {
  const specifier = stringValue(statement['source'])
  if (specifier === undefined || statement['importKind'] === 'type') return
  for (const binding of statement['specifiers'] as SyntaxNode[]) {
    const local = identifier(binding['local'])
    if (local === undefined) continue
    const imported =
      binding.type === 'ImportDefaultSpecifier'
        ? 'default'
        : binding.type === 'ImportNamespaceSpecifier'
          ? '*'
          : (identifier(binding['imported']) ?? local)
    imports.set(local, { specifier, imported })
  }
}

function readExports(statement: SyntaxNode, exports: Map<string, string | SyntaxNode>): void {
  if (statement['source']) return
  for (const binding of (statement['specifiers'] as SyntaxNode[] | undefined) ?? []) {
    const local = identifier(binding['local'])
    const name = identifier(binding['exported'])
    if (local !== undefined && name !== undefined) exports.set(name, local)
  }
}

/** Functions whose argument is a lazily loaded component. `lazy` is React's and Solid's. */
const LAZY_CALL = /lazy|loadable|dynamic|defineAsyncComponent|asyncComponent/i

/**
 * Specifiers of the `import()`s below a node that load what is shown: `lazy(() => import('x'))`,
 * `lazy: () => import('x')`, `() => import('x').then(…)`. An `import()` awaited inside a handler is not one, unless
 * a lazy call or property is around it.
 */
export function lazySpecifiers(node: SyntaxNode, lazy = false): string[] {
  const found: string[] = []
  const visit = (current: SyntaxNode, inLazy: boolean, concise: boolean): void => {
    if (current.type === 'ImportExpression') {
      const specifier = stringValue(current['source'])
      if (specifier !== undefined && (inLazy || concise)) found.push(specifier)
      return
    }
    for (const [field, value] of Object.entries(current)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!isNode(child)) continue
        const bodyOfArrow =
          current.type === 'ArrowFunctionExpression' && field === 'body' && child.type !== 'BlockStatement'
        // `.then()` and member access keep an import the value of its arrow; anything else ends that.
        const stillConcise =
          concise && /^(?:CallExpression|MemberExpression|ParenthesizedExpression)$/.test(current.type)
        visit(child, inLazy || isLazyWrapper(current), bodyOfArrow || (stillConcise && field !== 'arguments'))
      }
    }
  }
  visit(node, lazy, false)
  return found
}

function isLazyWrapper(node: SyntaxNode): boolean {
  if (node.type === 'CallExpression') {
    const callee = node['callee']
    const name = identifier(callee) ?? (isNode(callee) ? identifier(callee['property']) : undefined)
    return name !== undefined && LAZY_CALL.test(name)
  }
  return node.type === 'Property' && /^lazy$|component$/i.test(identifier(node['key']) ?? '')
}

/** Names used below a node: identifiers of expressions and JSX elements. */
export function referencedNames(node: SyntaxNode): string[] {
  const names = new Set<string>()
  walk(node, (current) => {
    const name = identifier(current)
    if (name !== undefined) names.add(name)
  })
  return [...names]
}
