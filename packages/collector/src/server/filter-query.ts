import { collectorError } from '../errors.ts'
import type { StatsFilter } from '../stats/stats.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The query of most endpoints, as JSON schema: Fastify checks requests by it, and OpenAPI shows it. */
export const FILTER_QUERY = {
  release: {
    type: 'string',
    pattern: '^([0-9a-f]{12}|other)$',
    description: '12 hex digits of the report; `other`: those beyond what is told apart',
  },
  route: {
    type: 'string',
    minLength: 1,
    maxLength: 1000,
    description:
      'Its path, the same in all releases; `unknown`: pages of no route, and those of releases that were not pushed. With `release` also the number that its beacons say',
  },
  nav: {
    type: 'string',
    enum: ['navigate', 'reload', 'back-forward', 'back-forward-cache', 'prerender', 'restore', 'soft-navigation'],
    default: 'navigate',
    description: 'Navigation types are never mixed',
  },
  device: { type: 'string', enum: ['mobile', 'tablet', 'desktop'], description: 'Class of device' },
  country: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2, as the proxy says' },
  from: {
    type: 'integer',
    minimum: 0,
    maximum: 8.64e15,
    description: 'Milliseconds since the epoch; a day ago by default',
  },
  to: { type: 'integer', minimum: 0, maximum: 8.64e15, description: 'Milliseconds since the epoch; now by default' },
} as const

export interface FilterQuery {
  readonly release?: string
  readonly route?: string
  readonly nav: string
  readonly device?: string
  readonly country?: string
  readonly from?: number
  readonly to?: number
}

/**
 * Times are rounded to whole minutes, so that those who ask within one share an answer. At most 400 days.
 *
 * @throws `PACELINE_COLLECTOR_ROUTE` for a number without a release
 */
export function filterOf(query: FilterQuery, now: number): StatsFilter {
  const { release, route, nav, device, country } = query
  const to = query.to ?? Math.ceil(now / 60_000) * 60_000
  const from = Math.min(to, Math.max(query.from ?? to - DAY, to - 400 * DAY))
  return {
    ...(release === undefined ? {} : { release }),
    ...(route === undefined ? {} : { route: routeOf(route, release) }),
    nav,
    ...(device === undefined ? {} : { device }),
    ...(country === undefined ? {} : { country }),
    from,
    to,
  }
}

/** Numbers are of one release each: the next one may have another route in that place. */
function routeOf(route: string, release: string | undefined): string | number {
  if (!/^-?[\d.]+$/.test(route)) return route
  const number = Number(route)
  if (release !== undefined && Number.isInteger(number) && number >= -1) return number
  throw collectorError('PACELINE_COLLECTOR_ROUTE', [route])
}
