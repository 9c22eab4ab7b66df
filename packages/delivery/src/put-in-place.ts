import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listFiles } from '@paceline/kit'

export type Rename = (from: string, to: string) => Promise<void>

/**
 * Puts a directory in the place of another one; when that fails, the other one is back.
 *
 * Between two renames there is no directory for some microseconds: Node has no exchange (`renameat2`), and `rename` replaces empty directories
 * only. A server that holds its files open does not notice.
 */
export async function swapDirectories(made: string, place: string, rename: Rename): Promise<void> {
  const old = `${place}.old.tmp`
  await rm(old, { recursive: true, force: true })
  const hadOld = await rename(place, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  try {
    await rename(made, place)
  } catch (error) {
    if (hadOld) await rename(old, place)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

const MANIFEST = 'manifest.json'
const PURGE = 'purge'

/**
 * Moves what servers are told to its place, file by file, so that none is ever half there. The manifest comes last: who watches it finds all
 * else in place. Lists of what to purge are those of this release alone.
 */
export async function moveDelivery(made: string, place: string, rename: Rename): Promise<void> {
  const files = await listFiles(made)
  await rm(join(place, PURGE), { recursive: true, force: true })
  for (const file of [...files.filter((one) => one !== MANIFEST), MANIFEST]) {
    await mkdir(dirname(join(place, file)), { recursive: true })
    await rename(join(made, file), join(place, file))
  }
}
