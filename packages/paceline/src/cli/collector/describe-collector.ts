import type { Collector, ResolvedCollectorOptions } from '@paceline/collector'
import type { Invocation } from '../command.ts'
import type { Io } from '../io.ts'

/**
 * Says where the dashboard is and what the collector runs with. With a log its first line says that.
 *
 * @param url of the server, without a slash at its end
 */
export function introduce({ options }: Collector, url: string, invocation: Invocation, io: Io): void {
  io.err(`paceline: dashboard at ${url}/__paceline/dashboard/\n`)
  if (!invocation.flag('log')) io.err(`paceline: ${describeCollector(options)}\n`)
}

/** What a collector runs with, in one line without anything secret. */
export function describeCollector(options: ResolvedCollectorOptions): string {
  const { dir, clickhouse, redis, token, trustProxy, rateLimit, webhook, retention } = options
  return [
    `beacons in ${clickhouse === undefined ? dir : `ClickHouse at ${hostOf(clickhouse)}`}`,
    `kept ${retention.raw} days, hours ${retention.hourly}, days ${retention.daily}`,
    token === undefined ? 'no token, for this machine only' : 'token set',
    rateLimit ? `${rateLimit.perSecond} requests/s per client, ${rateLimit.burst} at once` : 'no rate limit',
    redis === undefined ? 'no Redis' : `Redis at ${hostOf(redis)}`,
    ...(trustProxy ? ['behind a proxy'] : []),
    ...(webhook
      ? [`webhook to ${hostOf(webhook.url)}${webhook.secret ? '' : ', not signed: PACELINE_WEBHOOK_SECRET is not set'}`]
      : []),
  ].join('; ')
}

/** Users, passwords and paths of webhooks are secret. */
function hostOf(url: string): string {
  return URL.parse(url)?.host || '(set)'
}
