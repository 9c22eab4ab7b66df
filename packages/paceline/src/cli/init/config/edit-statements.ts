import type { ImportDeclaration } from 'oxc-parser'
import type { Style } from '../options-tree.ts'
import { editList } from '../syntax/edit-list.ts'
import { countUses } from '../syntax/nodes.ts'
import { parseModule, type Source, type Span } from '../syntax/parse.ts'

/** Removes constants that nothing reads any more. */
export function dropConstants(source: Source, names: readonly string[]): string {
  for (const statement of source.program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) continue
    const { id } = statement.declarations[0]!
    if (id.type === 'Identifier' && names.includes(id.name) && countUses(source.program, id.name) === 0) {
      return dropConstants(parseModule(dropStatement(source, statement), source.file), names)
    }
  }
  return source.text
}

/** Names of imports that something uses. */
export function usedImports({ program }: Source): Set<string> {
  const names = program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? statement.specifiers.map(({ local }) => local.name) : [],
  )
  return new Set(names.filter((name) => countUses(program, name) > 0))
}

/** Removes what was used and is not any more: plugins, and types that stood behind them. */
export function dropImports(source: Source, wasUsed: ReadonlySet<string>, packages: ReadonlySet<string>): string {
  for (const statement of source.program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const isOfTool = packages.has(packageOf(statement.source.value))
    const unused = statement.specifiers.filter(
      ({ local }) => (isOfTool || wasUsed.has(local.name)) && countUses(source.program, local.name) === 0,
    )
    if (unused.length === 0) continue
    const changed =
      unused.length === statement.specifiers.length
        ? dropStatement(source, statement)
        : dropNames(source, statement, new Set(unused))
    return dropImports(parseModule(changed, source.file), wasUsed, packages)
  }
  return source.text
}

/** Adds the import of `paceline`, after the others. */
export function addImport(source: Source, { quote, semicolons }: Style): string {
  const { text, program } = source
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration')
  if (imports.some(({ source: from }) => from.value === 'paceline')) return text
  const line = `import { paceline } from ${quote}paceline${quote}${semicolons ? ';' : ''}\n`
  const last = imports.at(-1)
  const at = last ? lineEnd(text, last.end) : startOf(source)
  const separator = last && text[at - 1] !== '\n' ? '\n' : ''
  return `${text.slice(0, at)}${separator}${line}${last ? '' : '\n'}${text.slice(at)}`
}

/** Where the first statement begins, with the JSDoc that says its type: it must not come to stand above another one. */
function startOf({ text, program, comments }: Source): number {
  const start = program.body[0]?.start ?? 0
  const doc = comments.findLast(({ end }) => end <= start)
  const isAttached =
    doc && text.startsWith('/**', doc.start) && /^[ \t]*(?:\r?\n)?[ \t]*$/.test(text.slice(doc.end, start))
  return isAttached ? doc.start : start
}

function dropNames(source: Source, statement: ImportDeclaration, unused: ReadonlySet<Span>): string {
  const names = statement.specifiers.filter(({ type }) => type === 'ImportSpecifier')
  const isDefault = ({ type }: { type: string }): boolean => type === 'ImportDefaultSpecifier'
  const gone = statement.specifiers.find((one) => isDefault(one) && unused.has(one))
  if (gone) {
    // `import viteCompression, { type Options } from …`
    const open = source.text.indexOf('{', gone.end)
    return source.text.slice(0, gone.start) + source.text.slice(open)
  }
  const start = source.text.lastIndexOf('{', names[0]!.start)
  const end = source.text.indexOf('}', names.at(-1)!.end) + 1
  if (names.every((name) => unused.has(name))) {
    const comma = source.text.lastIndexOf(',', start)
    return source.text.slice(0, comma) + source.text.slice(end)
  }
  return editList(source, { list: { start, end }, items: names, removed: unused })
}

/** Removes a statement with its line, and the blank line that would be left double. */
function dropStatement({ text }: Source, { start, end }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const isOwnLine = text.slice(from, start).trim() === ''
  const before = text.slice(0, isOwnLine ? from : start)
  let after = text.slice(lineEnd(text, end))
  if ((before === '' || before.endsWith('\n\n')) && after.startsWith('\n')) after = after.slice(1)
  return before + after
}

/** Behind the line break that ends the line, a comment at its end included. */
function lineEnd(text: string, from: number): number {
  const rest = /^[ \t]*(?:\/\/[^\n]*)?(?:\r?\n|$)/.exec(text.slice(from))
  return from + (rest?.[0].length ?? 0)
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
