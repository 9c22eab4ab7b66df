import { initSync, parse, type ExportSpecifier } from 'es-module-lexer'

/** A static import, or an export of what another module has. */
export interface Statement {
  readonly specifier: string
  readonly kind: 'import' | 'export' | 'export all'
  /** What is taken from the other module, and what it is called here or from here on. */
  readonly bindings: readonly Binding[]
  readonly start: number
  readonly end: number
}

/** `default` for the default export, `*` for all of them. */
export type Binding = readonly [name: string, local: string]

export interface Statements {
  readonly list: readonly Statement[]
  /** Exported names; those of statements with a specifier may be among them. */
  readonly exports: readonly Pick<ExportSpecifier, 'n' | 'ln' | 'e'>[]
}

/** Finds the statements that name other modules. Nothing for code that cannot be read. */
export function readStatements(code: string): Statements | undefined {
  return readBarrel(code) ?? lex(code)
}

/**
 * Code as far as its last import: what follows is most of it, and of no interest to those who only ask what a module takes. Imports that
 * are written in an unusual way may be missing.
 */
export function headOf(code: string): string {
  return code.slice(0, Math.max(endOfLast(code, 'from'), endOfLast(code, 'import')))
}

const FROM = /(?:from|import)\s*(["'])[^"'\n]*\1/y

function endOfLast(code: string, word: string): number {
  for (let at = code.lastIndexOf(word); at !== -1; at = at === 0 ? -1 : code.lastIndexOf(word, at - 1)) {
    FROM.lastIndex = at
    if (FROM.test(code)) return FROM.lastIndex
  }
  return 0
}

const BLANK = /(?:\s|;|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
const ONE = /export\s*\{\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*,?\s*\}\s*from\s*(["'])([^"'\\\n]+)\3/y
const NAMES = /export\s*\{([^{}"'/]*)\}\s*from\s*(["'])([^"'\\\n]+)\2/y
const SEVERAL = /(import\b[^"'/;()]*|export\s*\*[^"'/;()]*\bfrom\s*)(["'])([^"'\\\n]+)\2/y
const LOCAL = /export\s*\{([^{}"'/]*)\}(?!\s*from)/y

/** Lists of icons have thousands of such lines and next to nothing else: a lexer would make two objects for each. */
function readBarrel(code: string): Statements | undefined {
  const list: Statement[] = []
  const exports: { n: string; ln: string; e: number }[] = []
  for (let at = skip(code, 0); at < code.length; at = skip(code, at)) {
    const statement = readOne(code, at) ?? readSeveral(code, at)
    LOCAL.lastIndex = at
    const names = statement ? undefined : LOCAL.exec(code)?.[1]
    if (statement) list.push(statement)
    else if (names === undefined) return undefined
    else exports.push(...readList(names).map(([ln, n]) => ({ n, ln, e: LOCAL.lastIndex })))
    at = statement?.end ?? LOCAL.lastIndex
  }
  return { list, exports }
}

function skip(code: string, at: number): number {
  BLANK.lastIndex = at
  BLANK.exec(code)
  return BLANK.lastIndex
}

function readOne(code: string, start: number): Statement | undefined {
  ONE.lastIndex = start
  const [, name, exported = name, , specifier] = ONE.exec(code) ?? []
  if (name === undefined || exported === undefined || specifier === undefined) return undefined
  return { specifier, kind: 'export', bindings: [[name, exported]], start, end: ONE.lastIndex }
}

function readSeveral(code: string, start: number): Statement | undefined {
  NAMES.lastIndex = start
  const [, names, , from] = NAMES.exec(code) ?? []
  if (names !== undefined && from !== undefined) {
    return { specifier: from, kind: 'export', bindings: readList(names), start, end: NAMES.lastIndex }
  }
  SEVERAL.lastIndex = start
  const [, text, , specifier] = SEVERAL.exec(code) ?? []
  return text === undefined || specifier === undefined
    ? undefined
    : statement(text, { specifier, start, end: SEVERAL.lastIndex })
}

function lex(code: string): Statements | undefined {
  initSync()
  try {
    const [imports, exports] = parse(code)
    const list: Statement[] = []
    for (const { n: specifier, d: dynamic, ss: start, se: end, s: quote } of imports) {
      if (dynamic !== -1) continue
      const text = withoutComments(code.slice(start, quote - 1))
      const read = specifier === undefined ? undefined : statement(text, { specifier, start, end })
      if (!read) return undefined
      list.push(read)
    }
    return { list, exports }
  } catch {
    return undefined
  }
}

function withoutComments(text: string): string {
  return text.includes('/') ? text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ' ') : text
}

/**
 * @param text what stands before the specifier
 * @returns nothing for what is not known here, names in quotes for one
 */
function statement(text: string, place: Pick<Statement, 'specifier' | 'start' | 'end'>): Statement | undefined {
  const clause = /^(?:import|export)\b\s*(.*?)\s*(?:\bfrom\s*)?$/s.exec(text)?.[1]
  if (clause === undefined || /["']/.test(clause)) return undefined
  const kind = text.startsWith('import') ? 'import' : clause === '*' ? 'export all' : 'export'
  const bindings = readList(/\{(.*)\}/s.exec(clause)?.[1] ?? '')
  const rest = clause.replace(/\{.*\}/s, '')
  const [, all] = /\*\s*as\s+([\w$]+)/.exec(rest) ?? []
  const [, first] = /^([\w$]+)/.exec(rest) ?? []
  if (all !== undefined) bindings.push(['*', all])
  if (first !== undefined) bindings.push(['default', first])
  return { ...place, kind, bindings }
}

const LISTED = /\s*([^\s,]+)(?:\s+as\s+([^\s,]+))?\s*(?:,|$)/y

/** What stands in braces. */
function readList(text: string): Binding[] {
  const bindings: Binding[] = []
  LISTED.lastIndex = 0
  for (let found = LISTED.exec(text); found; found = LISTED.exec(text)) {
    const [, name, local = name] = found
    bindings.push([name!, local!])
  }
  return bindings
}
