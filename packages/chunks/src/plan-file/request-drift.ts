import type { MeasuredRoute } from './drift.ts'
import type { StoredPlan } from './stored-plan.ts'

/** Limits of the options for requests for JS. */
export interface RequestLimits {
  /** Of the entry. */
  readonly maxInitialRequests: number
  /** Of a first load. */
  readonly maxRouteRequests: number
}

/** A first load, and whether it is that of an entry alone. */
export interface LimitedRoute extends MeasuredRoute {
  readonly entry: boolean
}

/**
 * What a build warns of that follows a plan: limits that a first load passes although it does not in the plan, or by more than there. The
 * planner keeps to them, but new modules are placed one by one, and may each get a chunk of their own.
 */
export function requestMessages(
  { routes }: Pick<StoredPlan, 'routes'>,
  measured: readonly LimitedRoute[],
  { maxInitialRequests, maxRouteRequests }: RequestLimits,
  file: string,
): string[] {
  const over = (option: keyof RequestLimits, limit: number, concerned: readonly LimitedRoute[]): string[] => {
    const [worst, ...others] = concerned
      .filter(({ id, requests }) => requests > Math.max(limit, routes[id]?.requests ?? 0))
      .toSorted((a, b) => b.requests - a.requests)
    if (!worst) return []
    const { id, requests } = worst
    const known = routes[id] ? `${routes[id].requests} are planned` : 'the plan does not know it'
    const more = others.length === 0 ? '' : `; ${others.length} more ${others.length === 1 ? 'is' : 'are'} above it`
    return [
      `\`${file}\` no longer keeps to \`chunks.${option}\`; the first load of \`${id}\` makes ${requests} requests for JS (${limit} are allowed, ${known}${more}). Make it anew with \`paceline chunks plan\`.`,
    ]
  }
  const initial = measured.filter(({ entry }) => entry)
  return [
    ...over('maxInitialRequests', maxInitialRequests, initial),
    ...over('maxRouteRequests', maxRouteRequests, measured),
  ]
}
