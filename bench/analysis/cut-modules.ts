import { decode } from '@jridgewell/sourcemap-codec'

/** A range of a text in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The part of a source map (ECMA-426) that is read. */
export interface SourceMap {
  readonly sources: readonly (string | null)[]
  readonly mappings: string
}

/**
 * Which parts of a file came from which source: from one mapping to the next. Text before the first mapping, and text
 * mapped to nothing, is nobody's.
 */
export function rangesBySource(code: string, map: SourceMap): Map<string, Range[]> {
  const lineStarts = [0]
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  const ranges = new Map<string, Range[]>()
  let owner: string | undefined
  let start = 0
  const close = (end: number): void => {
    if (owner === undefined || end <= start) return
    const own = ranges.get(owner) ?? []
    ranges.set(owner, own)
    own.push({ start, end })
  }
  for (const [line, segments] of decode(map.mappings).entries()) {
    for (const segment of segments) {
      const at = (lineStarts[line] ?? code.length) + segment[0]
      const source = segment.length === 1 ? undefined : (map.sources[segment[1]] ?? undefined)
      if (source === owner) continue
      close(at)
      owner = source
      start = at
    }
  }
  close(code.length)
  return ranges
}

/** The text without the ranges, which are sorted and do not overlap. */
export function without(code: string, ranges: readonly Range[]): string {
  let kept = ''
  let at = 0
  for (const { start, end } of ranges) {
    kept += code.slice(at, start)
    at = end
  }
  return kept + code.slice(at)
}

/** Length of the ranges' text in bytes. */
export function byteLength(code: string, ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + Buffer.byteLength(code.slice(start, end)), 0)
}
