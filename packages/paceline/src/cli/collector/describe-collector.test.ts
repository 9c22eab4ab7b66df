import { resolveCollectorOptions } from '@paceline/collector'
import { expect, it } from 'vitest'
import { describeCollector } from './describe-collector.ts'

it('says what a collector runs with by default', () => {
  expect(describeCollector(resolveCollectorOptions({ dir: '/var/lib/paceline' }, {}))).toBe(
    'beacons in /var/lib/paceline; kept 7 days, hours 30, days 400; no token, for this machine only; 50 requests/s per client, 300 at once; no Redis',
  )
})

it('keeps what is secret to itself', () => {
  const options = resolveCollectorOptions(
    {
      clickhouse: 'http://paceline:secret1@clickhouse:8123/paceline',
      redis: 'redis://:secret2@redis:6379',
      token: 'secret3-of-some-length',
      webhook: { url: 'https://hooks.example/services/secret4', secret: 'secret5' },
      trustProxy: true,
      rateLimit: false,
    },
    {},
  )
  expect(describeCollector(options)).toBe(
    'beacons in ClickHouse at clickhouse:8123; kept 7 days, hours 30, days 400; token set; no rate limit; Redis at redis:6379; behind a proxy; webhook to hooks.example',
  )
})

it('says that nobody can tell who sent what a webhook gets', () => {
  const options = resolveCollectorOptions({ webhook: { url: 'https://hooks.example/x' } }, {})
  expect(describeCollector(options)).toContain(
    'webhook to hooks.example, not signed: PACELINE_WEBHOOK_SECRET is not set',
  )
})
