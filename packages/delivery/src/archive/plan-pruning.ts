import type { ReleaseRecord } from './release-record.ts'

/** How much of the past is kept. */
export interface ArchiveLimits {
  /** Earlier releases beside the current one. */
  readonly releases: number
  /** Milliseconds after which an earlier release goes; nothing: never. */
  readonly maxAge: number | undefined
}

/**
 * The releases that leave the archive: those over the number and those over the age. The newest is the current one and stays.
 *
 * @param records newest first
 * @param now milliseconds since the epoch
 */
export function planPruning<Kept extends Pick<ReleaseRecord, 'release' | 'createdAt'>>(
  records: readonly Kept[],
  { releases, maxAge }: ArchiveLimits,
  now: number,
): Kept[] {
  return records
    .slice(1)
    .filter(
      ({ createdAt }, index) => index >= releases || (maxAge !== undefined && now - Date.parse(createdAt) > maxAge),
    )
}
