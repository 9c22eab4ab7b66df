import type { BuildReport } from '@paceline/build-graph'
import { openGit } from '@paceline/kit'
import type { Git } from '@paceline/kit'
import { isReportFile, readBaseline } from '../adapters/read-baseline.ts'
import { baselineError } from './baseline-errors.ts'
import { rebuildBaseline } from './rebuild-baseline.ts'
import type { RebuildOptions } from './rebuild-baseline.ts'
import { storedReport, storeReport } from './report-store.ts'

export interface BaselineRequest {
  /** A saved report, or a git ref. */
  readonly baseline: string
  /** The Vite root, absolute. */
  readonly root: string
  /** The report of the build to be compared, for when HEAD itself is the baseline. */
  readonly current: BuildReport
  /** Builds a commit whose report is not stored; without it that is an error. */
  readonly rebuild?: RebuildOptions | undefined
}

export interface Baseline {
  readonly report: BuildReport
  /** How to call it: the file, or `main (4f2a9c1)`. */
  readonly name: string
  readonly from: 'file' | 'store' | 'rebuilt' | 'head'
}

/**
 * The report to compare with. For a git ref that is the merge base of the ref and HEAD: what the ref gained since then
 * is not this branch's doing.
 *
 * @throws `PACELINE_BASELINE_UNREADABLE`, `PACELINE_GIT_*`, `PACELINE_BASELINE_NOT_STORED`, `PACELINE_BASELINE_BUILD_FAILED`
 */
export async function resolveBaseline(request: BaselineRequest): Promise<Baseline> {
  const { baseline, root } = request
  if (isReportFile(baseline)) {
    return { report: await readBaseline(baseline, root), name: baseline, from: 'file' }
  }
  const git = await openGit(root)
  await git.commitOf(baseline)
  const commit = await git.mergeBase(baseline)
  return { name: `${baseline} (${commit.slice(0, 7)})`, ...(await reportOf(git, commit, request)) }
}

async function reportOf(
  git: Git,
  commit: string,
  request: BaselineRequest,
): Promise<Pick<Baseline, 'report' | 'from'>> {
  const { baseline, root, current, rebuild } = request
  // On the branch itself, with nothing changed, a build is its own baseline.
  if (commit === (await git.commitOf('HEAD')) && (await git.isClean())) return { report: current, from: 'head' }
  const stored = await storedReport(root, commit)
  if (stored) return { report: stored, from: 'store' }
  if (!rebuild) throw baselineError('PACELINE_BASELINE_NOT_STORED', [baseline, commit.slice(0, 7)])
  const report = await rebuildBaseline({ git, ref: baseline, commit, root, ...rebuild })
  await storeReport(root, commit, report)
  return { report, from: 'rebuilt' }
}
