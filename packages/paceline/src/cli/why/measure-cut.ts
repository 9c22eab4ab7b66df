import { compareLoads, type LoadComparison } from '../rebuild/compare-loads.ts'
import { withRebuilds } from '../rebuild/rebuild.ts'
import type { ImportEdge, RebuiltApp } from '../rebuild/rebuild-request.ts'
import type { CheapestCut } from './cheapest-cut.ts'

/** What a cut really saves. */
export interface MeasuredCut {
  readonly loads: LoadComparison
  /** Imports that could not be taken out, because a CommonJS module makes them. */
  readonly left: readonly ImportEdge[]
}

/** Builds the app as it is and without the imports of a cut. @throws `PACELINE_REBUILD_FAILED` */
export async function measureCut(
  app: RebuiltApp,
  { imports }: CheapestCut,
  log: (line: string) => void,
): Promise<MeasuredCut> {
  return withRebuilds(async (rebuild) => {
    log('building the app as it is')
    const before = await rebuild(app)
    log(`building it without ${imports.length === 1 ? 'this import' : `these ${imports.length} imports`}`)
    const edges = imports.map(({ importer, importee }) => ({ importer, importee }))
    const after = await rebuild({ ...app, edits: [{ kind: 'imports', how: 'stub', edges, whole: false }] })
    return { loads: compareLoads(before.report, after.report), left: after.left }
  })
}
