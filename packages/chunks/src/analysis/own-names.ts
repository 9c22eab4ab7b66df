import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { boundNames, FUNCTION, isObjectMethod, isOfPage, isPlain } from './code-shapes.ts'

/**
 * What the names of a module stand for, as its code runs from top to bottom: things that were made here, or somebody else's. Minified
 * names of inner scopes may hide outer ones; few do at this level.
 */
export class OwnNames {
  /** Names whose objects were made here. */
  readonly #own: Set<string>
  /** Variables of this module, whatever they hold: assigning to them is nobody else's business. */
  readonly #declared = new Set<string>()
  readonly #plain = new Set<string>()
  readonly #functions = new Map<string, SyntaxNode>()

  constructor(own: Iterable<string>) {
    this.#own = new Set(own)
  }

  /** Functions and classes are there before the first statement runs. */
  hoist(statement: SyntaxNode): void {
    const node = isNode(statement['declaration']) ? statement['declaration'] : statement
    const name = identifier(node['id'])
    if (name === undefined || !/^(?:Function|Class)Declaration$/.test(node.type)) return
    this.#own.add(name)
    if (FUNCTION.test(node.type)) this.#functions.set(name, node)
  }

  /** A variable before it has its value, which is how a minified enum begins: `var E = (e => …)(E || {})`. */
  declare(pattern: unknown): void {
    for (const name of boundNames(pattern)) this.#declared.add(name)
    const name = identifier(pattern)
    if (name !== undefined) this.#own.add(name)
  }

  /** From now on the name stands for this value. */
  assign(name: string, value: unknown): void {
    if (!this.isOwn(value)) this.#own.delete(name)
    if (!isNode(value)) return
    if (isPlain(value)) this.#plain.add(name)
    if (FUNCTION.test(value.type) || isObjectMethod(value)) this.#functions.set(name, value)
  }

  /** Runs something with the parameters of a function standing for the arguments of a call. */
  withParameters(params: readonly SyntaxNode[], args: readonly SyntaxNode[], run: () => void): void {
    const names = params.flatMap((param) => identifier(param) ?? [])
    const before = names.map((name) => this.#own.has(name))
    for (const [index, param] of params.entries()) {
      const name = identifier(param)
      if (name === undefined) continue
      const isOwn = args[index] === undefined || this.isOwn(args[index])
      this.#declared.add(name)
      this.#mark(name, isOwn)
    }
    run()
    for (const [index, name] of names.entries()) this.#mark(name, before[index] === true)
  }

  #mark(name: string, isOwn: boolean): void {
    if (isOwn) this.#own.add(name)
    else this.#own.delete(name)
  }

  /** Names of things that were made here. */
  all(): Iterable<string> {
    return this.#own
  }

  /** The function of this module, or the static method of `Object`, that a name stands for. */
  functionOf(name: string): SyntaxNode | undefined {
    return this.#functions.get(name)
  }

  /** Whether a name is known to hold plain data. */
  isPlain(name: string): boolean {
    return this.#plain.has(name)
  }

  /** Whether writing to this changes only what was made here: a variable of the module, a member of an object of ours. */
  isOwnTarget(node: unknown): boolean {
    if (!isNode(node)) return true
    if (node.type === 'MemberExpression') return this.isOwn(node['object'])
    const name = identifier(node)
    if (name !== undefined) return this.#declared.has(name) || this.#own.has(name)
    return childNodes(node).every((child) => this.isOwnTarget(child))
  }

  /** Whether the value was made here, rather than being the page's or another module's. */
  isOwn(node: unknown): boolean {
    if (!isNode(node)) return true
    const name = identifier(node)
    if (name !== undefined) return this.#own.has(name)
    switch (node.type) {
      case 'MemberExpression':
        return this.isOwn(node['object'])
      case 'LogicalExpression':
        return this.isOwn(node['left']) && this.isOwn(node['right'])
      case 'ConditionalExpression':
        return this.isOwn(node['consequent']) && this.isOwn(node['alternate'])
      case 'AssignmentExpression':
        return this.isOwn(node['right'])
      case 'SequenceExpression':
        return this.isOwn((node['expressions'] as SyntaxNode[]).at(-1))
      case 'ChainExpression':
        return this.isOwn(node['expression'])
      case 'CallExpression':
        // What a function gives may have been made for us; an element that was looked up was not.
        return !isOfPage(node['callee'])
      case 'ThisExpression':
        return false
      default:
        return true
    }
  }
}
