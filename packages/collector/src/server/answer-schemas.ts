type Schema = Readonly<Record<string, unknown>>

const TEXT: Schema = { type: 'string' }
const COUNT: Schema = { type: 'integer', minimum: 0 }
const NUMBER: Schema = { type: 'number' }
const MAYBE: Schema = { type: ['number', 'null'] }
const TIME: Schema = { type: 'integer', description: 'Milliseconds since the epoch' }
const list = (items: Schema): Schema => ({ type: 'array', items })
const byName = (value: Schema): Schema => ({ type: 'object', additionalProperties: value })

/** All fields are there, and no others. */
function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', additionalProperties: false, required, properties }
}

const of = (properties: Readonly<Record<string, Schema>>, names: readonly string[], value: Schema): Schema =>
  object({ ...properties, ...Object.fromEntries(names.map((name) => [name, value])) })

const INTERVAL: Schema = { type: ['array', 'null'], items: NUMBER, minItems: 2, maxItems: 2 }
const PERCENTILES = {
  p50: MAYBE,
  p75: MAYBE,
  p95: MAYBE,
  p99: MAYBE,
  intervals: of({}, ['p50', 'p75', 'p95', 'p99'], INTERVAL),
}
const METRIC = object({ n: COUNT, good: COUNT, needsImprovement: COUNT, poor: COUNT, ...PERCENTILES })
const METRICS = byName(METRIC)
const OPERATION = object({
  name: TEXT,
  kind: TEXT,
  n: COUNT,
  ok: COUNT,
  within: COUNT,
  compliance: MAYBE,
  ...PERCENTILES,
})
const BUDGET = object({ allowed: NUMBER, used: COUNT, left: NUMBER, burnRate: byName(MAYBE) })
const SLA = list(
  object(
    {
      name: TEXT,
      target: MAYBE,
      actual: MAYBE,
      status: { enum: ['holds', 'broken', 'not enough data'] },
      n: COUNT,
      within: COUNT,
      required: NUMBER,
      errorBudget: BUDGET,
    },
    ['errorBudget'],
  ),
)
const FILTER = object(
  {
    release: TEXT,
    route: { type: ['string', 'integer'] },
    nav: TEXT,
    device: TEXT,
    country: TEXT,
    from: TIME,
    to: TIME,
  },
  ['release', 'route', 'device', 'country'],
)
const WORKER = object({ hits: COUNT, misses: COUNT, hitRate: MAYBE, bytesSaved: COUNT })
const BYTES = of(
  { hitRate: MAYBE, worker: WORKER },
  ['network', 'http', 'serviceWorker', 'dictionary', 'requests', 'hits'],
  COUNT,
)
const MODULE = object(
  {
    release: TEXT,
    module: TEXT,
    owners: list(TEXT),
    metric: TEXT,
    file: TEXT,
    char: COUNT,
    target: TEXT,
    routes: list(TEXT),
    n: COUNT,
    ms: NUMBER,
  },
  ['module'],
)

/** What the endpoints of the API answer with 200, by their path under it: as OpenAPI shows it. A test holds real answers to them. */
export const ANSWERS: Readonly<Record<string, Schema>> = {
  'performance/stats': object({
    filter: FILTER,
    pages: COUNT,
    beacons: COUNT,
    opened: COUNT,
    estimated: object({ isSampled: { type: 'boolean' }, pages: COUNT, operations: COUNT }),
    lost: COUNT,
    bots: { type: 'integer' },
    errors: object({ unhandled: COUNT, chunks: COUNT }),
    metrics: METRICS,
    operations: byName(OPERATION),
    bytes: BYTES,
    sla: SLA,
  }),
  'performance/metrics': list(
    object({ key: TEXT, pages: COUNT, estimatedPages: COUNT, opened: COUNT, metrics: METRICS, sla: SLA }),
  ),
  'performance/slow': object({ operations: list(OPERATION), modules: list(MODULE) }),
  'performance/visits': object({
    from: TIME,
    to: TIME,
    pages: COUNT,
    visits: COUNT,
    release: { type: ['string', 'null'] },
    routes: list(object({ name: TEXT, visits: COUNT })),
    unnamed: COUNT,
  }),
  'releases/compare': object({
    before: TEXT,
    after: TEXT,
    metrics: list(
      object({
        name: TEXT,
        before: METRIC,
        after: METRIC,
        change: MAYBE,
        verdict: { enum: ['better', 'worse', 'no difference seen', 'not enough data'] },
      }),
    ),
    modules: {
      type: ['array', 'null'],
      items: object({
        module: TEXT,
        change: { enum: ['added', 'removed', 'changed'] },
        brotli: { type: 'integer' },
        owners: list(TEXT),
      }),
    },
  }),
  releases: object({ release: TEXT }),
  dimensions: object({
    releases: list(object({ release: TEXT, first: TIME, last: TIME })),
    routes: list(TEXT),
    navs: list(TEXT),
    devices: list(TEXT),
    countries: list(TEXT),
    routeNames: byName(list(TEXT)),
    sla: object({ operations: object({ within: NUMBER, compliance: NUMBER }) }),
  }),
  'cache/stats': byName(COUNT),
  'cache/clear': object({ cleared: { const: true } }),
}
