import type { IncomingMessage, ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import { BEACON_PATH } from '@paceline/kit'
import { Alarm } from './alerts/alarm.ts'
import { QueryCache } from './cache/query-cache.ts'
import type { SharedCache } from './cache/query-cache.ts'
import { Intake } from './intake/intake.ts'
import { TokenBuckets } from './intake/token-bucket.ts'
import type { RateLimiter } from './intake/token-bucket.ts'
import { resolveCollectorOptions } from './options.ts'
import type { CollectorOptions, ResolvedCollectorOptions } from './options.ts'
import type { ReleaseUpload } from './releases/release-upload.ts'
import { createApp } from './server/app.ts'
import { createAuthorisation } from './server/authorise.ts'
import { readDashboard } from './server/dashboard-files.ts'
import { failureLog } from './server/failure-log.ts'
import { LiveTail } from './server/live-tail.ts'
import { createMetrics } from './server/metrics.ts'
import { Readiness } from './server/readiness.ts'
import { Service } from './server/service.ts'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import type { Store } from './store/store.ts'

/** A collector that any server of Node can pass requests on to. */
export interface Collector {
  readonly options: ResolvedCollectorOptions
  /**
   * Answers `/__paceline/…`, `/metrics` and `/health/…`.
   *
   * @param next called for everything else; without it the answer is 404
   */
  handler(request: IncomingMessage, response: ServerResponse, next?: () => void): void
  /** Whether a path, with or without a query, is one of the collector's: what `handler` does not pass on. */
  owns(url: string): boolean
  /**
   * Takes what `paceline release push` would send.
   *
   * @throws `PACELINE_RELEASE_INVALID`
   */
  pushRelease(release: ReleaseUpload): Promise<string>
  /** Waits until all that is stored is in the figures. */
  settle(): Promise<void>
  /** Answers what it has taken, writes everything down, and lets go of the store. */
  close(): Promise<void>
}

/** Answers are as old as this at most. */
const CACHE_TTL = 2000
const SWEEP = 3_600_000
/** One that is started anew every hour sweeps, too; what a crash has left is counted before that. */
const FIRST_SWEEP = 60_000
const UNSIGNED = 'PACELINE_WEBHOOK_SECRET is not set: who gets the webhook cannot tell who sent it.'
const OURS = /^\/(?:__paceline(?:[/?]|$)|metrics(?:\?|$)|health\/)/
const owns = (url: string): boolean => OURS.test(url)

/**
 * Opens a collector.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_COLLECTOR_…`
 */
export async function createCollector(raw?: CollectorOptions): Promise<Collector> {
  const options = resolveCollectorOptions(raw)
  const { now, token, trustProxy, cors, countryHeader, sla, minSamples } = options
  const log = (entry: object): void => options.log(JSON.stringify({ at: new Date(now()).toISOString(), ...entry }))
  const trouble = (reason: string | undefined): void =>
    log(reason === undefined ? { event: 'adding up again' } : { event: 'not adding up', reason })
  const found = (reason: string): void => log({ event: 'lost', reason })
  const store = await openStore(options, trouble, found)
  const shared = await openShared(options)
  const failed = failureLog(log)
  const intake = new Intake({ store, limiter: shared.limiter, cors, trustProxy, countryHeader, now, failed })
  const cache = new QueryCache(CACHE_TTL, now, shared.cache)
  const metrics = createMetrics({ store, counts: intake.counts, cache, sla, now })
  const tail = new LiveTail(store)
  const context = { store, sla, minSamples, now }
  const alarm = new Alarm(context, options.webhook, log)
  let isOpen = true
  const readiness = new Readiness({
    check: () => store.check(),
    changed: (reason) => log(reason === undefined ? { event: 'ready' } : { event: 'not ready', reason }),
  })
  const service = new Service(context, cache)
  const app = await createApp({
    service,
    metrics,
    tail,
    dashboard: await readDashboard(),
    authorise: createAuthorisation(token, trustProxy, now),
    notReady: async () => (isOpen ? readiness.problem() : 'It is being closed.'),
    log,
    now,
  })
  const sweep = (): void => void store.sweep(now()).catch(failed)
  const sweeping = [setTimeout(sweep, FIRST_SWEEP).unref(), setInterval(sweep, SWEEP).unref()]
  alarm.start()
  log({ event: 'open', store: store.kind, ...redacted(options) })
  if (options.webhook && !options.webhook.secret) log({ event: 'unsigned webhook', reason: UNSIGNED })
  return {
    options,
    handler(request, response, next) {
      const { url = '/' } = request
      if (url === BEACON_PATH || url.startsWith(`${BEACON_PATH}?`)) intake.handle(request, response)
      else if (next && !owns(url)) next()
      else app.routing(request, response)
    },
    owns,
    pushRelease: (release) => service.pushRelease(release),
    settle: () => store.settle(),
    async close() {
      if (!isOpen) return
      isOpen = false
      for (const timer of sweeping) clearInterval(timer)
      alarm.stop()
      await intake.close()
      tail.close()
      await app.close()
      metrics.close()
      await shared.close()
      await store.close()
      log({ event: 'closed' })
    },
  }
}

async function openStore(
  { dir, sla, retention, clickhouse }: ResolvedCollectorOptions,
  trouble: (reason: string | undefined) => void,
  found: (reason: string) => void,
): Promise<Store> {
  if (clickhouse === undefined) return openSqliteStore({ dir: resolve(dir), sla, retention, trouble, found })
  const { openClickHouseStore } = await import('./clickhouse/clickhouse-store.ts')
  return openClickHouseStore({ url: clickhouse, sla, retention })
}

interface Shared {
  readonly limiter?: RateLimiter
  readonly cache?: SharedCache
  close(): Promise<void>
}

/** Without Redis both live in this process. */
async function openShared({ rateLimit, redis, now }: ResolvedCollectorOptions): Promise<Shared> {
  if (redis === undefined) {
    return { ...(rateLimit ? { limiter: new TokenBuckets(rateLimit) } : {}), close: async () => {} }
  }
  // It takes a tenth of a second to load, and most collectors have no Redis.
  const [{ openRedis }, { redisCache, redisLimiter }] = await Promise.all([
    import('./redis/redis-link.ts'),
    import('./redis/shared-state.ts'),
  ])
  const link = openRedis(redis, now)
  return {
    ...(rateLimit ? { limiter: redisLimiter(link, rateLimit) } : {}),
    cache: redisCache(link),
    close: () => link.close(),
  }
}

/** What it runs with, without what is secret. */
export function redacted(options: ResolvedCollectorOptions): object {
  const { now: _now, log: _log, sla: _sla, token, webhook, clickhouse, redis, ...rest } = options
  return {
    ...rest,
    token: token === undefined ? 'none' : '(set)',
    ...(webhook ? { webhook: new URL(webhook.url).origin } : {}),
    ...(clickhouse === undefined ? {} : { clickhouse: withoutPassword(clickhouse) }),
    ...(redis === undefined ? {} : { redis: withoutPassword(redis) }),
  }
}

function withoutPassword(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '(set)'
}
