import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { compareLoads, totalOf, type LoadComparison } from '../rebuild/compare-loads.ts'
import { withRebuilds } from '../rebuild/rebuild.ts'
import type { LeftImport, RebuildEdit, RebuiltApp } from '../rebuild/rebuild-request.ts'
import { labelOf, type WhatIf } from './parse-edits.ts'
import { planEdit } from './plan-edit.ts'

/** What one change, or all of them together, makes of the app's loads. */
export interface EditOutcome {
  readonly edit: string
  /** Release of the rebuild; equal to that of the app when the change changes nothing. */
  readonly release: string
  /** Bytes of all JS and CSS of the build, brotli. */
  readonly total: number
  /** Number of these files. */
  readonly chunks: number
  /** First loads, against the app as it is. */
  readonly loads: LoadComparison
  /** Imports that stayed as they are. */
  readonly left: readonly LeftImport[]
}

export interface EditFailure {
  readonly edit: string
  readonly error: { readonly code: string; readonly message: string }
}

export interface WhatIfAnswer {
  readonly release: string
  readonly total: number
  readonly chunks: number
  /** What saves most comes first. */
  readonly edits: readonly EditOutcome[]
  /** Changes with which the app does not build. */
  readonly failed: readonly EditFailure[]
}

export interface WhatIfQuestion {
  readonly app: RebuiltApp
  readonly edits: readonly WhatIf[]
  /** All changes in one build instead of one build for each. */
  readonly together: boolean
  readonly log: (line: string) => void
}

/**
 * Builds the app as it is and once more for every change, and compares the loads.
 *
 * @throws when a change names what is not there, or the app itself does not build
 */
export async function askWhatIf({ app, edits, together, log }: WhatIfQuestion): Promise<WhatIfAnswer> {
  return withRebuilds(async (rebuild, temporary) => {
    log('building the app as it is')
    const plan = join(temporary, 'plan.json')
    const { report } = await rebuild({ ...app, plan })
    // All are understood before the first is built: a slip of the pen is said at once.
    const planned = edits.map((edit) => ({ label: labelOf(edit), edits: [planEdit(edit, report, app.root)] }))
    const all = { label: planned.map(({ label }) => label).join(' '), edits: planned.flatMap((one) => one.edits) }
    const outcomes: EditOutcome[] = []
    const failed: EditFailure[] = []
    for (const { label, edits: wanted } of together ? [all] : planned) {
      log(`building it with \`${label}\``)
      try {
        outcomes.push(await outcome(label, wanted))
      } catch (error) {
        failed.push({ edit: label, error: describe(error, temporary) })
      }
    }
    outcomes.sort((a, b) => b.loads.saves - a.loads.saves)
    return { release: report.release, total: totalOf(report), chunks: report.chunks.length, edits: outcomes, failed }

    async function outcome(label: string, wanted: readonly RebuildEdit[]): Promise<EditOutcome> {
      // Chunks are merged in the plan that the app follows, or would make.
      const merged = join(temporary, `${label.replaceAll(/\W/g, '-')}.json`)
      const follows = wanted.every(({ kind }) => kind === 'merge') && existsSync(plan)
      if (follows) await copyFile(plan, merged)
      const after = await rebuild({ ...app, edits: wanted, ...(follows ? { plan: merged } : {}) })
      return {
        edit: label,
        release: after.report.release,
        total: totalOf(after.report),
        chunks: after.report.chunks.length,
        loads: compareLoads(report, after.report),
        left: after.left,
      }
    }
  })
}

function describe(error: unknown, temporary: string): EditFailure['error'] {
  const code = errorCodes(error).find((name) => name.startsWith('PACELINE_')) ?? 'PACELINE_UNEXPECTED'
  const message = error instanceof Error ? error.message : String(error)
  return { code, message: withoutPlan(message, temporary) }
}

/** A plan with two chunks as one is ours alone: nobody can open it, and one made anew would not have them as one. */
function withoutPlan(message: string, temporary: string): string {
  return message
    .split('\n')
    .map((line) => {
      if (!line.includes(`\`${temporary}`)) return line
      if (/ does not fit the sources any more\. /.test(line)) return APART
      return line.replace(/`[^`]*`/, 'the plan with the two chunks as one')
    })
    .join('\n')
    .replace(/\s*Make it anew with `paceline chunks plan`\.$/, `\n${APART}`)
}

const APART = 'The two have to stay apart as they are; merge chunks that the same pages load.'
