import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { memo } from '../../memo.ts'
import { boundNames } from '../../analysis/code-shapes.ts'
import type { NameLinker } from './link-names.ts'

/** The outcome of an expression. */
export interface Constant {
  readonly value: unknown
}

/** What the build puts in the place of an expression such as `import.meta.env.MODE`, `process.env.NODE_ENV` or `__FLAG__`. */
export type ReplacedBy = (expression: string) => Constant | undefined

export interface DecisionContext {
  readonly linker: Pick<NameLinker, 'clausesOf'>
  readonly codeOf: (id: string) => string | undefined
  readonly replacedBy?: ReplacedBy | undefined
}

/** A module as far as its values are looked for. */
interface Scope {
  readonly id: string
  readonly program: SyntaxNode
  /** Variables of the module and of all of its functions → what they begin with. Which of them is meant is not asked. */
  readonly initial: ReadonlyMap<string, readonly SyntaxNode[]>
}

interface Definition {
  /** Nothing for a property that is not there. */
  readonly node: SyntaxNode | undefined
  readonly scope: Scope
}

/** Further from a test no bundler looks, and no circle of imports is followed for ever. */
const MAX_DEPTH = 12

/**
 * Finds what a build decides for a module by its mode, its environment and `define`: for every test that a bundler may work out, how it
 * ends, or what it ends by where that cannot be told here. Two builds for which the answer is the same take the same branches. The answer
 * may differ where the branches do not: it is no claim that the bundler looks as far.
 */
export function findDecisions(context: DecisionContext): (id: string) => readonly string[] {
  const reader = new ConstantReader(context)
  return (id) => {
    const code = context.codeOf(id) ?? ''
    const scope = reader.scopeOf(id)
    const found = new Set<string>()
    const open = [scope.program]
    for (let node = open.pop(); node; node = open.pop()) {
      for (const test of testsOf(node)) {
        const outcome = reader.outcomeOf(test, scope)
        if (outcome !== undefined) found.add(`${nameOf(code.slice(test.start, test.end))}: ${outcome}`)
      }
      open.push(...childNodes(node))
    }
    return [...found].sort()
  }
}

function testsOf(node: SyntaxNode): SyntaxNode[] {
  const parts = /^(?:If|For|While)Statement$|^ConditionalExpression$/.test(node.type)
    ? [node['test']]
    : node.type === 'LogicalExpression'
      ? [node['left'], node['right']]
      : node.type === 'SwitchStatement'
        ? [node['discriminant']]
        : []
  return parts.filter(isNode)
}

/** With Vite 7 the values stand in the code. */
function nameOf(code: string): string {
  return code
    .replaceAll(/(["'`]).*?\1/gs, '"…"')
    .replaceAll(/\s+/g, '')
    .slice(0, 200)
}

class ConstantReader {
  readonly #context: DecisionContext
  readonly #values = new Map<SyntaxNode, readonly unknown[] | undefined>()
  readonly #exports = new Map<string, readonly Definition[]>()

  constructor(context: DecisionContext) {
    this.#context = context
  }

  readonly scopeOf: (id: string) => Scope = memo((id: string): Scope => {
    const program = parseSync('module.js', this.#context.codeOf(id) ?? '', { preserveParens: false }).program
    return { id, program: program as unknown as SyntaxNode, initial: initialValues(program as unknown as SyntaxNode) }
  })

  /** @returns nothing where a bundler has nothing to work with */
  outcomeOf(test: SyntaxNode, scope: Scope): string | undefined {
    const values = this.#valuesOf(test, scope, 0)
    if (!values) return undefined
    const inner = withoutNot(test)
    // Two keys of an API are as good as each other.
    const isOne = values.length === 1 && isNode(inner) && /^(?:Literal|Identifier|MemberExpression)$/.test(inner.type)
    if (isOne) return values[0] ? 'holds' : 'does not hold'
    const operator = isNode(inner) && inner.type === 'BinaryExpression' ? String(inner['operator']) : ''
    if (values.length === 2 && /^[!=]==$/.test(operator)) return values[0] === values[1] ? 'same' : 'different'
    return JSON.stringify(values.map((value) => (typeof value === 'bigint' ? String(value) : (value ?? String(value)))))
  }

  /** All values that an expression is made of, if they are all known. */
  #valuesOf(node: unknown, scope: Scope, depth: number): readonly unknown[] | undefined {
    if (!isNode(node) || depth > MAX_DEPTH) return undefined
    // Variables may be made of each other, and modules import each other.
    if (!this.#values.has(node)) {
      this.#values.set(node, undefined)
      this.#values.set(node, this.#findValues(node, scope, depth))
    }
    return this.#values.get(node)
  }

  #findValues(node: SyntaxNode, scope: Scope, depth: number): readonly unknown[] | undefined {
    const all = (nodes: readonly unknown[]): readonly unknown[] | undefined => {
      const values: unknown[] = []
      for (const one of nodes) {
        const known = this.#valuesOf(one, scope, depth + 1)
        if (!known) return undefined
        values.push(...known)
      }
      return values
    }
    switch (node.type) {
      case 'Literal':
        return 'regex' in node ? undefined : [node['value']]
      case 'TemplateLiteral': {
        const texts = (node['quasis'] as SyntaxNode[]).map(({ value }) => (value as { raw: string }).raw)
        const values = all(node['expressions'] as SyntaxNode[])
        return values && [texts.join('${}'), ...values]
      }
      case 'Identifier':
      case 'MemberExpression':
        return this.#valuesOfName(node, scope, depth)
      case 'ChainExpression':
        return all([node['expression']])
      case 'UnaryExpression':
        return node['operator'] === 'void' ? [undefined] : all([node['argument']])
      case 'BinaryExpression':
      case 'LogicalExpression':
        return all([node['left'], node['right']])
      case 'ConditionalExpression':
        return all([node['test'], node['consequent'], node['alternate']])
      case 'CallExpression': {
        const callee = node['callee'] as SyntaxNode
        const object = callee.type === 'MemberExpression' ? [callee['object']] : []
        const isKnown = object.length > 0 || /^(?:Boolean|Number|String)$/.test(identifier(callee) ?? '')
        return isKnown ? all([...object, ...(node['arguments'] as SyntaxNode[])]) : undefined
      }
      default:
        return undefined
    }
  }

  #valuesOfName(node: SyntaxNode, scope: Scope, depth: number): readonly unknown[] | undefined {
    if (identifier(node) === 'undefined') return [undefined]
    const replaced = this.#replaced(node, scope)
    if (replaced) return [replaced.value]
    const known = this.#definitionsOf(node, scope, depth).flatMap((definition) => {
      if (!definition.node) return [[undefined]]
      const values = this.#valuesOf(definition.node, definition.scope, depth + 1)
      return values ? [values] : []
    })
    if (known.length > 0) return known.flat()
    // `"text".length`
    return node.type === 'MemberExpression' ? this.#valuesOf(node['object'], scope, depth + 1) : undefined
  }

  #definitionsOf(node: unknown, scope: Scope, depth: number): readonly Definition[] {
    if (!isNode(node) || depth > MAX_DEPTH) return []
    const name = identifier(node)
    if (name !== undefined) {
      const own = scope.initial.get(name)
      if (own) return own.map((one) => ({ node: one, scope }))
      const taken = this.#takenAs(name, scope)
      return taken ? this.#exported(taken.target, taken.name, depth + 1) : []
    }
    if (node.type !== 'MemberExpression') return []
    const member = memberName(node)
    if (member === undefined) return []
    const taken = this.#takenAs(identifier(node['object']) ?? '', scope)
    if (taken?.name === '*') return this.#exported(taken.target, member, depth + 1)
    const object = node['object'] as SyntaxNode
    const objects =
      object.type === 'ObjectExpression' ? [{ node: object, scope }] : this.#definitionsOf(object, scope, depth + 1)
    return objects.flatMap((one): Definition[] => {
      if (one.node?.type !== 'ObjectExpression') return []
      const properties = one.node['properties'] as SyntaxNode[]
      const found = properties.findLast(({ key, computed }) => computed !== true && nameOfKey(key) === member)
      const isWhole = properties.every(({ type, computed }) => type === 'Property' && computed !== true)
      if (!found && !isWhole) return []
      return [{ node: found?.['value'] as SyntaxNode | undefined, scope: one.scope }]
    })
  }

  #takenAs(local: string, { id }: Scope): { readonly target: string; readonly name: string } | undefined {
    const clauses = this.#context.linker.clausesOf(id)
    const taken = clauses?.taken.find((one) => one.local === local)
    return clauses && taken && { target: clauses.targets[taken.from] ?? '', name: taken.name }
  }

  #exported(id: string, name: string, depth: number): readonly Definition[] {
    const key = `${name} ${id}`
    if (!this.#exports.has(key)) {
      this.#exports.set(key, [])
      this.#exports.set(key, this.#findExported(id, name, depth))
    }
    return this.#exports.get(key) ?? []
  }

  #findExported(id: string, name: string, depth: number): readonly Definition[] {
    if (depth > MAX_DEPTH || this.#context.codeOf(id) === undefined) return []
    const clauses = this.#context.linker.clausesOf(id)
    if (!clauses) return []
    const handed = clauses.handed.get(name)
    if (handed) return this.#exported(clauses.targets[handed.from] ?? '', handed.name, depth + 1)
    if (!clauses.own.has(name)) {
      return clauses.stars.flatMap((from) => this.#exported(clauses.targets[from] ?? '', name, depth + 1))
    }
    const scope = this.scopeOf(id)
    return exportedNodes(scope.program, name).flatMap((node) =>
      identifier(node) === undefined ? [{ node, scope }] : this.#definitionsOf(node, scope, depth + 1),
    )
  }

  #replaced(node: SyntaxNode, scope: Scope): Constant | undefined {
    const { replacedBy } = this.#context
    const path = replacedBy && this.#pathOf(node, scope)
    if (path === undefined) return undefined
    const whole = replacedBy?.(path)
    if (whole) return whole
    // `define: { 'process.env': { … } }`
    const object = replacedBy?.(path.slice(0, path.lastIndexOf('.')))?.value
    if (typeof object !== 'object' || object === null) return undefined
    return { value: (object as Record<string, unknown>)[path.slice(path.lastIndexOf('.') + 1)] }
  }

  /** `a.b.c`, where `a` is nothing of the module's own. */
  #pathOf(node: unknown, scope: Scope): string | undefined {
    if (!isNode(node)) return undefined
    if (node.type === 'ChainExpression') return this.#pathOf(node['expression'], scope)
    if (node.type === 'MetaProperty') return 'import.meta'
    if (node.type === 'MemberExpression') {
      const [object, member] = [this.#pathOf(node['object'], scope), memberName(node)]
      return object === undefined || member === undefined ? undefined : `${object}.${member}`
    }
    const name = identifier(node)
    return name === undefined || scope.initial.has(name) || this.#takenAs(name, scope) ? undefined : name
  }
}

function withoutNot(test: SyntaxNode): unknown {
  let inner: unknown = test
  while (isNode(inner)) {
    if (inner.type === 'ChainExpression') inner = inner['expression']
    else if (inner.type === 'UnaryExpression' && inner['operator'] === '!') inner = inner['argument']
    else break
  }
  return inner
}

function initialValues(program: SyntaxNode): Map<string, SyntaxNode[]> {
  const values = new Map<string, SyntaxNode[]>()
  const open = [program]
  for (let node = open.pop(); node; node = open.pop()) {
    open.push(...childNodes(node))
    if (node.type !== 'VariableDeclarator') continue
    const { id, init } = node
    for (const name of boundNames(id)) {
      const known = values.get(name) ?? []
      // `const { paid } = config` is as unknown as a variable without a value.
      values.set(name, identifier(id) === name && isNode(init) ? [...known, init] : known)
    }
  }
  return values
}

/** What a module exports as a name: a value, or the variable that has it. */
function exportedNodes(program: SyntaxNode, exported: string): SyntaxNode[] {
  return (program['body'] as SyntaxNode[]).flatMap((statement): SyntaxNode[] => {
    const { type, declaration } = statement
    if (type === 'ExportDefaultDeclaration') return exported === 'default' && isNode(declaration) ? [declaration] : []
    if (type !== 'ExportNamedDeclaration') return []
    if (isNode(declaration)) {
      const declarators =
        declaration.type === 'VariableDeclaration' ? (declaration['declarations'] as SyntaxNode[]) : []
      return declarators.flatMap(({ id }) => (identifier(id) === exported && isNode(id) ? [id] : []))
    }
    const specifiers = statement['specifiers'] as SyntaxNode[]
    return specifiers.flatMap(({ local, exported: name }) =>
      nameOfKey(name) === exported && isNode(local) ? [local] : [],
    )
  })
}

function memberName({ computed, property }: SyntaxNode): string | undefined {
  if (computed !== true) return identifier(property)
  return isNode(property) && property.type === 'Literal' ? String(property['value']) : undefined
}

function nameOfKey(key: unknown): string | undefined {
  if (isNode(key) && key.type === 'Literal') return String(key['value'])
  return identifier(key)
}
