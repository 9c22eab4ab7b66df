/**
 * Which module each character of a release's scripts is from: what the build keeps in `.paceline/modules`, never serves, and pushes to the
 * collector, which resolves the `culprits` of beacons with it.
 */
export interface Positions {
  readonly schemaVersion: 1
  /** As beacons call it. */
  readonly release: string
  /** Module ids, relative to the Vite root. */
  readonly modules: readonly string[]
  /** By the name of the file as served, without the path, as culprits say it. */
  readonly files: Readonly<Record<string, FilePositions>>
}

export interface FilePositions {
  /** First 16 hex digits of the SHA-256 of the content: offsets are those of these bytes. */
  readonly hash: string
  /**
   * Ascending: offset in UTF-16 code units, index into `modules` (−1: the bundler), the next offset, and so on. Each range ends where the next
   * begins.
   */
  readonly ranges: readonly number[]
  /** Where its lines begin but the first, ascending; absent where there is only one. Browsers say places of errors by line. */
  readonly lines?: readonly number[] | undefined
}

/**
 * Of errors a browser says line and column, not the offset: `char` of such a culprit is line × this + column, both from 1 on. A column beyond it
 * would be in a line of 16 MB.
 */
export const ERROR_LINE: number = 2 ** 24

/** The module at the place of an error, as `char` of its culprit says it; `undefined` where nothing is known of it. */
export function moduleAtError(positions: Positions, file: string, char: number): string | undefined {
  const line = Math.floor(char / ERROR_LINE)
  const lines = Object.hasOwn(positions.files, file) ? (positions.files[file]!.lines ?? []) : []
  const start = line === 1 ? 0 : lines[line - 2]
  return start === undefined ? undefined : moduleAt(positions, file, start + (char % ERROR_LINE) - 1)
}

/** The module at an offset of a file; `undefined` where nothing is known of it. */
export function moduleAt(positions: Positions, file: string, char: number): string | undefined {
  const ranges = Object.hasOwn(positions.files, file) ? positions.files[file]!.ranges : []
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[middle * 2]! <= char) low = middle + 1
    else high = middle
  }
  return low === 0 ? undefined : positions.modules[ranges[low * 2 - 1]!]
}
