import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { FUNCTION } from '../analysis/code-shapes.ts'

/** Vite's function for an `import()` with a variable: it is given all files that may be meant. */
const VARIABLE_IMPORT = /dynamic_?import.*helper/i

/**
 * What a module loads with `import()` and waits for at its top level: itself, in a function that it gives to a call there (Vite wraps
 * every `import()` so), and in a function of its own that it calls there. Functions in objects are for later, as in a list of routes.
 *
 * @returns specifiers
 */
export function awaitedImports(program: SyntaxNode): ReadonlySet<string> {
  const finder = new AwaitFinder(program['body'] as SyntaxNode[])
  finder.waits(program)
  return finder.found
}

class AwaitFinder {
  readonly found = new Set<string>()
  /** What the names of the module stand for, without those that were followed. */
  readonly #values = new Map<string, SyntaxNode>()
  #isVariable = false

  constructor(statements: readonly SyntaxNode[]) {
    for (const statement of statements) {
      const node = isNode(statement['declaration']) ? statement['declaration'] : statement
      const declared = (node['declarations'] ?? []) as Record<'id' | 'init', unknown>[]
      for (const { id, init } of [{ id: node['id'], init: node }, ...declared]) {
        const name = identifier(id)
        if (name !== undefined && isNode(init)) this.#values.set(name, init)
      }
    }
  }

  /** Looks for what is awaited where code runs, and for what its function returns. */
  waits(node: SyntaxNode): void {
    if (FUNCTION.test(node.type)) return
    if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') this.#promise(node['argument'])
    else if (node.type === 'ForOfStatement' && node['await'] === true) this.#promise(node['right'])
    else for (const child of childNodes(node)) this.waits(child)
  }

  /** Looks for the `import()`s behind a value that is waited for. */
  #promise(node: unknown): void {
    if (!isNode(node)) return
    const source = node['source']
    switch (node.type) {
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (this.#isVariable) this.#run(node)
        return
      case 'Identifier':
        this.#promise(this.#value(node))
        return
      case 'ImportExpression':
        if (isNode(source) && typeof source['value'] === 'string') this.found.add(source['value'])
        return
      case 'CallExpression':
        this.#call(node)
        return
      case 'MemberExpression':
        this.#promise(node['object'])
        return
      case 'Property':
        this.#promise(node['value'])
        return
    }
    for (const child of childNodes(node)) this.#promise(child)
  }

  #call({ callee, arguments: given }: SyntaxNode): void {
    const before = this.#isVariable
    this.#isVariable ||= VARIABLE_IMPORT.test(identifier(callee) ?? '')
    const called = this.#value(callee) ?? callee
    for (const node of [called, ...(given as unknown[])]) {
      const inner = isNode(node) && node.type === 'ParenthesizedExpression' ? node['expression'] : node
      if (isNode(inner) && FUNCTION.test(inner.type)) this.#run(inner)
      // What is handed on by name may be for later.
      else if (identifier(inner) === undefined) this.#promise(inner)
    }
    this.#isVariable = before
  }

  /** What a name of the module stands for, once. */
  #value(node: unknown): SyntaxNode | undefined {
    const name = identifier(node) ?? ''
    const value = this.#values.get(name)
    this.#values.delete(name)
    return value
  }

  #run({ body }: SyntaxNode): void {
    const node = body as SyntaxNode
    if (node.type === 'BlockStatement' || node.type === 'FunctionBody') this.waits(node)
    else this.#promise(node)
  }
}
