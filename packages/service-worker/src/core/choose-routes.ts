import { serviceWorkerError } from '../errors.ts'
import type { MostVisited } from '../options.ts'

export interface ChosenRoutes {
  /** The most visited first, where visits choose. */
  readonly names: readonly string[]
  /** Names of visits that no route has: it was renamed or removed since they were counted. */
  readonly gone: readonly string[]
}

/**
 * Says which routes of an app are stored at once.
 *
 * @param known names of all routes
 * @throws `PACELINE_SW_ROUTE_UNKNOWN`, `PACELINE_SW_VISITS_UNKNOWN`, `PACELINE_SW_VISITED_TOO_FEW`
 */
export function chooseRoutes(
  wanted: readonly string[] | MostVisited | undefined,
  known: readonly string[],
): ChosenRoutes {
  if (wanted !== undefined && 'mostVisited' in wanted) return mostVisitedOf(wanted, new Set(known))
  const unknown = wanted?.find((name) => !known.includes(name))
  if (unknown !== undefined) throw serviceWorkerError('PACELINE_SW_ROUTE_UNKNOWN', [unknown, known])
  return { names: wanted ?? known, gone: [] }
}

function mostVisitedOf({ mostVisited, visits }: MostVisited, known: ReadonlySet<string>): ChosenRoutes {
  // `'*'` says how often the others are visited, not which of them.
  const named = Object.entries(visits).filter(([name]) => name !== '*')
  const own = named.filter(([name]) => known.has(name))
  if (own.length === 0) {
    throw serviceWorkerError('PACELINE_SW_VISITS_UNKNOWN', [named.map(([name]) => name), [...known]])
  }
  const visited = own.filter(([, weight]) => weight > 0)
  if (mostVisited > visited.length) {
    throw serviceWorkerError('PACELINE_SW_VISITED_TOO_FEW', [mostVisited, visited.length, known.size])
  }
  const ranked = visited.toSorted(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
  return {
    names: ranked.slice(0, mostVisited).map(([name]) => name),
    gone: named.filter(([name]) => !known.has(name)).map(([name]) => name),
  }
}
