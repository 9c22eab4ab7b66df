import { posix } from 'node:path'
import picomatch from 'picomatch'

/** Never asked for by the app, or about the output instead of part of it. */
const NEVER =
  /(?:^|\/)\.|\.(?:map|gz|br|zst|dcb|dcz|LICENSE\.txt)$|^(?:robots\.txt|sitemap.*\.xml|_headers|_redirects|CNAME|humans\.txt|404\.html|stats\.html)$/

/** What names of the worker's own runtime begin with. The browser keeps it with the worker. */
export const RUNTIME_NAME = 'sw-runtime-'

export interface Selection {
  readonly from: 'shell' | 'routes' | 'all'
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

interface Output {
  /** Everything in the output directory, relative to it. */
  readonly files: readonly string[]
  /** The page, or pages, that the app starts with, and what they load at once. */
  readonly shell: ReadonlySet<string>
  /** What the routes load. */
  readonly routes: ReadonlySet<string>
  /** Has to be there, whatever the options say. */
  readonly needed: readonly string[]
  /** The worker itself. */
  readonly worker: string
}

/** Files that may be cached at all. */
export function cacheableFiles(files: readonly string[], worker: string): string[] {
  const known = new Set(files)
  // A better format beside a public picture (`photo.jpg.avif`) is what the server answers for that picture.
  const isSibling = (file: string): boolean => /\.(?:avif|webp)$/.test(file) && known.has(file.replace(/\.\w+$/, ''))
  const isRuntime = (file: string): boolean => posix.basename(file).startsWith(RUNTIME_NAME)
  return files.filter((file) => !NEVER.test(file) && file !== worker && !isRuntime(file) && !isSibling(file))
}

/** Files to store when the worker is installed. */
export function selectFiles({ from, include, exclude }: Selection, output: Output): string[] {
  const isIncluded = matcher(include)
  const isExcluded = matcher(exclude)
  const needed = new Set(output.needed)
  return cacheableFiles(output.files, output.worker).filter((file) => {
    if (needed.has(file)) return true
    if (isExcluded(file)) return false
    if (isIncluded(file) || from === 'all' || output.shell.has(file)) return true
    return from === 'routes' && output.routes.has(file)
  })
}

/** Whether a file is meant by one of these globs. */
export function matcher(globs: readonly string[]): (file: string) => boolean {
  return globs.length > 0 ? picomatch([...globs], { dot: true }) : () => false
}
