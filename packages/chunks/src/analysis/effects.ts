import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import {
  bodyOf,
  boundNames,
  FUNCTION,
  isLiteralsMethod,
  isObjectMethod,
  returnedNames,
  rootName,
} from './code-shapes.ts'
import { isMarkedPure, isPureCallee } from './pure-calls.ts'
import { OwnNames } from './own-names.ts'

/** What running a module does besides giving its exports their values. */
export interface ModuleEffects {
  /** Something that another module can notice. */
  readonly effects: boolean
  /** A top-level `await`. */
  readonly awaits: boolean
  /**
   * An initialiser calls what nobody knows to do nothing but give a value: `export const socket = connect()`. Whoever asks for the module
   * wants that, and nobody else does. A mark in the code counts as knowing.
   */
  readonly starts: boolean
  /** Names of what it calls where it stands, unless that is known to do nothing but give a value: `fire` in `fire.auth()`. */
  readonly asks: ReadonlySet<string>
  /** Modules whose only function it calls for its own sake: `require_x()`. An effect, unless they are CommonJS without one. */
  readonly calls: ReadonlySet<string>
  /** Modules whose only function it calls for what it gives: `var x = require_x()`. An effect if they are CommonJS with one. */
  readonly requires: ReadonlySet<string>
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
  /** Whether the module itself is CommonJS as Rollup writes it: a function that runs its code at the first call. */
  readonly commonJs?: boolean
}

const NO_NAMES: ImportedNames = { modules: new Map(), own: new Set(), helpers: new Set() }

/**
 * Reads off emitted code whether running it is noticed elsewhere. Declarations are not, whatever their initialisers call: they are
 * there because somebody uses the result. Nor is what a module does to objects of its own (`Component.displayName = …`).
 * Calls that stand alone are, and so are assignments to anything global or imported.
 *
 * @param code what was parsed, for its marks of pure calls
 */
export function moduleEffects(program: SyntaxNode, imported: ImportedNames = NO_NAMES, code = ''): ModuleEffects {
  const walker = new EffectWalker(imported, code)
  walker.run(program['body'] as SyntaxNode[])
  return walker.result()
}

class EffectWalker {
  effects = false
  awaits = false
  starts = false
  readonly #asks = new Set<string>()
  readonly #calls = new Set<string>()
  readonly #requires = new Set<string>()
  #wrapped: EffectWalker | undefined
  readonly #imported: ImportedNames
  readonly #code: string
  readonly #names: OwnNames
  /** Functions whose calls are being looked at: an `await` inside is not the module's, and recursion ends. */
  readonly #inside = new Set<SyntaxNode>()

  constructor(imported: ImportedNames, code: string) {
    this.#imported = imported
    this.#code = code
    this.#names = new OwnNames(imported.own)
  }

  run(statements: readonly SyntaxNode[]): void {
    for (const statement of statements) this.#names.hoist(statement)
    for (const statement of statements) this.statement(statement, true)
  }

  result(): ModuleEffects {
    const { effects, awaits, starts } = this
    const wrapped = this.#wrapped?.result()
    return {
      effects: effects || awaits,
      awaits,
      starts,
      asks: this.#asks,
      calls: this.#calls,
      requires: this.#requires,
      ...(wrapped ? { wrapped } : {}),
    }
  }

  /** @param noticed whether a call counts: not below an initialiser */
  statement(node: SyntaxNode, noticed: boolean): void {
    switch (node.type) {
      case 'FunctionDeclaration':
        if (this.#imported.commonJs === true && this.#inside.size === 0) this.#guardedFunction(node)
        return
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
    const name = identifier(id)
    this.#names.declare(id)
    this.#expression(init, false)
    if (name === undefined) return
    this.#names.assign(name, init)
    if (!isNode(init)) return
    const commonJs = this.#wrappedFunction(init)
    if (commonJs) this.#runsLater(commonJs, (commonJs['params'] as SyntaxNode[]).flatMap(boundNames))
  }

  /** @param given names of what the function fills */
  #runsLater(node: SyntaxNode, given: readonly string[]): void {
    // An ES module that is run by a function declares its variables outside.
    const own = new Set([...this.#imported.own, ...this.#names.all(), ...given])
    this.#wrapped = new EffectWalker({ ...this.#imported, own, commonJs: false }, this.#code)
    this.#wrapped.run(bodyOf(node))
  }

  /** `function requireX() { if (hasRequiredX) return x; hasRequiredX = 1; …; return x }`, which is how Rollup wraps CommonJS. */
  #guardedFunction(node: SyntaxNode): void {
    const returned = bodyOf(node).flatMap(returnedNames)
    if ((node['params'] as SyntaxNode[]).length === 0 && returned.length > 0) this.#runsLater(node, returned)
  }

  #expression(node: unknown, noticed: boolean): void {
    if (!isNode(node) || FUNCTION.test(node.type)) return
    switch (node.type) {
      case 'CallExpression':
        this.#call(node, noticed)
        return
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        this.#start(node, node['callee'] ?? node['tag'])
        this.effects ||= noticed
        break
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
        this.effects ||= !this.#names.isOwnTarget(node['argument'])
        return
      case 'UnaryExpression':
        if (node['operator'] === 'delete') this.effects ||= !this.#names.isOwnTarget(node['argument'])
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
        for (const member of node['body'] as SyntaxNode[]) {
          if (member.type === 'PropertyDefinition' && member['static'] === true)
            this.#expression(member['value'], false)
        }
        return
    }
    for (const child of childNodes(node)) this.#expression(child, false)
  }

  #call(node: SyntaxNode, noticed: boolean): void {
    const callee = node['callee'] as SyntaxNode
    const args = node['arguments'] as SyntaxNode[]
    for (const argument of args) this.#expression(argument, false)
    const name = identifier(callee) ?? ''
    const called = FUNCTION.test(callee.type) ? callee : noticed ? this.#names.functionOf(name) : undefined
    if (called && FUNCTION.test(called.type)) {
      this.#calledFunction(called, args, noticed)
      return
    }
    this.#expression(callee, false)
    if (noticed && this.#isQuietCall(called ?? callee, args)) return
    const module = args.length === 0 ? this.#imported.modules.get(name) : undefined
    if (module !== undefined) (noticed ? this.#calls : this.#requires).add(module)
    else this.effects ||= noticed
    // CommonJS is told by its id.
    if (module === undefined && !this.#imported.helpers.has(name)) this.#start(node, callee)
  }

  #start(node: SyntaxNode, callee: unknown): void {
    if (isPureCallee(callee) || isMarkedPure(node, this.#code)) return
    this.starts = true
    const name = rootName(callee)
    if (name !== undefined) this.#asks.add(name)
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
    this.#inside.add(node)
    this.#names.withParameters(node['params'] as SyntaxNode[], args, () => {
      const statements = bodyOf(node)
      for (const statement of statements) this.#names.hoist(statement)
      for (const statement of statements) this.statement(statement, noticed)
    })
    this.#inside.delete(node)
  }

  #isQuietCall(callee: SyntaxNode, args: readonly SyntaxNode[]): boolean {
    const name = identifier(callee)
    if (name !== undefined)
      return this.#imported.helpers.has(name) && args.every((argument) => this.#names.isOwn(argument))
    if (callee.type !== 'MemberExpression') return false
    const object = identifier(callee['object'])
    if (isObjectMethod(callee)) return this.#names.isOwn(args[0])
    if (isLiteralsMethod(callee, args)) return true
    return object !== undefined && this.#names.isPlain(object)
  }

  #assignment(node: SyntaxNode): void {
    const target = node['left'] as SyntaxNode
    this.#expression(node['right'], false)
    this.#expression(target.type === 'MemberExpression' ? target : undefined, false)
    if (!this.#names.isOwnTarget(target)) this.effects = true
    const name = identifier(target)
    if (name !== undefined) this.#names.assign(name, node['right'])
  }
}
