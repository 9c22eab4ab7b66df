import type { UserConfig } from 'vite'
import type { HandTuned } from './hand-tuned/groups.ts'

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
  if (major < 8) return { build: { rollupOptions: { output: { manualChunks: nameOf } } } }
  const group = { name: (id: string) => nameOf(id) ?? null, debugName: 'bench' }
  return {
    build: {
      rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: recursive, groups: [group] } } },
    },
  }
}

/** Groups made by hand, as either bundler's documentation has them: the first that matches counts, imports come along. */
export function handMadeGroups(groups: HandTuned, major: number): UserConfig {
  const entries = Object.entries(groups)
  const nameOf: NameOf = (id) => entries.find(([, modules]) => modules.test(id))?.[0]
  if (major < 8) return chunkGroups(nameOf, { major, recursive: true })
  const list = entries.map(([name, test]) => ({ name, test }))
  return { build: { rolldownOptions: { output: { codeSplitting: { groups: list } } } } }
}
