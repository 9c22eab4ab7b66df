import { MAX_RELEASE_BYTES } from '../releases/release-upload.ts'
import type { GroupBy } from '../store/store.ts'
import { FILTER_QUERY, filterOf } from './filter-query.ts'
import type { FilterQuery } from './filter-query.ts'
import type { Answered, Service } from './service.ts'

/** Checked before a handler sees it. */
export interface ApiRequest {
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** An endpoint under `/__paceline/api/`. Fastify checks requests by the schemas, and OpenAPI shows them. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly query: Readonly<Record<string, object>>
  readonly required?: readonly string[]
  /** Bytes of a body. Absent: none is taken. */
  readonly body?: number
  handle(request: ApiRequest, now: number): Promise<Answered<unknown>>
}

const RELEASE = { type: 'string', pattern: '^([0-9a-f]{12}|other)$' } as const
const GROUPS: readonly GroupBy[] = ['none', 'release', 'route', 'nav', 'device', 'country', 'hour', 'day']

const stored = async (value: unknown): Promise<Answered<unknown>> => ({ value, source: 'store' })

export function apiRoutes(service: Service): ApiRoute[] {
  const { device, country, from, to } = FILTER_QUERY
  const filter = (query: ApiRequest['query'], now: number) => filterOf(query as unknown as FilterQuery, now)
  return [
    {
      method: 'GET',
      path: 'performance/stats',
      summary: 'Pages, losses, vitals, operations, bytes and the SLA with its error budget.',
      query: FILTER_QUERY,
      handle: ({ query }, now) => service.stats(filter(query, now)),
    },
    {
      method: 'GET',
      path: 'performance/metrics',
      summary:
        'Vitals and verdicts for each value of a dimension, or over time; by `nav` of every navigation type, each by itself.',
      query: { ...FILTER_QUERY, groupBy: { type: 'string', enum: GROUPS, default: 'route' } },
      handle: ({ query }, now) => service.groups(filter(query, now), query['groupBy'] as GroupBy),
    },
    {
      method: 'GET',
      path: 'performance/slow',
      summary: 'The slowest operations and API calls, and the modules to blame.',
      query: FILTER_QUERY,
      handle: ({ query }, now) => service.slow(filter(query, now)),
    },
    {
      method: 'GET',
      path: 'performance/visits',
      summary: 'On which routes visits begin, by name, over all releases.',
      query: { device, country, from, to },
      handle: ({ query }, now) => service.visits(filter(query, now)),
    },
    {
      method: 'GET',
      path: 'releases/compare',
      summary: 'One release against another, and what changed in the chunks that the route loads.',
      query: { ...FILTER_QUERY, before: RELEASE, after: RELEASE },
      required: ['before', 'after'],
      handle: ({ query }, now) => service.compare(filter(query, now), String(query['before']), String(query['after'])),
    },
    {
      method: 'POST',
      path: 'releases',
      summary: 'What `paceline release push` says of a release.',
      query: {},
      body: MAX_RELEASE_BYTES,
      handle: async ({ body }) => stored({ release: await service.pushRelease(body) }),
    },
    {
      method: 'GET',
      path: 'dimensions',
      summary: 'Releases, routes, navigation types, devices and countries that can be asked for.',
      query: {},
      handle: () => service.dimensions(),
    },
    {
      method: 'GET',
      path: 'cache/stats',
      summary: 'What the cache of answers did since the start.',
      query: {},
      handle: () => stored(service.cache.statistics()),
    },
    {
      method: 'POST',
      path: 'cache/clear',
      summary: 'Forgets all cached answers, of all instances.',
      query: {},
      handle: async () => {
        await service.cache.clear()
        return stored({ cleared: true })
      },
    },
  ]
}

/** The schema of the query of a route. What it does not name is refused. */
export function querySchema({ query, required = [] }: ApiRoute): object {
  return { type: 'object', additionalProperties: false, properties: query, required }
}
