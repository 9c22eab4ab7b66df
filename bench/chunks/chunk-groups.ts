import type { UserConfig } from 'vite'

/** Which chunk a module is to be in; undefined leaves it to the bundler. */
export type NameOf = (id: string) => string | undefined

export interface GroupOptions {
  /** Major version of the Vite that builds. */
  readonly major: number
  /**
   * Whether a chunk takes along what its modules import. People's `manualChunks` do, by the bundlers' default; a
   * table that names every module needs no such thing.
   */
  readonly recursive: boolean
}

/** The build options by which each bundler takes such a table. */
export function chunkGroups(nameOf: NameOf, { major, recursive }: GroupOptions): UserConfig {
  if (major < 8) return { build: { rollupOptions: { output: { manualChunks: (id) => nameOf(normalize(id)) } } } }
  const group = { name: (id: string) => nameOf(normalize(id)) ?? null, debugName: 'bench' }
  return {
    build: {
      rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: recursive, groups: [group] } } },
    },
  }
}

/** Name of the innermost package that a module lies in. */
export function packageName(id: string): string | undefined {
  const names = [...id.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/.@][^/]*)(?=\/)/g)]
  return names.at(-1)?.[1]
}

/** A module id as the report has it, see `docs/report.md`. */
export function reportId(id: string, root: string): string {
  const bare = normalize(id).replace(/^\0/, '')
  if (!bare.startsWith('/') && !/^[A-Za-z]:\//.test(bare)) return bare.startsWith('virtual:') ? bare : `virtual:${bare}`
  const from = normalize(root).split('/')
  const to = bare.split('/')
  let common = 0
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++
  return [...Array.from({ length: from.length - common }, () => '..'), ...to.slice(common)].join('/')
}

function normalize(id: string): string {
  return id.replaceAll('\\', '/')
}
