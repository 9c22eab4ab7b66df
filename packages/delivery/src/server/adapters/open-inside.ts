import type { Stats } from 'node:fs'
import { open, realpath, type FileHandle } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** An open file and what it was when it was opened. */
export interface OpenFile {
  readonly handle: FileHandle
  readonly stats: Stats
  /** Another one means: not the same content. */
  readonly fingerprint: string
}

/**
 * Opens a regular file below a directory.
 *
 * @param root real path of the directory
 * @returns nothing when there is none, or when a link leads out of the directory
 */
export async function openInside(root: string, file: string): Promise<OpenFile | undefined> {
  let handle: FileHandle | undefined
  try {
    const path = await realpath(join(root, file))
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined
    handle = await open(path, 'r')
    const stats = await handle.stat()
    if (stats.isFile()) return { handle, stats, fingerprint: fingerprintOf(stats) }
    await handle.close()
  } catch {
    await handle?.close()
  }
  return undefined
}

/** Changes with the content: inode and size, and both times, since `cp -p` and `tar` set one of them back. */
export function fingerprintOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`
}
