import type { Source, Span } from './parse.ts'

/** What changes in a list between brackets: array elements, properties, names of an import. */
export interface ListEdit {
  /** From the opening to behind the closing bracket. */
  readonly list: Span
  readonly items: readonly Span[]
  readonly removed?: ReadonlySet<Span> | undefined
  /** Text of a new item. Lines after the first are indented already. */
  readonly added?: readonly AddedItem[] | undefined
  /** Puts each item on a line of its own. */
  readonly lines?: Lines | undefined
}

/** What lines of a list begin with: the one of the closing bracket, and those of the items. */
export interface Lines {
  readonly around: string
  readonly inner: string
  readonly trailingComma: boolean
}

export interface AddedItem {
  readonly code: string
  /** Index among the items that stay; at the end when absent. */
  readonly at?: number | undefined
}

interface Segment {
  /** Blanks, line breaks and comments in front. */
  readonly lead: string
  readonly code: string
  /** A comment on the same line, behind the comma. */
  readonly trail: string
}

/**
 * Removes and adds items of a list and leaves everything else as it is written: other items, comments, blank lines, whether the last one has a
 * comma. What goes takes the comment above it and the one behind it along.
 *
 * @returns the new text of the file
 */
export function editList(source: Source, { list, items, removed = new Set(), added = [], lines }: ListEdit): string {
  const { segments, tail, trailingComma } = split(source, list, items)
  const kept = segments.filter((_, index) => !removed.has(items[index]!))
  // In a list on one line, the first item has no blank in front of it.
  const first = segments[0]
  if (first && kept[0] && kept[0] !== first) kept[0] = { ...kept[0], lead: blanks(first.lead) + comments(kept[0].lead) }
  for (const { code, at = kept.length } of added) {
    kept.splice(at, 0, { lead: leadOf(source, list, segments, at), code, trail: '' })
    const next = kept[1]
    if (at === 0 && next && !next.lead.includes('\n')) kept[1] = { ...next, lead: ` ${next.lead.trimStart()}` }
  }
  const last = kept.length - 1
  const hasComma = lines ? lines.trailingComma : trailingComma
  const text = kept.map(({ lead, code, trail }, index) => {
    const front = lines ? `\n${lines.inner}${comments(lead)}` : lead
    return front + code + (index < last || hasComma ? ',' : '') + trail
  })
  // A comment behind the last item is nobody's to take along.
  const rest = lines && tail.trim() !== '' ? `\n${lines.inner}${tail.trim()}` : ''
  const end = lines ? `${rest}\n${lines.around}` : tail
  const inside = kept.length === 0 ? tail.trim() : text.join('') + end
  return source.text.slice(0, list.start + 1) + inside + source.text.slice(list.end - 1)
}

/** The spaces or tabs that a line begins with. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^[ \t]*/.exec(line)![0]
}

function split(
  { text, comments: all }: Source,
  list: Span,
  items: readonly Span[],
): { segments: Segment[]; tail: string; trailingComma: boolean } {
  let from = list.start + 1
  let trailingComma = false
  const segments = items.map((item): Segment => {
    const lead = text.slice(from, item.start)
    const comma = commaAfter(text, all, item.end, list.end - 1)
    trailingComma = comma !== undefined
    const behind = comma === undefined ? item.end : comma + 1
    // A comment between the item and its comma is kept in front of the comma.
    const code = text.slice(item.start, comma ?? item.end).trimEnd()
    const line = /^[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[^\n])*\*\/[ \t]*(?=\r?\n))/.exec(
      text.slice(behind, list.end - 1),
    )
    from = behind + (line?.[0].length ?? 0)
    return { lead, code, trail: line?.[0] ?? '' }
  })
  return { segments, tail: text.slice(from, list.end - 1), trailingComma }
}

function commaAfter(text: string, comments: Source['comments'], from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) {
    const comment = comments.find(({ start }) => start === at)
    if (comment) at = comment.end - 1
    else if (text[at] === ',') return at
    else if (!/\s/.test(text[at]!)) return undefined
  }
  return undefined
}

/** What stands in front of a new item: a line of its own where the others have one. */
function leadOf({ text }: Source, list: Span, segments: readonly Segment[], at: number): string {
  const written = segments.find(({ lead }) => lead.includes('\n'))
  if (written) return `\n${blanks(written.lead).split('\n').at(-1)}`
  if (segments.length > 0) return at === 0 ? blanks(segments[0]!.lead) : ' '
  return text.slice(list.start + 1, list.end - 1).includes('\n') ? `\n${indentAt(text, list.start)}  ` : ''
}

/** White space at the beginning, up to a comment. */
function blanks(lead: string): string {
  return /^\s*/.exec(lead)![0]
}

function comments(lead: string): string {
  return lead.trimStart()
}
