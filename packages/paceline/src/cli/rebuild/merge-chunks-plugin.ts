import { reportId } from '@paceline/build-graph'
import type { Plugin, Rollup } from 'vite'
import type { RebuildEdit } from './rebuild-request.ts'

type MergeEdit = Extract<RebuildEdit, { kind: 'merge' }>

/** The options of Rolldown that Rollup's types do not know. */
type Output = Rollup.OutputOptions & { codeSplitting?: unknown; advancedChunks?: unknown }
type ManualChunks = (id: string, api: unknown) => string | undefined

/** Puts the modules of two chunks into one and leaves all others where they are. */
export function mergeChunks({ names: [name], modules, others }: MergeEdit, root: string): Plugin {
  const merged = new Set(modules)
  const pinned = new Map(Object.entries(others).flatMap(([chunk, ids]) => ids.map((id) => [id, chunk] as const)))
  return {
    name: 'paceline:merge-chunks',
    outputOptions: {
      order: 'post',
      handler(output) {
        if ('rolldownVersion' in this.meta) return withGroup(output, name, (id) => merged.has(reportId(id, root)))
        // Rollup draws what a manual chunk imports into it, unless that has a chunk of its own.
        const manualChunks = (id: string): string | undefined => {
          const shown = reportId(id, root)
          return merged.has(shown) ? name : pinned.get(shown)
        }
        return { ...output, manualChunks }
      },
    },
  }
}

/** One more group before those of the config, whichever of its names Rolldown was given them by. */
function withGroup(output: Output, name: string, holds: (id: string) => boolean): Rollup.OutputOptions {
  const { manualChunks, codeSplitting, advancedChunks, ...rest } = output
  const options = Object.assign({}, codeSplitting ?? advancedChunks) as { groups?: readonly object[] }
  const byHand =
    typeof manualChunks === 'function' && options.groups === undefined
      ? [{ name: (id: string, api: unknown) => (manualChunks as ManualChunks)(id, api) ?? null }]
      : []
  const ours = { name, test: holds, priority: Number.MAX_SAFE_INTEGER, includeDependenciesRecursively: false }
  return {
    ...rest,
    codeSplitting: { ...options, groups: [ours, ...(options.groups ?? []), ...byHand] },
  } as Rollup.OutputOptions
}
