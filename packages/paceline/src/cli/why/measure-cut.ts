import type { BuildReport, ChainStep } from '@paceline/build-graph'
import { compareLoads, totalOf, type LoadComparison } from '../rebuild/compare-loads.ts'
import { withRebuilds } from '../rebuild/rebuild.ts'
import type { LeftImport, Rebuilt, RebuiltApp } from '../rebuild/rebuild-request.ts'
import type { CheapestCut } from './cheapest-cut.ts'
import type { WhySubject } from './find-subject.ts'

/** What a cut really saves. */
export interface MeasuredCut {
  readonly loads: LoadComparison
  /** What all JS and CSS of the build lose, brotli. */
  readonly saves: number
  /** Imports that could not be taken out. */
  readonly left: readonly LeftImport[]
  /** The imports that were taken out, where fewer than those of the cut turned out to be enough. */
  readonly enough?: readonly ChainStep[]
}

/**
 * Builds the app as it is and without the imports of a cut. What tree shaking leaves of an import inside one file only a build can tell:
 * where the subject is imported directly and through others, one more build finds out whether the direct imports are all there is to it.
 *
 * @throws `PACELINE_REBUILD_FAILED`
 */
export async function measureCut(
  app: RebuiltApp,
  subject: WhySubject,
  { imports, kinds }: CheapestCut,
  log: (line: string) => void,
): Promise<MeasuredCut> {
  return withRebuilds(async (rebuild) => {
    log('building the app as it is')
    const before = await rebuild(app)
    // Of what is loaded later the `import()`s are taken out, too.
    const whole = kinds.includes('dynamic')
    const without = async (steps: readonly ChainStep[]) => {
      const edges = steps.map(({ importer, importee }) => ({ importer, importee }))
      return rebuild({ ...app, edits: [{ kind: 'imports', how: 'stub', edges, whole }] })
    }
    log(`building it without ${imports.length === 1 ? 'this import' : `these ${imports.length} imports`}`)
    const after = await without(imports)
    const measured = measure(before, after)
    const own = idsOf(before.report, subject)
    const direct = imports.filter(({ importee }) => own.has(importee))
    if (direct.length === 0 || direct.length === imports.length) return measured
    log(`building it without the ${direct.length} of them that ${direct.length === 1 ? 'names' : 'name'} it`)
    const fewer = await without(direct)
    const rest = loadsWith(after.report, subject)
    if (![...loadsWith(fewer.report, subject)].every((load) => rest.has(load))) return measured
    return { ...measure(before, fewer), enough: direct }
  })
}

function measure(before: Rebuilt, after: Rebuilt): MeasuredCut {
  return {
    loads: compareLoads(before.report, after.report),
    saves: totalOf(before.report) - totalOf(after.report),
    left: after.left,
  }
}

/** The routes whose first load has a part of the subject. */
function loadsWith(report: BuildReport, subject: WhySubject): Set<string> {
  const own = idsOf(report, subject)
  const holding = new Set(
    report.chunks.flatMap(({ file, modules }) => (modules.some(({ id }) => own.has(id)) ? [file] : [])),
  )
  const routes = report.routes.filter(({ firstLoad }) => firstLoad.files.some((file) => holding.has(file)))
  return new Set(routes.map(({ id }) => id))
}

/** By name: a subject knows the modules of one report, and this may be another. */
function idsOf({ modules }: BuildReport, { kind, name }: WhySubject): Set<string> {
  const own = modules.filter((module) => (kind === 'module' ? module.id : module.package) === name)
  return new Set(own.map(({ id }) => id))
}
