import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** What running a module does besides giving its exports their values. */
export interface ModuleEffects {
  /** Something that another module can notice. */
  readonly effects: boolean
  /** A top-level `await`. */
  readonly awaits: boolean
}

/** What is known of the names that a module imports. */
export interface ImportedNames {
  /** Objects that only this module fills: the bundler keeps the `exports` of a CommonJS module in a module of its own. */
  readonly own: ReadonlySet<string>
  /** Helpers of the bundler, which change nothing but what they are given. */
  readonly helpers: ReadonlySet<string>
}

const NO_NAMES: ImportedNames = { own: new Set(), helpers: new Set() }
const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/
/** Static methods that change their first argument, if anything. */
const OBJECT_METHODS = /^(?:assign|defineProperty|defineProperties|freeze|seal|preventExtensions|setPrototypeOf)$/
const COLLECTIONS = /^(?:Map|Set|WeakMap|WeakSet|Array)$/

/**
 * Reads off emitted code whether running it is noticed elsewhere. Declarations are not, whatever their initialisers call: they are
 * there because somebody uses the result. Nor is what a module does to objects of its own (`Component.displayName = …`).
 * Calls that stand alone are, and so are assignments to anything global or imported.
 */
export function moduleEffects(program: SyntaxNode, imported: ImportedNames = NO_NAMES): ModuleEffects {
  const walker = new EffectWalker(imported)
  for (const statement of program['body'] as SyntaxNode[]) walker.declare(statement)
  for (const statement of program['body'] as SyntaxNode[]) walker.statement(statement, true)
  return { effects: walker.effects || walker.awaits, awaits: walker.awaits }
}

class EffectWalker {
  effects = false
  awaits = false
  readonly #imported: ImportedNames
  /** Names whose objects were made here. Minified names of inner scopes may hide outer ones; few do at this level. */
  readonly #own: Set<string>
  /** Variables of this module, whatever they hold: assigning to them is nobody else's business. */
  readonly #declared = new Set<string>()
  /** Names that are known to hold plain data. */
  readonly #plain = new Set<string>()
  /** Depth of functions that are called where they stand: an `await` inside is not the module's. */
  #calls = 0

  constructor(imported: ImportedNames) {
    this.#imported = imported
    this.#own = new Set(imported.own)
  }

  /** Functions and classes are there before the first statement runs. */
  declare(statement: SyntaxNode): void {
    const node = isNode(statement['declaration']) ? statement['declaration'] : statement
    const name = identifier(node['id'])
    if (name !== undefined && /^(?:Function|Class)Declaration$/.test(node.type)) this.#own.add(name)
  }

  /** @param noticed whether a call counts: not below an initialiser */
  statement(node: SyntaxNode, noticed: boolean): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'ImportDeclaration':
      case 'EmptyStatement':
        return
      case 'VariableDeclaration':
        for (const declarator of node['declarations'] as SyntaxNode[]) this.#declarator(declarator)
        return
      case 'ExpressionStatement':
        this.#expression(node['expression'], noticed)
        return
      case 'ThrowStatement':
        this.effects ||= noticed
        return
      case 'ReturnStatement':
        this.#expression(node['argument'], false)
        return
      case 'ForOfStatement':
        if (node['await'] === true && this.#calls === 0) this.awaits = true
    }
    for (const child of childNodes(node)) {
      if (/Statement$|Declaration$|^SwitchCase$|^CatchClause$/.test(child.type)) this.statement(child, noticed)
      else this.#expression(child, false)
    }
  }

  #declarator(node: SyntaxNode): void {
    const { id, init } = node
    for (const name of boundNames(id)) this.#declared.add(name)
    const name = identifier(id)
    // Empty until now, which is how a minified enum begins: `var E = (e => …)(E || {})`.
    if (name !== undefined) this.#own.add(name)
    this.#expression(init, false)
    if (name === undefined) return
    if (!this.#isOwn(init)) this.#own.delete(name)
    if (isPlain(init)) this.#plain.add(name)
  }

  #expression(node: unknown, noticed: boolean): void {
    if (!isNode(node) || FUNCTION.test(node.type)) return
    switch (node.type) {
      case 'CallExpression':
        this.#call(node, noticed)
        return
      case 'NewExpression':
      case 'TaggedTemplateExpression':
      case 'ImportExpression':
        this.effects ||= noticed
        break
      case 'AwaitExpression':
        this.awaits ||= this.#calls === 0
        break
      case 'AssignmentExpression':
        this.#assignment(node)
        return
      case 'UpdateExpression':
        this.effects ||= !this.#isOwnTarget(node['argument'])
        return
      case 'UnaryExpression':
        if (node['operator'] === 'delete') this.effects ||= !this.#isOwnTarget(node['argument'])
        this.#expression(node['argument'], noticed && node['operator'] !== 'delete')
        return
      case 'SequenceExpression':
        for (const part of node['expressions'] as SyntaxNode[]) this.#expression(part, noticed)
        return
      case 'ConditionalExpression':
        this.#expression(node['test'], false)
        this.#expression(node['consequent'], noticed)
        this.#expression(node['alternate'], noticed)
        return
      case 'LogicalExpression':
        this.#expression(node['left'], noticed)
        this.#expression(node['right'], noticed)
        return
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        this.#expression(node['expression'], noticed)
        return
      case 'ClassBody':
        // Members run when somebody uses the class; static blocks fill the class itself.
        return
    }
    for (const child of childNodes(node)) this.#expression(child, false)
  }

  #call(node: SyntaxNode, noticed: boolean): void {
    const callee = node['callee'] as SyntaxNode
    const inner = callee.type === 'ParenthesizedExpression' ? (callee['expression'] as SyntaxNode) : callee
    const args = node['arguments'] as SyntaxNode[]
    for (const argument of args) this.#expression(argument, false)
    if (FUNCTION.test(inner.type)) {
      this.#calledFunction(inner, args, noticed)
      return
    }
    this.#expression(inner, false)
    if (noticed && !this.#isQuietCall(inner, args)) this.effects = true
  }

  /** `(function (a) { … })(x)`: its body runs now, and `a` is ours when `x` is. */
  #calledFunction(node: SyntaxNode, args: readonly SyntaxNode[], noticed: boolean): void {
    const params = node['params'] as SyntaxNode[]
    const ofParams = params.flatMap((param) => identifier(param) ?? [])
    const before = ofParams.map((name) => this.#own.has(name))
    for (const [index, param] of params.entries()) {
      const name = identifier(param)
      if (name === undefined) continue
      this.#declared.add(name)
      if (args[index] === undefined || this.#isOwn(args[index])) this.#own.add(name)
      else this.#own.delete(name)
    }
    const body = node['body'] as SyntaxNode
    this.#calls++
    if (body.type === 'BlockStatement') {
      const statements = body['body'] as SyntaxNode[]
      for (const statement of statements) this.declare(statement)
      for (const statement of statements) this.statement(statement, noticed)
    } else {
      this.#expression(body, noticed)
    }
    this.#calls--
    for (const [index, name] of ofParams.entries()) {
      if (before[index]) this.#own.add(name)
      else this.#own.delete(name)
    }
  }

  #isQuietCall(callee: SyntaxNode, args: readonly SyntaxNode[]): boolean {
    const name = identifier(callee)
    if (name !== undefined) return this.#imported.helpers.has(name) && args.every((argument) => this.#isOwn(argument))
    if (callee.type !== 'MemberExpression') return false
    const object = identifier(callee['object'])
    const method = identifier(callee['property']) ?? ''
    if (object === 'Object' || object === 'Reflect') return OBJECT_METHODS.test(method) && this.#isOwn(args[0])
    return object !== undefined && this.#plain.has(object)
  }

  #assignment(node: SyntaxNode): void {
    this.#expression(node['right'], false)
    const target = node['left'] as SyntaxNode
    if (!this.#isOwnTarget(target)) this.effects = true
    const name = identifier(target)
    // From now on the name may stand for somebody else's object.
    if (name !== undefined && !this.#isOwn(node['right'])) this.#own.delete(name)
  }

  /** Whether writing to this changes only what was made here: a variable of the module, a member of an object of ours. */
  #isOwnTarget(node: unknown): boolean {
    if (!isNode(node)) return true
    if (node.type === 'MemberExpression') {
      this.#expression(node['computed'] === true ? node['property'] : undefined, false)
      return this.#isOwn(node['object'])
    }
    const name = identifier(node)
    if (name !== undefined) return this.#declared.has(name) || this.#own.has(name)
    return childNodes(node).every((child) => this.#isOwnTarget(child))
  }

  /** Whether the value was made here, rather than being the page's or another module's. */
  #isOwn(node: unknown): boolean {
    if (!isNode(node)) return true
    const name = identifier(node)
    if (name !== undefined) return this.#own.has(name)
    switch (node.type) {
      case 'MemberExpression':
        return this.#isOwn(node['object'])
      case 'LogicalExpression':
        return this.#isOwn(node['left']) && this.#isOwn(node['right'])
      case 'ConditionalExpression':
        return this.#isOwn(node['consequent']) && this.#isOwn(node['alternate'])
      case 'AssignmentExpression':
        return this.#isOwn(node['right'])
      case 'SequenceExpression':
        return this.#isOwn((node['expressions'] as SyntaxNode[]).at(-1))
      case 'ThisExpression':
        return false
      default:
        return true
    }
  }
}

/** The names that a pattern declares. */
function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  const name = identifier(pattern)
  if (name !== undefined) return [name]
  const inner = pattern.type === 'Property' ? [pattern['value']] : childNodes(pattern)
  return inner.flatMap(boundNames)
}

function isPlain(node: unknown): boolean {
  if (!isNode(node)) return false
  if (node.type === 'NewExpression') return COLLECTIONS.test(identifier(node['callee']) ?? '')
  return node.type === 'ArrayExpression' || node.type === 'ObjectExpression'
}
