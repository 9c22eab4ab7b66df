import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { isInside, writeAtomic } from '@paceline/kit'

const WEEK = 7 * 86_400_000

/**
 * Images as files, for places where Vite wants a path: HTML and CSS. It then treats them as it treats the author's own, with hash, `base` and
 * inlining. Each lies in a folder named after its content, so a path never comes to mean other bytes.
 */
export class FileStore {
  /** File → picture that it stands for in every browser; absolute paths. */
  readonly originals: Map<string, string> = new Map()
  readonly #dir: string
  readonly #written = new Map<string, Promise<string>>()

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Whether a path is one of these files: no picture of the app. */
  has(path: string): boolean {
    return isInside(path, this.#dir)
  }

  /** @returns the absolute path of a file with these bytes and this name */
  put(name: string, bytes: Uint8Array): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
    // These end a path in a URL, or a URL in a `srcset`.
    const path = join(this.#dir, digest, name.replace(/[#?%,\s]/g, '_'))
    const known = this.#written.get(path)
    if (known) return known
    const written = write(path, bytes)
    this.#written.set(path, written)
    written.catch(() => this.#written.delete(path))
    return written
  }

  /** Removes what no build has used for a week: another build may be reading the rest. */
  async prune(): Promise<void> {
    this.#written.clear()
    const folders = await readdir(this.#dir).catch(() => [])
    const oldest = Date.now() - WEEK
    await Promise.all(
      folders.map(async (folder) => {
        const path = join(this.#dir, folder)
        const stats = await stat(path).catch(() => undefined)
        if (stats && stats.mtimeMs < oldest) await rm(path, { recursive: true, force: true })
      }),
    )
  }
}

async function write(path: string, bytes: Uint8Array): Promise<string> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.size !== bytes.byteLength) await writeAtomic(path, bytes)
  const now = new Date()
  await utimes(join(path, '..'), now, now)
  return path
}
