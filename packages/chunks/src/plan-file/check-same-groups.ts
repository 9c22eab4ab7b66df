import { chunksError } from '../errors.ts'
import { changedSettings } from './check-placement.ts'
import type { Setting, StoredPlan } from './stored-plan.ts'

type Groups = Readonly<Record<string, Setting | undefined>>

/**
 * Refuses a plan that was made for other groups than those of the options: its chunks hold the old ones, and following it would ignore the
 * new ones. As with a lockfile, making it anew is for the user to decide.
 *
 * @param file the plan's name, for the message
 * @param now name → patterns
 * @throws `PACELINE_GROUPS_CHANGED`
 */
export function checkSameGroups(file: string, plan: Pick<StoredPlan, 'settings'>, now: Groups): void {
  const before = (plan.settings['groups'] ?? {}) as Groups
  const changed = changedSettings({ settings: { groups: before } }, { groups: now })
  if (changed.length > 0) throw chunksError('PACELINE_GROUPS_CHANGED', [file, changesOf(before, now)])
}

function changesOf(before: Groups, now: Groups): string[] {
  const changes = [...new Set([...Object.keys(now), ...Object.keys(before)])].flatMap((name) => {
    if (before[name] === undefined) return [`\`${name}\` is new`]
    if (now[name] === undefined) return [`\`${name}\` is gone`]
    return JSON.stringify(before[name]) === JSON.stringify(now[name]) ? [] : [`\`${name}\` has other patterns`]
  })
  // The first group that matches a module has it.
  return changes.length > 0 ? changes : ['they stand in another order']
}
