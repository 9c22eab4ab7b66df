import { namesOfSpace, readClauses, withoutClauses } from './import-clauses.ts'
import { headOf } from './statements.ts'
import { type TargetedClauses, withTargets } from './target-clauses.ts'

/** A module whose imports are to be traced to what they are really about. */
export interface LinkedModule {
  readonly id: string
  /** Ids of what its static imports and re-exports name, in the order of the source. */
  readonly imports: readonly string[]
  /** Whether tree shaking took it out as a whole. */
  readonly removed?: boolean | undefined
}

/** What the linker has to ask about modules. */
export interface LinkContext {
  readonly modules: ReadonlyMap<string, LinkedModule>
  /** Transformed code. */
  readonly codeOf: (id: string) => string | undefined
  /** Whether importing it runs nothing that anybody notices, as its package or a plugin declares. */
  readonly isPure: (id: string) => boolean
  /**
   * Whether a name that a module imports and then exports brings along what that module runs, even if the module itself is declared to
   * do nothing. Rollup has it so: such a module could have defined the name. To Rolldown it is as good as `export … from`.
   */
  readonly entersPure: boolean
  /** Ids of modules that are left, and that are looked through as if they were not. */
  readonly opened: ReadonlySet<string>
}

/**
 * Follows imported names through barrels to the modules that define them, as bundlers do. Where that cannot be told (CommonJS, a
 * namespace that is handed around), everything that could be meant is taken for meant. Nothing is read that nobody asks for.
 */
export class NameLinker {
  readonly #context: LinkContext
  /** Of all the code. */
  readonly #clauses = new Map<string, TargetedClauses | undefined>()
  /** Of the head of the code only. */
  readonly #heads = new Map<string, TargetedClauses | undefined>()
  readonly #linked = new Map<string, readonly string[]>()
  readonly #behind = new Map<string, readonly string[]>()
  readonly #run = new Map<string, readonly string[]>()
  readonly #uses = new Map<string, Set<string>>()

  constructor(context: LinkContext) {
    this.#context = context
  }

  /** Ids of the modules that a module imports: those left of what it names, and what it takes through others. */
  importsOf({ id, imports }: LinkedModule): readonly string[] {
    const { modules } = this.#context
    if (!imports.some((target) => this.#isThrough(target))) return imports
    const clauses = this.importClausesOf(id)
    if (!clauses) return unique(imports.flatMap((target) => this.#everythingBehind(target)))
    const code = clauses.taken.some(({ name }) => name === '*') ? this.#bodyOf(id, clauses) : ''
    const names = new Map(imports.map((target) => [target, new Set<string>()]))
    const { targets } = clauses
    for (const { from, name, local } of clauses.taken) {
      const members = name === '*' ? namesOfSpace(code, local) : undefined
      for (const one of members ?? [name]) names.get(targets[from] as string)?.add(one)
    }
    for (const { from, name } of clauses.handed.values()) names.get(targets[from] as string)?.add(name)
    for (const from of clauses.stars) names.get(targets[from] as string)?.add('*')
    return unique(
      [...names].flatMap(([target, taken]) => {
        if (!modules.has(target) || !this.#isThrough(target)) return [target]
        return [...this.#runBy(target), ...[...taken].flatMap((name) => this.#definers(target, name))]
      }),
    )
  }

  /** The clauses of a module, when each of its specifiers is known to be one of its imports. */
  clausesOf(id: string): TargetedClauses | undefined {
    return this.#read(id, this.#clauses, (code) => code)
  }

  /** The same without its own exports, as far as it hands on nothing by them, which is quicker. */
  importClausesOf(id: string): TargetedClauses | undefined {
    return this.#clauses.get(id) ?? this.#read(id, this.#heads, headOf) ?? this.clausesOf(id)
  }

  #read(
    id: string,
    memory: Map<string, TargetedClauses | undefined>,
    part: (code: string) => string,
  ): TargetedClauses | undefined {
    if (memory.has(id)) return memory.get(id)
    const code = this.#context.codeOf(id)
    const read = code === undefined ? undefined : readClauses(part(code))
    const clauses = read && withTargets(read, this.#context.modules.get(id)?.imports ?? [])
    memory.set(id, clauses)
    return clauses
  }

  #bodyOf(id: string, clauses: TargetedClauses): string {
    return withoutClauses(this.#context.codeOf(id) ?? '', clauses)
  }

  #isThrough(id: string): boolean {
    return this.#context.modules.get(id)?.removed === true || this.#context.opened.has(id)
  }

  /** Names of a module that were asked for by way of {@link NameLinker.importsOf}. */
  usesOf(id: string): ReadonlySet<string> {
    return this.#uses.get(id) ?? new Set()
  }

  /**
   * The modules that an export of a module leads to.
   *
   * @param asked what is being looked for already: barrels may hand on each other
   */
  #definers(id: string, name: string, asked: Set<string> = new Set()): readonly string[] {
    const { modules } = this.#context
    if (!modules.has(id)) return []
    this.#uses.set(id, (this.#uses.get(id) ?? new Set()).add(name))
    if (!this.#isThrough(id)) return [id]
    const key = `${name} ${id}`
    const known = this.#linked.get(key)
    if (known || asked.has(key)) return known ?? []
    const isFirst = asked.size === 0
    const found = unique(this.#findDefiners(id, name, asked.add(key)))
    // What was found on the way may lack what was being looked for.
    if (isFirst) this.#linked.set(key, found)
    return found
  }

  #findDefiners(id: string, name: string, asked: Set<string>): readonly string[] {
    const clauses = this.clausesOf(id)
    if (!clauses || name === '*') return this.#everythingBehind(id)
    const { targets } = clauses
    const handed = clauses.handed.get(name)
    if (handed) {
      const target = targets[handed.from] as string
      const entered = handed.inTwo && this.#context.entersPure ? targets.flatMap((one) => this.#effectsOf(one)) : []
      return [...this.#definers(target, handed.name, asked), ...this.#runBy(target), ...entered]
    }
    const self = this.#context.modules.get(id)?.removed === true ? [] : [id]
    if (clauses.own.has(name)) return self
    const stars = clauses.stars.map((from) => targets[from] as string)
    const holders = name === 'default' ? [] : stars.filter((target) => this.#exports(target, name, new Set()) !== false)
    if (holders.length === 0) return this.#everythingBehind(id)
    return holders.flatMap((target) => [...this.#definers(target, name, asked), ...this.#runBy(target)])
  }

  /** Whether a module has an export of that name; nothing when that cannot be told. */
  #exports(id: string, name: string, asked: Set<string>): boolean | undefined {
    if (asked.has(id) || !this.#context.modules.has(id)) return false
    asked.add(id)
    const clauses = this.clausesOf(id)
    if (!clauses) return undefined
    if (clauses.own.has(name) || clauses.handed.has(name)) return true
    const answers = new Set(clauses.stars.map((from) => this.#exports(clauses.targets[from] as string, name, asked)))
    return answers.has(true) || (answers.has(undefined) ? undefined : false)
  }

  /** What is left of all that a module leads to: any of it may be meant. */
  #everythingBehind(id: string): readonly string[] {
    return this.#walk(id, this.#behind, (one) => (this.#isThrough(one) ? 'on' : 'here'))
  }

  /** What runs when a module is imported, whichever names are taken: all that is not declared free of side effects. */
  #runBy(id: string): readonly string[] {
    // What is left of it is among the modules that define the name, or the name would not be taken from it.
    return this.#isThrough(id) ? this.#effectsOf(id) : []
  }

  #effectsOf(id: string): readonly string[] {
    const { modules, isPure } = this.#context
    // What is left of a module runs what it imports itself.
    return this.#walk(id, this.#run, (one) =>
      isPure(one) ? 'never' : modules.get(one)?.removed === true ? 'on' : 'here',
    )
  }

  /** @param way whether what a module leads to counts: never, as far as the module itself, or what lies behind it as well */
  #walk(
    id: string,
    memory: Map<string, readonly string[]>,
    way: (id: string) => 'never' | 'here' | 'on',
  ): readonly string[] {
    const known = memory.get(id)
    if (known) return known
    const passed = new Set<string>()
    const found: string[] = []
    // In the order in which modules run, for the sake of what is left.
    const open = [id]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (passed.has(one)) continue
      passed.add(one)
      const module = this.#context.modules.get(one)
      const leads = module ? way(one) : 'never'
      if (leads !== 'never' && module?.removed !== true) found.push(one)
      if (leads === 'on') open.push(...(module?.imports.toReversed() ?? []))
    }
    memory.set(id, found)
    return found
  }
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
