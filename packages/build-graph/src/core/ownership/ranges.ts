/**
 * Who wrote which part of a file. Ranges are in the unit the producer says (UTF-16 code units while code is a
 * string, bytes afterwards), sorted, without holes or overlaps: together they cover the file exactly once.
 */
export interface OwnedRange {
  start: number
  end: number
  /** Index of the owner in the list that the producer was given, or one of the negative owners below. */
  owner: number
}

/** Owner of what the bundler itself wrote. */
export const BUNDLER = -1

/** Appends a range, growing the last one when the owner is the same; empty ranges vanish. */
export function pushRange(ranges: OwnedRange[], start: number, end: number, owner: number): void {
  if (end <= start) return
  const last = ranges.at(-1)
  if (last && last.owner === owner && last.end === start) last.end = end
  else ranges.push({ start, end, owner })
}

/**
 * Turns ranges over the UTF-16 code units of `text` into ranges over its UTF-8 bytes.
 *
 * @param byteLength length of `text` in UTF-8; equal to `text.length` for plain ASCII, the common case, which costs nothing
 */
export function toByteRanges(ranges: readonly OwnedRange[], text: string, byteLength: number): OwnedRange[] {
  if (byteLength === text.length) return ranges.map((range) => ({ ...range }))
  let unit = 0
  let byte = 0
  const advance = (to: number): number => {
    for (; unit < to; unit++) byte += utf8Length(text.charCodeAt(unit))
    return byte
  }
  return ranges.map(({ start, end, owner }) => ({ start: advance(start), end: advance(end), owner }))
}

/** UTF-8 bytes of a code unit; a surrogate pair is four bytes, two for each half. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800 || (unit >= 0xd8_00 && unit <= 0xdf_ff)) return 2
  return 3
}
