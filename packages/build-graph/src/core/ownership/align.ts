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

/** Letters of a block: long enough that one which occurs once in both texts is the same place. */
const BLOCK = 16

/**
 * A part that was edited inside, perhaps in every statement: blocks of it that occur once in both texts are anchors, each
 * grown as far as the texts agree. Anchors that would cross the ones before are dropped.
 */
function alignLoosely(part: string, from: number, after: string, start: number, end: number, kept: Kept[]): void {
  const blocks = uniqueBlocks(part)
  const counts = new Map<string, number>()
  const places = new Map<string, number>()
  for (let at = start; at + BLOCK <= end; at++) {
    const block = after.slice(at, at + BLOCK)
    if (!blocks.has(block)) continue
    counts.set(block, (counts.get(block) ?? 0) + 1)
    places.set(block, at)
  }
  let before = 0
  let position = start
  for (const [block, offset] of blocks) {
    const place = places.get(block)
    if (place === undefined || counts.get(block) !== 1 || offset < before || place < position) continue
    let head = 0
    while (offset - head > before && place - head > position && part[offset - head - 1] === after[place - head - 1]) {
      head++
    }
    let tail = BLOCK
    while (offset + tail < part.length && place + tail < end && part[offset + tail] === after[place + tail]) tail++
    kept.push({ before: from + offset - head, after: place - head, length: head + tail })
    before = offset + tail
    position = place + tail
  }
}

/** The blocks of a text by their content, in order, without those that occur twice. */
function uniqueBlocks(text: string): Map<string, number> {
  const blocks = new Map<string, number>()
  const twice = new Set<string>()
  for (let offset = 0; offset + BLOCK <= text.length; offset += BLOCK / 2) {
    const block = text.slice(offset, offset + BLOCK)
    if (blocks.has(block)) twice.add(block)
    blocks.set(block, offset)
  }
  for (const block of twice) blocks.delete(block)
  return blocks
}
