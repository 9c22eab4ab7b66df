/** Lists that several plugins add to, one after the other. */
export type OptionLeaf = string | readonly string[]

/** Paceline's options as they are written: code at the leaves. */
export type OptionsTree = Map<string, OptionsTree | OptionLeaf>

/**
 * Sets the code of an option. Lists grow; of everything else the first one stays.
 *
 * @param path names from the outside in
 * @returns what was there already, when it differs
 */
export function setOption(tree: OptionsTree, path: readonly string[], code: OptionLeaf): string | undefined {
  const [name = '', ...rest] = path
  const old = tree.get(name)
  if (rest.length > 0) {
    // `serviceWorker: true` becomes an object as soon as there is more to say.
    if (old === undefined || old === 'true') tree.set(name, new Map())
    const inner = tree.get(name)
    return inner instanceof Map ? setOption(inner, rest, code) : printLeaf(inner ?? '')
  }
  if (old === undefined) tree.set(name, code)
  else if (old instanceof Map) return code === 'true' ? undefined : 'an object'
  else if (Array.isArray(old) && Array.isArray(code)) tree.set(name, [...new Set([...old, ...code])])
  else if (printLeaf(old) !== printLeaf(code)) return printLeaf(old)
  return undefined
}

export interface Style {
  readonly quote: "'" | '"'
  /** Of one level. */
  readonly indent: string
  readonly semicolons: boolean
  readonly trailingCommas: boolean
}

const WIDTH = 80

/**
 * Options as the code of an object literal.
 *
 * @param outer what the line begins with that the literal stands on
 */
export function printOptions(tree: OptionsTree, style: Style, outer: string): string {
  const inner = outer + style.indent
  const entries = [...tree].map(([name, value]) => {
    const key = printKey(name, style)
    if (value instanceof Map) return `${key}: ${printOptions(value, style, inner)}`
    return `${key}: ${reindent(printLeaf(value), inner)}`
  })
  const line = `{ ${entries.join(', ')} }`
  if (entries.length <= 3 && !line.includes('\n') && outer.length + line.length <= WIDTH - 20) return line
  return `{\n${entries.map((entry) => inner + entry).join(',\n')}${style.trailingCommas ? ',' : ''}\n${outer}}`
}

/** A value that was read, as code again. */
export function printValue(value: unknown, style: Pick<Style, 'quote'>): string {
  if (typeof value === 'string') return printText(value, style)
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) return `[${value.map((one) => printValue(one, style)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, one]) => `${printKey(name, style)}: ${printValue(one, style)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return String(value)
}

function printLeaf(leaf: OptionLeaf): string {
  return typeof leaf === 'string' ? leaf : `[${leaf.join(', ')}]`
}

function printText(text: string, { quote }: Pick<Style, 'quote'>): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return quote === '"' ? `"${escaped}"` : `'${escaped.replaceAll('\\"', '"').replaceAll("'", String.raw`\'`)}'`
}

function printKey(name: string, style: Pick<Style, 'quote'>): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : printText(name, style)
}

/** Code that was moved, its further lines as deep as where it is now. Lines of a template literal are left alone. */
function reindent(code: string, indent: string): string {
  const [first = '', ...rest] = code.split('\n')
  if (rest.length === 0 || code.includes('`')) return code
  const old = /^[ \t]*/.exec(rest.at(-1)!)![0]
  return [first, ...rest.map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line))].join('\n')
}
