/** A file that could be served. */
export interface Candidate {
  readonly width: number
  /** Bytes. */
  readonly size: number
}

/** The files of one format, narrow to wide. */
export interface Rung<File extends Candidate> {
  readonly format: string
  readonly files: readonly File[]
}

/**
 * What is worth serving of the files that were made. A browser takes the first format that it knows and, within it, the narrowest
 * file that is wide enough; so with everything below it never downloads more than it would have without the better format:
 *
 * - A file that is not smaller than a wider one of its format goes: the wider one is sharper and costs less.
 * - A file that is not smaller than what it replaces, the file of the same width of a format further down, gives its place
 *   to that one. Whoever knows the better format knows the lesser one too (AVIF ⊃ WebP ⊃ JPEG, PNG, GIF), and browsers take `type` for
 *   a hint.
 * - A format with nothing but files of lesser ones goes as a whole.
 *
 * @param rungs best format first, what every browser reads last
 */
export function keepUseful<File extends Candidate, Format extends Rung<File>>(rungs: readonly Format[]): Format[] {
  const kept: Format[] = []
  let below: readonly File[] = []
  for (const rung of rungs.toReversed()) {
    const { files } = rung
    const chosen = withoutPointless(files.map((file) => replacementOf(file, below) ?? file))
    if (chosen.every((file) => !files.includes(file))) continue
    below = chosen
    kept.unshift({ ...rung, files: chosen })
  }
  return kept
}

/** The smallest file of the lesser formats that shows as much for no more bytes. */
function replacementOf<File extends Candidate>(file: File, below: readonly File[]): File | undefined {
  return below
    .filter((other) => other.width >= file.width && other.size <= file.size)
    .toSorted((a, b) => a.size - b.size)[0]
}

function withoutPointless<File extends Candidate>(files: readonly File[]): File[] {
  const unique = [...new Set(files)].toSorted((a, b) => a.width - b.width || a.size - b.size)
  return unique.filter((file, at) => {
    const isTwin = unique[at - 1]?.width === file.width
    return !isTwin && !unique.slice(at + 1).some((wider) => wider.size <= file.size)
  })
}
