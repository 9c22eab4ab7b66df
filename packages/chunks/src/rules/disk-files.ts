import { readdirSync, type Dirent } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * Whether a file matches that the build may know nothing of: what obeys a rule is in no build, but it is there.
 *
 * @param glob relative to the Vite root, or inside a package
 */
export type DiskTest = (glob: string, matches: (module: { readonly id: string }) => boolean) => boolean

/**
 * Looks for files below the part of a glob that is no glob. Packages are looked into only where the glob names them.
 *
 * @param outDir what was built is no source; absolute
 */
export function diskTest(root: string, outDir: string): DiskTest {
  return (glob, matches) => {
    const base = baseOf(glob)
    const installed = base === '' ? [] : ancestors(root).map((directory) => join(directory, 'node_modules', base))
    return [resolve(root, base), ...installed].some((start) =>
      hasFile(start, outDir, (file) => matches({ id: relative(root, file).split(sep).join('/') })),
    )
  }
}

function baseOf(glob: string): string {
  const parts = glob.replace(/^\.?\//, '').split('/')
  const first = parts.findIndex((part) => /[*?{}()[\]!]/.test(part))
  return parts.slice(0, first === -1 ? -1 : first).join('/')
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory)
  return parent === directory ? [directory] : [directory, ...ancestors(parent)]
}

function hasFile(directory: string, outDir: string, matches: (file: string) => boolean): boolean {
  if (directory === outDir) return false
  return entriesOf(directory).some((entry) => {
    const path = join(directory, entry.name)
    if (!entry.isDirectory()) return matches(path)
    return !/^(?:node_modules|\.git|\.paceline)$/.test(entry.name) && hasFile(path, outDir, matches)
  })
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}
