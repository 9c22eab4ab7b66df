import type { BuildReport } from '@paceline/build-graph'
import { budgetError } from '../errors.ts'

/** A file as it is on disk now; `hash` as in `FileEntry`. */
export interface DiskFile {
  readonly file: string
  readonly hash: string
}

const SHOWN = 10

/**
 * Makes sure that a report speaks of the files that are there: a verdict on a stale directory is worth nothing.
 *
 * @param dir name of the directory for the message
 * @throws `PACELINE_STALE_DIST` naming the files that are missing, came in, or differ
 */
export function verifyDist(report: BuildReport, files: readonly DiskFile[], dir = 'dist'): void {
  // Files of earlier releases that are served beside this one, and what hosts are told.
  const besides = new Set(report.delivery?.besides)
  const own = <Entry extends DiskFile>(list: readonly Entry[]): Map<string, string> =>
    new Map(list.filter(({ file }) => !besides.has(file)).map(({ file, hash }) => [file, hash]))
  const [measured, disk] = [own(report.files), own(files)]
  const name = (what: string, list: readonly string[]): string[] => {
    if (list.length === 0) return []
    const more = list.length > SHOWN ? `, and ${list.length - SHOWN} more` : ''
    return [`${what}: ${list.slice(0, SHOWN).join(', ')}${more}`]
  }
  const differences = [
    ...name(
      'missing',
      [...measured.keys()].filter((file) => !disk.has(file)),
    ),
    ...name(
      'not in the report',
      [...disk.keys()].filter((file) => !measured.has(file)),
    ),
    ...name(
      'changed',
      [...measured].filter(([file, hash]) => disk.has(file) && disk.get(file) !== hash).map(([file]) => file),
    ),
  ]
  if (differences.length > 0) throw budgetError('PACELINE_STALE_DIST', [dir, differences])
}
