import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash, listFiles, ownFiles } from '@paceline/build-graph'
import type { DiskFile } from '../core/verify-dist.ts'

/** The files of an output directory with the hashes a report has for them; siblings and source maps left out. */
export async function diskFiles(dir: string): Promise<DiskFile[]> {
  const files = ownFiles(await listFiles(dir))
  return Promise.all(files.map(async (file) => ({ file, hash: contentHash(await readFile(join(dir, file))) })))
}
