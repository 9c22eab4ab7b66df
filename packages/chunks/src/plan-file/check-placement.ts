import { chunksError } from '../errors.ts'
import { packageOf } from './lines.ts'
import type { Placement } from './placement/place-modules.ts'
import type { Setting, StoredPlan, StoredSettings } from './stored-plan.ts'

/** Of the app's own lines, the share that must exist for a plan to be about this app at all. */
const SAME_APP = 0.1
/** The share that must exist for it to be of use. */
const USABLE = 0.5
/** Names in a warning. */
const SHOWN = 5

/**
 * Tells a plan that has aged, which a build follows and warns of, from one that is of no use.
 *
 * @param file the plan's name, for the messages
 * @returns warnings: lines that are gone, modules that had to move
 * @throws `PACELINE_PLAN_OTHER_APP` when hardly anything of it exists here
 * @throws `PACELINE_PLAN_GONE` when most of it does not
 */
export function checkPlacement(file: string, plan: StoredPlan, placement: Placement): string[] {
  // Packages and what Vite adds are much the same everywhere: the app's own files tell apps apart.
  const all = plan.chunks.flatMap(({ modules }) => modules)
  const known = new Set([...all, ...(plan.collections ?? [])])
  const isOwn = (line: string): boolean =>
    line.includes('/') && !/^(?:@|virtual:)/.test(line) && !known.has(packageOf(line) ?? '')
  const own = all.filter(isOwn)
  const [lines, gone] = own.length > 0 ? [own, placement.gone.filter(isOwn)] : [all, placement.gone]
  const share = 1 - gone.length / Math.max(1, lines.length)
  if (share < SAME_APP) {
    const found = lines.length - gone.length
    throw chunksError('PACELINE_PLAN_OTHER_APP', [file, plan.app, found, lines.length, 'files and directories'])
  }
  if (share < USABLE) throw chunksError('PACELINE_PLAN_GONE', [file, gone, lines.length])
  // Icons come and go.
  const isMissed = (line: string): boolean => plan.collections?.includes(packageOf(line) ?? '') !== true
  const moved = placement.moved.map(({ key, from, to }) => `${key} (${from} → ${to})`)
  return [
    ...warning(file, placement.gone.filter(isMissed), 'names what is gone'),
    ...warning(file, moved, 'could not be followed where the sources have changed'),
  ]
}

/**
 * Tells apart the apps that leave their chunks to the bundler: such a plan names no files, only routes.
 *
 * @param now what the app is called, and the ids of its routes
 * @throws `PACELINE_PLAN_OTHER_APP` when none of the plan's routes is here, or just the one that every app has
 */
export function checkSameRoutes(
  file: string,
  plan: Pick<StoredPlan, 'app' | 'routes'>,
  now: { readonly app: string; readonly routes: readonly string[] },
): void {
  const all = Object.keys(plan.routes)
  const here = all.filter((route) => now.routes.includes(route))
  const telling = plan.app === now.app ? here : here.filter((route) => route !== '/')
  const isOther = all.length > 0 && telling.length === 0 && all.some((route) => route !== '/')
  if (isOther) throw chunksError('PACELINE_PLAN_OTHER_APP', [file, plan.app, here.length, all.length, 'routes'])
}

function warning(file: string, items: readonly string[], what: string): string[] {
  if (items.length === 0) return []
  const more = items.length > SHOWN ? `, and ${items.length - SHOWN} more` : ''
  return [
    `\`${file}\` ${what}; ${items.slice(0, SHOWN).join(', ')}${more}. Bring it up to date with \`paceline chunks plan\`.`,
  ]
}

/** Names of the settings that are not those that the plan was made with. */
export function changedSettings(plan: Pick<StoredPlan, 'settings'>, now: StoredSettings): string[] {
  const names = new Set([...Object.keys(plan.settings), ...Object.keys(now)])
  return [...names].filter((name) => canonical(plan.settings[name]) !== canonical(now[name])).sort()
}

/** The same text for the same value. The order of names counts: the first group that matches a module has it. */
function canonical(value: Setting | undefined): string {
  return JSON.stringify(value) ?? ''
}
