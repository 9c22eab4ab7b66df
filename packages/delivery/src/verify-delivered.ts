import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pMap from 'p-map'
import type { ReleaseArchive } from './archive/release-archive.ts'
import type { Delivered } from './deliver.ts'
import { verifyDeltas } from './deltas/verify-deltas.ts'

const CONCURRENCY = 8

/**
 * Reads once more what was put into an output besides its own files: deltas decode to their files, archived files are what they were.
 *
 * @returns what is wrong, one line for each
 */
export async function verifyDelivered(
  { deltas, archived }: Pick<Delivered, 'deltas' | 'archived'>,
  outDir: string,
  archive: ReleaseArchive,
): Promise<string[]> {
  const contents = archived.flatMap((entry) => [entry, ...(entry.siblings ?? [])])
  const wrong = await pMap(
    contents,
    async ({ file, sha256 }) => {
      const content = await readFile(join(outDir, file)).catch(() => undefined)
      if (!content) return `${file} is gone since it was written`
      return hash('sha256', content, 'hex') === sha256 ? undefined : `${file} changed after it was written`
    },
    { concurrency: CONCURRENCY },
  )
  const problems = await verifyDeltas(deltas, outDir, (sha256) => archive.read(sha256))
  return [...wrong.filter((problem) => problem !== undefined), ...problems].sort()
}
