import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Every file below a directory, relative to it, with `/`, sorted. Empty when there is no such directory. */
export async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
}
