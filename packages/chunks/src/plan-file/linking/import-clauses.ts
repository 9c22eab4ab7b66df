import { readStatements } from './statements.ts'

/** What the imports and exports of a module say about names. */
export interface ImportClauses {
  /** Specifiers of static imports and re-exports in the order of the source, each once. */
  readonly specifiers: readonly string[]
  /** What the module takes for itself. */
  readonly taken: readonly TakenName[]
  /** Names that it hands on from another module, and from which. */
  readonly handed: ReadonlyMap<string, HandedName>
  /** Names that it exports and that are its own. */
  readonly own: ReadonlySet<string>
  /** Of `export * from`, indices of {@link ImportClauses.specifiers}. */
  readonly stars: readonly number[]
  /** Where the statements with a specifier begin and end. */
  readonly ranges: readonly (readonly [start: number, end: number])[]
}

/** A name of another module: `default`, and `*` for all of them. */
export interface OtherName {
  /** Index of the specifier. */
  readonly from: number
  readonly name: string
}

export interface HandedName extends OtherName {
  /** Whether it is imported by one statement and exported by another, not by one `export … from`. */
  readonly inTwo: boolean
}

export interface TakenName extends OtherName {
  /** What it is called here. */
  readonly local: string
}

/**
 * Reads the statements that name other modules, and nothing else: that takes a fraction of what parsing does.
 *
 * @returns nothing when the code is no module that can be read so
 */
export function readClauses(code: string): ImportClauses | undefined {
  const statements = readStatements(code)
  if (!statements) return undefined
  const specifiers = new Map<string, number>()
  const taken: TakenName[] = []
  const handed = new Map<string, HandedName>()
  const stars: number[] = []
  for (const { specifier, kind, bindings } of statements.list) {
    const from = specifiers.get(specifier) ?? specifiers.size
    specifiers.set(specifier, from)
    if (kind === 'import') taken.push(...bindings.map(([name, local]) => ({ from, name, local })))
    else if (kind === 'export all') stars.push(from)
    else for (const [name, exported] of bindings) handed.set(exported, { from, name, inTwo: false })
  }
  const own = new Set<string>()
  const byLocal = new Map(taken.map((name) => [name.local, name]))
  for (const { n: exported, ln: local, e: end } of statements.exports) {
    if (handed.has(exported)) continue
    const imported = byLocal.get(local ?? (exported === 'default' ? defaultName(code, end) : ''))
    if (imported) handed.set(exported, { from: imported.from, name: imported.name, inTwo: true })
    else own.add(exported)
  }
  return {
    specifiers: [...specifiers.keys()],
    taken,
    handed,
    own,
    stars,
    ranges: statements.list.map(({ start, end }) => [start, end]),
  }
}

/** The variable in `export default variable`. */
function defaultName(code: string, end: number): string {
  return /^\s*([\w$]+)\s*(?:;|\n|$)/.exec(code.slice(end, end + 200))?.[1] ?? ''
}

/** Code without the statements that name other modules. */
export function withoutClauses(code: string, { ranges }: ImportClauses): string {
  const ends = [0, ...ranges.map(([, end]) => end)]
  return ends.map((from, index) => code.slice(from, ranges[index]?.[0])).join('')
}

/**
 * The names that code takes from a module by way of `import * as space`.
 *
 * @returns nothing when it does something else with it than `space.name`
 */
export function namesOfSpace(code: string, space: string): string[] | undefined {
  const members = usesOf(code, space, String.raw`\s*\??\.\s*([\w$]+)`)
  return members.length === usesOf(code, space, '').length ? members.map(([, name]) => name as string) : undefined
}

// Strings and comments count as well. A property of that name is no use of it, three dots in front are no property.
function usesOf(code: string, variable: string, then: string): RegExpExecArray[] {
  const escaped = variable.replaceAll('$', String.raw`\$`)
  return [...code.matchAll(new RegExp(String.raw`(?<![\w$]|(?<!\.\.)\.)${escaped}(?![\w$])${then}`, 'g'))]
}
