import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** What running a module does besides giving its exports their values. */
export interface ModuleEffects {
  /** Something that another module can notice. */
  readonly effects: boolean
  /** A top-level `await`. */
  readonly awaits: boolean
  /** Modules whose only function it calls for its own sake: `require_x()`. An effect, unless they are CommonJS without one. */
  readonly calls: ReadonlySet<string>
  /** What happens when a CommonJS module is first required; running its chunk does nothing but define the function. */
  readonly wrapped?: Omit<ModuleEffects, 'wrapped'>
}

/** What is known of the names that a module imports. */
export interface ImportedNames {
  /** The module behind each name. */
  readonly modules: ReadonlyMap<string, string>
  /** Objects that only this module fills: the bundler keeps the `exports` of a CommonJS module in a module of its own. */
  readonly own: ReadonlySet<string>
  /** Helpers of the bundler, which change nothing but what they are given. */
  readonly helpers: ReadonlySet<string>
}

const NO_NAMES: ImportedNames = { modules: new Map(), own: new Set(), helpers: new Set() }
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
  walker.run(program['body'] as SyntaxNode[])
  return walker.result()
}

class EffectWalker {
  effects = false
  awaits = false
  readonly #calls = new Set<string>()
  #wrapped: EffectWalker | undefined
  readonly #imported: ImportedNames
  /** Names whose objects were made here. Minified names of inner scopes may hide outer ones; few do at this level. */
  readonly #own: Set<string>
  /** Variables of this module, whatever they hold: assigning to them is nobody else's business. */
  readonly #declared = new Set<string>()
  /** Names that are known to hold plain data. */
  readonly #plain = new Set<string>()
  /** Functions of this module by name. */
  readonly #functions = new Map<string, SyntaxNode>()
  /** Functions whose calls are being looked at: an `await` inside is not the module's, and recursion ends. */
  readonly #inside = new Set<SyntaxNode>()

  constructor(imported: ImportedNames) {
    this.#imported = imported
    this.#own = new Set(imported.own)
  }

  run(statements: readonly SyntaxNode[]): void {
    for (const statement of statements) this.declare(statement)
    for (const statement of statements) this.statement(statement, true)
  }

  result(): ModuleEffects {
    const { effects, awaits } = this
    const wrapped = this.#wrapped?.result()
    return { effects: effects || awaits, awaits, calls: this.#calls, ...(wrapped ? { wrapped } : {}) }
  }

  /** Functions and classes are there before the first statement runs. */
  declare(statement: SyntaxNode): void {
    const node = isNode(statement['declaration']) ? statement['declaration'] : statement
    const name = identifier(node['id'])
    if (name === undefined || !/^(?:Function|Class)Declaration$/.test(node.type)) return
    this.#own.add(name)
    if (FUNCTION.test(node.type)) this.#functions.set(name, node)
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
        // Of a function that is called for its own sake: what it returns is run all the same.
        this.#expression(node['argument'], noticed)
        return
      case 'ForOfStatement':
        if (node['await'] === true && this.#inside.size === 0) this.awaits = true
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
    if (!isNode(init)) return
    if (isPlain(init)) this.#plain.add(name)
    if (FUNCTION.test(init.type) || isObjectMethod(init)) this.#functions.set(name, init)
    const commonJs = this.#wrappedFunction(init)
    if (!commonJs) return
    const params = (commonJs['params'] as SyntaxNode[]).flatMap(boundNames)
    this.#wrapped = new EffectWalker({ ...this.#imported, own: new Set([...this.#imported.own, ...params]) })
    this.#wrapped.run(bodyOf(commonJs))
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
        this.awaits ||= this.#inside.size === 0
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
    const args = node['arguments'] as SyntaxNode[]
    for (const argument of args) this.#expression(argument, false)
    const name = identifier(callee) ?? ''
    const called = FUNCTION.test(callee.type) ? callee : noticed ? this.#functions.get(name) : undefined
    if (called && FUNCTION.test(called.type)) {
      this.#calledFunction(called, args, noticed)
      return
    }
    this.#expression(callee, false)
    if (!noticed || this.#isQuietCall(called ?? callee, args)) return
    const module = this.#imported.modules.get(name)
    if (module !== undefined && args.length === 0) this.#calls.add(module)
    else this.effects = true
  }

  /** `var require_x = __commonJS((exports, module) => { … })`, in the forms that Rolldown gives it. */
  #wrappedFunction(init: SyntaxNode): SyntaxNode | undefined {
    if (init.type !== 'CallExpression' || !this.#imported.helpers.has(identifier(init['callee']) ?? ''))
      return undefined
    const argument = (init['arguments'] as SyntaxNode[])[0]
    if (argument?.type !== 'ObjectExpression') return argument && FUNCTION.test(argument.type) ? argument : undefined
    const value = (argument['properties'] as SyntaxNode[])[0]?.['value']
    return isNode(value) && FUNCTION.test(value.type) ? value : undefined
  }

  /** `(function (a) { … })(x)`: its body runs now, and `a` is ours when `x` is. */
  #calledFunction(node: SyntaxNode, args: readonly SyntaxNode[], noticed: boolean): void {
    if (this.#inside.has(node)) return
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
    this.#inside.add(node)
    const statements = bodyOf(node)
    for (const statement of statements) this.declare(statement)
    for (const statement of statements) this.statement(statement, noticed)
    this.#inside.delete(node)
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
    if (isObjectMethod(callee)) return this.#isOwn(args[0])
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
      case 'ChainExpression':
        return this.#isOwn(node['expression'])
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

/** `document.querySelector` and the like: what they give belongs to the page. `document.createElement` makes something new. */
function isOfPage(callee: unknown): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression') return false
  if ((identifier(callee['property']) ?? '').startsWith('create')) return false
  let object = callee['object']
  while (isNode(object) && /^(?:Member|Call|Chain)Expression$/.test(object.type)) {
    object = object['object'] ?? object['callee'] ?? object['expression']
  }
  return /^(?:document|window|globalThis|self)$/.test(identifier(object) ?? '')
}

/** `Object.defineProperty` and the like. */
function isObjectMethod(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression' || !/^(?:Object|Reflect)$/.test(identifier(node['object']) ?? '')) return false
  return OBJECT_METHODS.test(identifier(node['property']) ?? '')
}

/** The statements of a function; the one expression of a short arrow function counts as one. */
function bodyOf(node: SyntaxNode): SyntaxNode[] {
  const body = node['body'] as SyntaxNode
  if (body.type === 'BlockStatement' || body.type === 'FunctionBody') return body['body'] as SyntaxNode[]
  return [{ type: 'ExpressionStatement', start: body.start, end: body.end, expression: body }]
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
