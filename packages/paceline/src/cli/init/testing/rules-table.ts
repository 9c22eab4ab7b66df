import type { OptionRules } from '../move.ts'

/** The rules of a tool as the table of docs/moving-over.md. Options of one fate stand in one row. */
export function rulesTable(rules: OptionRules): string {
  const rows = Map.groupBy(Object.entries(rules), ([, { becomes, note = '' }]) => `${becomes} | ${note}`)
  const lines = [...rows].map(([fate, entries]) => [
    entries.map(([name]) => `\`${name}\``).join(', '),
    ...fate.split(' | '),
  ])
  const all = [['option', 'becomes', ''], ...lines]
  const widths = [0, 1, 2].map((column) => Math.max(3, ...all.map((cells) => width(cells[column]!))))
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join(' | ')} |`
  const rule = `| ${widths.map((count) => '-'.repeat(count)).join(' | ')} |`
  return [row(all[0]!), rule, ...lines.map(row)].join('\n')
}

/** Columns of a terminal; the guides have no wide characters. */
function width(text: string): number {
  return [...text].length
}
