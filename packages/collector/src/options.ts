import { join } from 'node:path'
import { parseOptions, resolveSla } from '@paceline/kit'
import type { ResolvedSla, Sla } from '@paceline/kit'
import * as v from 'valibot'
import { collectorError } from './errors.ts'
import { isLoopback } from './intake/client-address.ts'
import type { RateLimit } from './intake/token-bucket.ts'
import type { Retention } from './sqlite/roller.ts'

/** Options of the collector. Flags of `paceline collect` and the environment say the same. */
export interface CollectorOptions {
  /**
   * Where beacons are kept, when there is no ClickHouse.
   *
   * @default '.paceline/collector' in the working directory
   */
  readonly dir?: string | undefined
  /**
   * What users are promised, see `sla` in `paceline()`.
   *
   * @default {} Google's "good" at the 75th percentile; 95 % of operations within 5 s
   */
  readonly sla?: Sla | undefined
  /**
   * Opens everything that is not intake: at least 16 characters. Without one only this machine may see figures.
   *
   * @default process.env.PACELINE_COLLECTOR_TOKEN
   */
  readonly token?: string | undefined
  /**
   * The host that the server listens on. Beyond this machine a token is needed.
   *
   * @default '127.0.0.1'
   */
  readonly host?: string | undefined
  /** `http://user:password@host:8123/database`; beacons are kept there instead. @default process.env.PACELINE_CLICKHOUSE_URL */
  readonly clickhouse?: string | false | undefined
  /** Shares rate limits and answers between instances. @default process.env.PACELINE_REDIS_URL */
  readonly redis?: string | false | undefined
  /**
   * Origins whose pages send beacons with `fetch` from elsewhere and want to read the answer. `sendBeacon` needs none of it.
   *
   * @default [] none
   */
  readonly cors?: readonly string[] | undefined
  /** Whether a proxy of ours writes the last entry of `X-Forwarded-For`. @default false */
  readonly trustProxy?: boolean | undefined
  /** The header in which that proxy says the country: `cf-ipcountry`. @default none: countries are not told apart */
  readonly countryHeader?: string | undefined
  /**
   * Requests per client: so many at once, and so many per second after that. `false`: no limit.
   *
   * @default { burst: 300, perSecond: 50 }
   */
  readonly rateLimit?: RateLimit | false | undefined
  /**
   * Days after which what is stored is deleted.
   *
   * @default { raw: 7, hourly: 30, daily: 400 }
   */
  readonly retention?: Partial<Retention> | undefined
  /** Pages or operations below which no verdict is given. @default 50 */
  readonly minSamples?: number | undefined
  /** Told when the SLA is about to be broken, and when it holds again. */
  readonly webhook?: WebhookOptions | undefined
  /** Takes one line of JSON at a time. @default nothing is logged */
  readonly log?: ((line: string) => void) | undefined
  /** The clock. Tests have their own. @default Date.now */
  readonly now?: (() => number) | undefined
}

export interface WebhookOptions {
  readonly url: string
  /** Signs what is sent: `x-paceline-signature: sha256=<HMAC of "timestamp.body">`. @default none: it is not signed */
  readonly secret?: string | undefined
}

export interface ResolvedCollectorOptions {
  readonly dir: string
  readonly sla: ResolvedSla
  readonly token: string | undefined
  readonly host: string
  readonly clickhouse: string | undefined
  readonly redis: string | undefined
  readonly cors: readonly string[]
  readonly trustProxy: boolean
  readonly countryHeader: string | undefined
  readonly rateLimit: RateLimit | undefined
  readonly retention: Retention
  readonly minSamples: number
  readonly webhook: WebhookOptions | undefined
  readonly log: (line: string) => void
  readonly now: () => number
}

const positive = v.pipe(v.number(), v.gtValue(0, 'must be more than 0.'))
const days = v.optional(v.pipe(v.number(), v.integer('must be whole days.'), v.minValue(3, 'must be at least 3 days.')))
const anyFunction = v.custom<(...values: never[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function.',
)

const schema = v.strictObject({
  dir: v.optional(v.string()),
  sla: v.optional(v.unknown()),
  token: v.optional(v.string()),
  host: v.optional(v.string()),
  clickhouse: v.optional(v.union([v.string(), v.literal(false)])),
  redis: v.optional(v.union([v.string(), v.literal(false)])),
  cors: v.optional(v.array(v.string())),
  trustProxy: v.optional(v.boolean()),
  countryHeader: v.optional(v.string()),
  rateLimit: v.optional(v.union([v.strictObject({ burst: positive, perSecond: positive }), v.literal(false)])),
  retention: v.optional(v.strictObject({ raw: days, hourly: days, daily: days })),
  minSamples: v.optional(positive),
  webhook: v.optional(
    v.strictObject({
      url: v.pipe(v.string(), v.url('must be a URL.')),
      secret: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty: anybody could sign with it.'))),
    }),
  ),
  log: v.optional(anyFunction),
  now: v.optional(anyFunction),
})

/** Short enough to type, long enough that guessing at ten tries a second takes longer than the universe. */
const SHORTEST_TOKEN = 16

/**
 * @param env of the process; empty values count as absent
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_COLLECTOR_NO_TOKEN`, `PACELINE_COLLECTOR_TOKEN_WEAK`
 */
export function resolveCollectorOptions(
  raw: CollectorOptions = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedCollectorOptions {
  parseOptions('collector', schema, raw)
  const token = raw.token ?? (env['PACELINE_COLLECTOR_TOKEN'] || undefined)
  const host = raw.host ?? '127.0.0.1'
  if (token === undefined && !isLoopback(host)) throw collectorError('PACELINE_COLLECTOR_NO_TOKEN', [host])
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw collectorError('PACELINE_COLLECTOR_TOKEN_WEAK', [token.length])
  return {
    dir: raw.dir ?? join('.paceline', 'collector'),
    sla: resolveSla(raw.sla),
    token,
    host,
    clickhouse: orOff(raw.clickhouse, env['PACELINE_CLICKHOUSE_URL']),
    redis: orOff(raw.redis, env['PACELINE_REDIS_URL']),
    cors: raw.cors ?? [],
    trustProxy: raw.trustProxy ?? false,
    countryHeader: raw.countryHeader?.toLowerCase(),
    rateLimit: raw.rateLimit === false ? undefined : (raw.rateLimit ?? { burst: 300, perSecond: 50 }),
    retention: {
      raw: raw.retention?.raw ?? 7,
      hourly: raw.retention?.hourly ?? 30,
      daily: raw.retention?.daily ?? 400,
    },
    minSamples: raw.minSamples ?? 50,
    webhook: raw.webhook,
    log: raw.log ?? (() => {}),
    now: raw.now ?? Date.now,
  }
}

function orOff(raw: string | false | undefined, env: string | undefined): string | undefined {
  return raw === false ? undefined : (raw ?? (env || undefined))
}
