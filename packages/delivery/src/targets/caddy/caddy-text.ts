/** One line of a map: what is looked up, and what each variable is then. */
export type Row = readonly [input: string, ...outputs: readonly string[]]

/** A map from `source` to variables, each with `paceline_` in front. */
export function map(source: string, names: readonly string[], rows: readonly Row[], fallback = ''): string {
  const variables = names.map((name) => `{paceline_${name}}`).join(' ')
  const defaults = names.map(() => quote(fallback)).join(' ')
  return [`    map ${quote(source)} ${variables} {`, ...rows.map(row), `      default ${defaults}`, '    }'].join('\n')
}

/** A line of cells. */
export function row(cells: Row): string {
  return `      ${cells.map(quote).join(' ')}`
}

/** As one token of a Caddyfile. In back quotes nothing is escaped. */
function quote(text: string): string {
  return text.includes('`') ? `"${text.replaceAll('"', String.raw`\"`)}"` : `\`${text}\``
}

/** Braces would begin a placeholder. */
export function literal(text: string): string {
  return text.replaceAll('{', String.raw`\{`)
}

/** The path that a rewrite leads to: as it is, since only newer releases of Caddy decode it. */
export function target(file: string): string {
  return `/${file}`
}
