import { readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

export interface OutputFile {
  /** Relative to the directory, with `/`. */
  readonly file: string
  readonly path: string
  readonly bytes: number
}

/**
 * Every file below a directory, with its size. A link to a file counts as one, since servers follow it; a link to a directory is not
 * followed, since it may lead anywhere. Synchronous: for small calls on what was just written the thread pool costs more than the calls.
 *
 * @param isForeign whether an absolute path is somebody else's
 */
export function listOutput(dir: string, isForeign: (path: string) => boolean): OutputFile[] {
  const files: OutputFile[] = []
  const visit = (folder: string, prefix: string): void => {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (isForeign(entry.isDirectory() ? path + sep : path)) continue
      const file = prefix + entry.name
      if (entry.isDirectory()) visit(path, `${file}/`)
      else {
        // Gone since, a link that leads nowhere, a socket: nothing that is served.
        const stats = statSync(path, { throwIfNoEntry: false })
        if (stats?.isFile()) files.push({ file, path, bytes: stats.size })
      }
    }
  }
  visit(dir, '')
  return files
}

function entriesOf(folder: string): ReturnType<typeof readDirectory> {
  try {
    return readDirectory(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function readDirectory(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}
