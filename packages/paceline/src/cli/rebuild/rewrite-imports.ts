import { MagicString } from 'magic-string'

/** Where stand-ins come from. */
export const STUB_MODULE = 'virtual:paceline/stub'

/** What becomes of the imports of one specifier. */
export interface Rewrite {
  readonly how: 'lazy' | 'stub'
  /** Names that `export *` passes on; `default` is none of them. */
  readonly names: readonly string[]
}

interface Name {
  readonly type: string
  readonly name?: string
  readonly value?: string
}

interface Specifier {
  readonly type: string
  readonly local: Name
  readonly imported?: Name
  readonly exported?: Name
}

/** The statements of ESTree that name another module. */
interface Statement {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly source?: { readonly value: string } | null
  readonly specifiers?: readonly Specifier[]
  readonly exported?: Name | null
}

/** The specifiers of a module's static imports and re-exports, each once. */
export function staticSpecifiers(body: readonly object[]): string[] {
  return [...new Set((body as readonly Statement[]).flatMap(({ source }) => source?.value ?? []))]
}

/**
 * Changes static imports so that they load later, or lead to a stand-in. What the module does with the names stays as it
 * is written, so it will not run: only its bytes are right.
 *
 * @param body the statements of the module, ESTree
 * @param rewrites by specifier
 * @returns the changed code, or nothing when nothing was to be changed
 */
export function rewriteImports(
  code: string,
  body: readonly object[],
  rewrites: ReadonlyMap<string, Rewrite>,
): MagicString | undefined {
  const text = new MagicString(code)
  let count = 0
  for (const statement of body as readonly Statement[]) {
    const specifier = statement.source?.value
    const rewrite = specifier === undefined ? undefined : rewrites.get(specifier)
    if (specifier === undefined || !rewrite) continue
    const made = rewrite.how === 'lazy' ? lazily(statement, specifier, rewrite, count) : emptily(statement, rewrite)
    text.overwrite(statement.start, statement.end, made || ';')
    count++
  }
  return count === 0 ? undefined : text
}

/** `import { a } from 'x'` → `const a = () => import('x').then((m) => m.a)`: what people write around a lazy module. */
function lazily(statement: Statement, source: string, { names }: Rewrite, count: number): string {
  const load = `() => import(${JSON.stringify(source)})`
  const pick = (name: string): string =>
    name === '*' ? load : `${load}.then((m) => m${name === 'default' ? '.default' : `[${JSON.stringify(name)}]`})`
  if (statement.type === 'ImportDeclaration') {
    const { specifiers = [] } = statement
    if (specifiers.length === 0) return `import(${JSON.stringify(source)});`
    return specifiers.map((one) => `const ${nameOf(one.local)} = ${pick(importedName(one))};`).join(' ')
  }
  return passedOn(statement, names)
    .map(({ name, as }, index) => {
      const local = `paceline_lazy_${count}_${index}`
      return `const ${local} = ${pick(name)}; export { ${local} as ${written(as)} };`
    })
    .join(' ')
}

/** `import { a } from 'x'` → `import { stub as a } from` the stand-in. */
function emptily(statement: Statement, { names }: Rewrite): string {
  const from = `from ${JSON.stringify(STUB_MODULE)};`
  if (statement.type === 'ImportDeclaration') {
    const { specifiers = [] } = statement
    if (specifiers.length === 0) return ''
    return `import { ${specifiers.map(({ local }) => `stub as ${nameOf(local)}`).join(', ')} } ${from}`
  }
  const passed = passedOn(statement, names)
  return passed.length === 0 ? '' : `export { ${passed.map(({ as }) => `stub as ${written(as)}`).join(', ')} } ${from}`
}

interface Passed {
  readonly name: string
  readonly as: string
}

function passedOn({ specifiers, exported }: Statement, names: readonly string[]): Passed[] {
  if (specifiers) return specifiers.map((one) => ({ name: nameOf(one.local), as: nameOf(one.exported!) }))
  if (exported) return [{ name: '*', as: nameOf(exported) }]
  return names.map((name) => ({ name, as: name }))
}

function importedName({ type, imported }: Specifier): string {
  if (type === 'ImportNamespaceSpecifier') return '*'
  return type === 'ImportDefaultSpecifier' ? 'default' : nameOf(imported!)
}

function nameOf({ name, value }: Name): string {
  return name ?? value ?? 'default'
}

/** Names that are no identifiers may be exported as strings (ES2022). */
function written(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(name) ? name : JSON.stringify(name)
}
