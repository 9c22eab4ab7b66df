import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'

/** What is known of a directory without looking through it. */
export interface PruneStamp {
  /** Milliseconds since the epoch; of a new directory, since when it is there. */
  readonly prunedAt: number
  /** Bytes: what pruning left, and what was written since. */
  readonly bytes: number
}

const DAY = 86_400_000

/** Nothing for a directory that has none: it is new, or somebody removed it. */
export async function readStamp(dir: string): Promise<PruneStamp | undefined> {
  try {
    const { prunedAt, bytes } = JSON.parse(await readFile(fileOf(dir), 'utf8')) as Partial<PruneStamp>
    return typeof prunedAt === 'number' && typeof bytes === 'number' ? { prunedAt, bytes } : undefined
  } catch {
    return undefined
  }
}

export async function writeStamp(dir: string, stamp: PruneStamp): Promise<void> {
  await writeAtomic(fileOf(dir), JSON.stringify(stamp))
}

/**
 * Whether it is time: the directory is over its size, or a day has gone by. Of two builds at once one may overwrite what the other wrote here;
 * the day puts that right.
 */
export function isDue({ prunedAt, bytes }: PruneStamp, maxSize: number, now: number): boolean {
  return bytes > maxSize || now - prunedAt > DAY
}

function fileOf(dir: string): string {
  return join(dir, 'pruned.json')
}
