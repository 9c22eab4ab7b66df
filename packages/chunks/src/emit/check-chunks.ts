import { displayId } from '@paceline/build-graph'
import { chunksError } from '../errors.ts'

/** A finished chunk, as far as it is compared with the plan. */
export interface FinishedChunk {
  readonly name: string
  readonly fileName: string
  readonly moduleIds: readonly string[]
}

/** Modules named in one message. */
const SHOWN = 5

/**
 * Compares finished chunks with where a plan put their modules: a chunk of the plan is one file, and nothing else is in it.
 *
 * @param table module id → name of its chunk
 * @param planned ids of the modules that the plan is about; the others are the bundler's to place
 * @param root the Vite root
 * @throws `PACELINE_PLAN_NOT_FOLLOWED` naming the modules that lie elsewhere
 */
export function checkChunks(
  chunks: readonly FinishedChunk[],
  table: ReadonlyMap<string, string>,
  planned: ReadonlySet<string>,
  root: string,
): void {
  const fileOf = new Map<string, string>()
  const problems: string[] = []
  for (const { fileName, moduleIds } of chunks) {
    const placed = moduleIds.filter((id) => planned.has(id))
    const names = [...new Set(placed.map((id) => table.get(id)))]
    const [name] = names
    if (names.length > 1) {
      const strays = placed.filter((id) => table.get(id) !== name).map((id) => displayId(id, root))
      problems.push(`${fileName} is \`${name ?? 'no chunk of the plan'}\`, but also holds ${shown(strays)}`)
    }
    for (const planned of names) {
      if (planned === undefined) continue
      const other = fileOf.get(planned)
      if (other !== undefined && other !== fileName) problems.push(`\`${planned}\` lies in ${other} and in ${fileName}`)
      fileOf.set(planned, fileName)
    }
  }
  if (problems.length > 0) throw chunksError('PACELINE_PLAN_NOT_FOLLOWED', [problems])
}

function shown(ids: readonly string[]): string {
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
  return ids.slice(0, SHOWN).join(', ') + more
}
