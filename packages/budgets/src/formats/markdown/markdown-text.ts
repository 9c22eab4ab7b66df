/**
 * Any text as a code span: GitHub makes neither links nor mentions (`@mui/material`) nor HTML of it. The fence is one
 * backtick longer than the longest run inside, and `|` is escaped for the cells of tables.
 */
export function code(text: string): string {
  const clean = text.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = clean.startsWith('`') || clean.endsWith('`') || clean === '' ? ' ' : ''
  return fence + space + clean + space + fence
}

/** A section that GitHub shows folded, or open. */
export interface Section {
  readonly title: string
  readonly intro?: string
  readonly head: readonly string[]
  /** How many of the first columns are text; the others are figures. @default 1 */
  readonly text?: number
  readonly rows: readonly (readonly string[])[]
  readonly folded: boolean
}

/**
 * Writes sections until the room is used up. A section that does not fit loses its last rows and says how many; what
 * has no room at all is named at the end, so nothing is dropped in silence.
 */
export function writeSections(sections: readonly Section[], room: number): string {
  const dropped: string[] = []
  let text = ''
  for (const section of sections) {
    if (section.rows.length === 0) continue
    const written = writeSection(section, room - text.length - RESERVE)
    if (written === undefined) dropped.push(section.title)
    else text += written
  }
  return dropped.length > 0 ? `${text}\nNo room here for: ${dropped.join(', ')}. See the HTML report.\n` : text
}

/** Room kept for the sentence about what was dropped. */
const RESERVE = 400

function writeSection({ title, intro, head, text = 1, rows, folded }: Section, room: number): string | undefined {
  const open = folded ? `\n<details><summary>${title} (${rows.length})</summary>\n\n` : `\n**${title}**\n\n`
  const close = folded ? '\n</details>\n' : ''
  const columns = `| ${head.join(' | ')} |\n|${head.map((_, at) => (at < text ? ' --- ' : ' ---: ')).join('|')}|\n`
  let body = intro === undefined ? '' : `${intro}\n\n`
  body += columns
  const limit = room - open.length - close.length - 80
  if (body.length > limit) return undefined
  let written = 0
  for (const row of rows) {
    const line = `| ${row.join(' | ')} |\n`
    if (body.length + line.length > limit) break
    body += line
    written++
  }
  if (written === 0) return undefined
  const more = rows.length > written ? `\n… and ${rows.length - written} more.\n` : ''
  return open + body + more + close
}
