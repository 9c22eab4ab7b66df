import type { PlannedBuild } from '@paceline/chunks'

export interface PlanLoad {
  /** JS of a first load, brotli, of a build in memory. */
  readonly bytes: number
  readonly requests: number
}

/** A route under Vite's default, under the plan that is stored, and under the new one. */
export interface PlannedRoute {
  readonly id: string
  readonly default: PlanLoad | null
  readonly stored: PlanLoad | null
  readonly planned: PlanLoad
}

export interface PlanComparison {
  /** What the new plan gains most on comes first, against the stored one, or else against the default. */
  readonly routes: readonly PlannedRoute[]
  /** Over all routes. */
  readonly mean: Omit<PlannedRoute, 'id'>
  /** The sum that plans minimise: first loads and repeat visits, weighted. Less is better. */
  readonly cost: { readonly default: number; readonly stored: number | null; readonly planned: number }
  /** How much more the stored plan ships than the new one, where that is most: a share. */
  readonly drift: { readonly route: string; readonly growth: number } | null
}

/** Puts the figures of a plan beside those that it replaces. All were built and weighed. */
export function comparePlans({ figures, before, previous }: PlannedBuild): PlanComparison {
  const [byDefault, byStored] = [before, previous?.figures].map(
    (list) => new Map(list?.routes.map((route) => [route.id, loadOf(route)])),
  )
  const routes = figures.routes.map((route): PlannedRoute => {
    const { id } = route
    return { id, default: byDefault!.get(id) ?? null, stored: byStored!.get(id) ?? null, planned: loadOf(route) }
  })
  const gain = ({ default: usual, stored, planned }: PlannedRoute): number =>
    ((stored ?? usual)?.bytes ?? planned.bytes) - planned.bytes
  const growths = routes.flatMap(({ id, stored, planned }) =>
    stored && planned.bytes > 0 ? [{ route: id, growth: stored.bytes / planned.bytes - 1 }] : [],
  )
  return {
    routes: routes.toSorted((a, b) => gain(b) - gain(a)),
    mean: {
      default: mean(routes.flatMap((route) => route.default ?? [])),
      stored: previous ? mean(routes.flatMap(({ stored }) => stored ?? [])) : null,
      planned: mean(routes.map(({ planned }) => planned))!,
    },
    cost: {
      default: Math.round(before.cost),
      stored: previous ? Math.round(previous.figures.cost) : null,
      planned: Math.round(figures.cost),
    },
    drift: growths.toSorted((a, b) => b.growth - a.growth)[0] ?? null,
  }
}

/**
 * `new`: there was none. `stale`: the stored one ships more than the threshold allows, was made with other options, or
 * expects nothing that a build could be compared with. `usable`: another one would be made today, but it gains little.
 * `current`: it is the one that would be made.
 */
export type PlanState = 'new' | 'stale' | 'usable' | 'current'

/** What a stored plan says of the app, beside its chunks, that is not so any more. */
export interface PlanAge {
  /** The app it says it is for, where that has another name. */
  readonly app: string | null
  /** Routes it expects nothing of. */
  readonly unexpected: readonly string[]
  /** Routes it expects something of, and that are gone. */
  readonly gone: readonly string[]
}

/** How a stored plan has aged. Nothing where there is none. */
export function ageOf({ previous, stored }: Pick<PlannedBuild, 'previous' | 'stored'>): PlanAge {
  if (!previous) return { app: null, unexpected: [], gone: [] }
  const [then, now] = [previous.stored, stored].map(({ routes }) => Object.keys(routes))
  return {
    app: previous.stored.app === stored.app ? null : previous.stored.app,
    unexpected: now!.filter((id) => !then!.includes(id)),
    gone: then!.filter((id) => !now!.includes(id)),
  }
}

/**
 * What is to be thought of the plan that is stored.
 *
 * @param changed options that are not those that it was made with
 * @param threshold growth of a route's first load above the new plan's, a share
 */
export function judgePlan(
  build: Pick<PlannedBuild, 'previous' | 'stored'>,
  { drift }: Pick<PlanComparison, 'drift'>,
  changed: readonly string[],
  threshold: number,
): PlanState {
  const { previous, stored } = build
  if (!previous) return 'new'
  const { app, unexpected, gone } = ageOf(build)
  const routes = Object.keys(stored.routes).length
  // A name is for people, and without a package.json it is the directory's; but builds have no drift to warn of where nothing is expected.
  const expectsNothing = routes > 0 && unexpected.length === routes
  if (changed.length > 0 || expectsNothing || (drift?.growth ?? 0) > threshold) return 'stale'
  const isSame = app === null && unexpected.length === 0 && gone.length === 0
  return isSame && JSON.stringify(previous.stored.chunks) === JSON.stringify(stored.chunks) ? 'current' : 'usable'
}

function loadOf({ bytes, requests }: PlanLoad): PlanLoad {
  return { bytes: Math.round(bytes), requests }
}

function mean(loads: readonly PlanLoad[]): PlanLoad | null {
  if (loads.length === 0) return null
  const sum = (of: (load: PlanLoad) => number): number => loads.reduce((total, load) => total + of(load), 0)
  return {
    bytes: Math.round(sum(({ bytes }) => bytes) / loads.length),
    requests: Number((sum(({ requests }) => requests) / loads.length).toFixed(1)),
  }
}
