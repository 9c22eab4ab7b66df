import { existsSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { changedSettings, readPlan, writePlan, type ResolvedPlanOptions } from '@paceline/chunks'
import { mergeInPlan } from './merge-in-plan.ts'
import type { RebuildRequest } from './rebuild-request.ts'

/**
 * Puts the plan that a rebuild follows where the rebuild looks for it. A change of the sources gets a plan of its own:
 * what is lazy now would stay where the old one has it. Merging two chunks is a change of the plan alone.
 *
 * @returns whether chunks were merged in the plan
 */
export async function preparePlan(
  options: ResolvedPlanOptions,
  { edits, plan }: RebuildRequest,
  root: string,
): Promise<boolean> {
  const stored = resolve(root, options.plan)
  const changesSources = edits.some(({ kind }) => kind !== 'merge')
  if (!existsSync(plan) && existsSync(stored) && !changesSources) await copyFile(stored, plan)
  const current = await readPlan(plan)
  const merges = edits.filter((edit) => edit.kind === 'merge')
  if (!current || current.bundler || merges.length === 0) return false
  await writePlan(
    plan,
    merges.reduce((merged, { names }) => mergeInPlan(merged, names), current),
  )
  return true
}

/** Forgets the plan of an earlier rebuild when the groups are others now: whoever changes them makes the plan anew, too. */
export async function forgetOutdated({ groups }: ResolvedPlanOptions, plan: string): Promise<void> {
  const before = (await readPlan(plan))?.settings['groups']
  if (before !== undefined && changedSettings({ settings: { groups: before } }, { groups }).length > 0) await rm(plan)
}
