import { existsSync } from 'node:fs'
import { changedSettings, findChunks, planApp, writePlan } from '@paceline/chunks'
import { cliError } from '../cli-errors.ts'
import { loadVite } from '../contract/load-vite.ts'
import { loadAppConfig } from '../rebuild/load-app-config.ts'
import type { RebuiltApp } from '../rebuild/rebuild-request.ts'
import { ageOf, comparePlans, judgePlan, type PlanAge, type PlanComparison, type PlanState } from './compare-plans.ts'

export interface PlanAnswer extends PlanComparison {
  /** The plan file, absolute. */
  readonly file: string
  /** Number of chunks of the new plan; 0 when the bundler's own are kept. */
  readonly chunks: number
  readonly state: PlanState
  /** Options that have changed since the stored plan was made. */
  readonly changed: readonly string[]
  /** What else the stored plan says that is not so any more. */
  readonly age: PlanAge
  /** Growth from which a plan is stale, a share. */
  readonly threshold: number
  /** Whether the file was written. */
  readonly written: boolean
  /** Whether the config follows a plan at all. */
  readonly followed: boolean
  /** What was wrong with the plan that was replaced, where no build could have followed it. */
  readonly broken: string | null
  /** Limits that could not be kept, and why. */
  readonly remarks: readonly string[]
}

/** Growth that is allowed where no config says it, as the option's default. */
const USUAL_DRIFT = 0.05

/**
 * Makes the plan of an app anew and compares it with the stored one.
 *
 * @param check leaves the file as it is
 * @throws `PACELINE_ROOT_MISSING`, and what `planApp` throws
 */
export async function makePlan(app: RebuiltApp, check: boolean): Promise<PlanAnswer> {
  if (!existsSync(app.root)) throw cliError('PACELINE_ROOT_MISSING', [app.root])
  const vite = await loadVite(app.root)
  // Read, not resolved: resolving runs the hooks, and a planned app without a plan would be planned by them.
  const { plugins, config, file: configFile } = await loadAppConfig(vite, app)
  const chunks = findChunks(plugins)?.options
  const planned = await planApp({
    vite,
    replace: !check,
    config: {
      root: config.root!,
      ...(configFile === undefined ? {} : { configFile }),
      ...(app.mode === undefined ? {} : { mode: app.mode }),
    },
  })
  const comparison = comparePlans(planned)
  const { stored, previous, file, remarks, broken } = planned
  const changed = previous ? changedSettings(previous.stored, stored.settings) : []
  const threshold = chunks?.drift ?? USUAL_DRIFT
  const state = judgePlan(planned, comparison, changed, threshold)
  // Expectations that a build has measured are better than estimates: a plan that stays keeps them.
  const written = !check && state !== 'current' && (await writePlan(file, stored))
  return {
    ...comparison,
    file,
    chunks: stored.chunks.length,
    state,
    changed,
    age: ageOf(planned),
    threshold,
    written,
    followed: chunks !== undefined && chunks.strategy !== 'default',
    broken: broken ? withoutAdvice(broken.message) : null,
    remarks,
  }
}

/** What to do about a plan is done when it has been made anew. */
function withoutAdvice(message: string): string {
  return message.replace(/\s(?:Make|Take|Run) [^\n]*$/, '')
}
