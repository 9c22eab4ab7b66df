import type { ReleaseRecord, Rollback } from '@paceline/delivery'
import { formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import type { Io } from '../io.ts'

/** One release as people and programs see it. */
export interface ListedRelease {
  readonly release: string
  readonly createdAt: string
  readonly current: boolean
  readonly files: number
  /** Without compression. */
  readonly bytes: number
  /** Whether it can be brought back: it was built here, not fetched from a live site. */
  readonly complete: boolean
}

/** @param records newest first */
export function listReleases(records: readonly ReleaseRecord[]): ListedRelease[] {
  return records.map(({ release, createdAt, files, report }, index) => ({
    release,
    createdAt,
    current: index === 0,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    complete: report !== undefined,
  }))
}

export function renderReleases(releases: readonly ListedRelease[], io: Io): string {
  const colors = pc.createColors(io.color)
  if (releases.length === 0) return 'The archive is empty: no release was built here yet.\n'
  const lines = releases.map(({ release, createdAt, current, files, bytes, complete }) => {
    const notes = [...(current ? ['current'] : []), ...(complete ? [] : ['hashed files only'])]
    const time = `${createdAt.slice(0, 16).replace('T', ' ')} UTC`
    return `${colors.bold(release)}  ${time}  ${files} files, ${formatBytes(bytes)}${notes.length > 0 ? `  ${notes.join(', ')}` : ''}`
  })
  return `${lines.join('\n')}\n`
}

export function renderRollback({ release, withdrawn, files, archived, deltas }: Rollback): string {
  const instead = withdrawn === undefined ? '' : ` in place of ${withdrawn}`
  return [
    `Release ${release} is back${instead}: ${files} files, ${archived} of other releases beside them, ${deltas} deltas.`,
    'Deploy the output directory now.\n',
  ].join('\n')
}

export function renderNames(what: string, releases: readonly string[]): string {
  return releases.length === 0 ? `${what}: none.\n` : `${what}: ${releases.join(', ')}.\n`
}
