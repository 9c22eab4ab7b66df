/** Part of a file, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** More parts than this, or parts that overlap, are an attack or a mistake: the whole file is the cheaper answer (RFC 9110, 14.2). */
const MOST_RANGES = 8
const SPECIFIER = /^(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/

/**
 * Reads `Range` for a file of so many bytes.
 *
 * @returns the parts in the order they were asked for; `'unsatisfiable'` when none lies in the file; `'ignored'` when the value is not one of
 *   ours to answer, and the whole file is sent
 */
export function parseRanges(value: string, bytes: number): readonly ByteRange[] | 'unsatisfiable' | 'ignored' {
  const equals = value.indexOf('=')
  if (value.slice(0, equals).trim().toLowerCase() !== 'bytes') return 'ignored'
  const specifiers = value.slice(equals + 1).split(',', MOST_RANGES + 1)
  if (specifiers.length > MOST_RANGES) return 'ignored'
  const ranges: ByteRange[] = []
  for (const specifier of specifiers) {
    const match = SPECIFIER.exec(specifier.trim())
    if (!match) return 'ignored'
    const [, first, last, suffix] = match
    const start = first === undefined ? Math.max(0, bytes - Number(suffix)) : Number(first)
    const end = last === undefined || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
    if (first !== undefined && last !== undefined && last !== '' && Number(last) < start) return 'ignored'
    if (start < bytes && start <= end) ranges.push({ start, end })
  }
  if (ranges.length === 0) return 'unsatisfiable'
  return ranges.length > 1 && overlaps(ranges) ? 'ignored' : ranges
}

function overlaps(ranges: readonly ByteRange[]): boolean {
  const sorted = ranges.toSorted((a, b) => a.start - b.start)
  return sorted.some((range, index) => index > 0 && range.start <= sorted[index - 1]!.end)
}
