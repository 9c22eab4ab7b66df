/** A stretch of text that stands unchanged in both versions. */
export interface Kept {
  readonly before: number
  readonly after: number
  readonly length: number
}

/**
 * Finds what stayed of `before` in `after`, in order.
 *
 * Between the moment the bundler hands out a chunk with its source map and the moment the file is written, Vite
 * replaces each `__VITE_PRELOAD__` marker by the list of files to preload, puts the table of those files in front, and blanks
 * out imports of chunks that held only CSS. A map made before is exact for everything else. (Having Vite carry the
 * map through these edits would cost more than the whole analysis: it re-traces every segment of the chunk.)
 *
 * @param marker text that is known to be replaced; the parts between are looked up whole first
 */
export function alignEdits(before: string, after: string, marker: string): Kept[] {
  if (before === after) return [{ before: 0, after: 0, length: before.length }]
  const kept: Kept[] = []
  let from = 0
  let position = 0
  for (const part of before.split(marker)) {
    const found = part === '' ? position : after.indexOf(part, position)
    if (found === -1) {
      const end = nextAnchor(before, from + part.length + marker.length, marker, after, position)
      alignLoosely(part, from, after, position, end, kept)
      position = (kept.at(-1)?.after ?? position) + (kept.at(-1)?.length ?? 0)
    } else if (part !== '') {
      kept.push({ before: from, after: found, length: part.length })
      position = found + part.length
    }
    from += part.length + marker.length
  }
  return kept
}

/** Where in `after` the next part that can be found begins; the end of the text when none can. */
function nextAnchor(before: string, from: number, marker: string, after: string, position: number): number {
  for (let start = from; start < before.length;) {
    const next = before.indexOf(marker, start)
    const part = before.slice(start, next === -1 ? undefined : next)
    const found = part.length > 0 ? after.indexOf(part, position) : -1
    if (found !== -1) return found
    if (next === -1) break
    start = next + marker.length
  }
  return after.length
}

/**
 * A part that was edited inside: keeps line by line what is equal, and of a changed line its equal head and tail.
 * Minified code has few lines, so statements (`;`) count as lines too.
 */
function alignLoosely(part: string, from: number, after: string, start: number, end: number, kept: Kept[]): void {
  let position = start
  let offset = 0
  for (const statement of part.split(/(?<=[;\n])/)) {
    const found = after.indexOf(statement, position)
    if (found !== -1 && found + statement.length <= end) {
      kept.push({ before: from + offset, after: found, length: statement.length })
      position = found + statement.length
    }
    offset += statement.length
  }
}
