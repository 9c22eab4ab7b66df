import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { promisify } from 'node:util'
import { writeFixture } from '@paceline/testkit'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { parse } from 'yaml'
import { beaconOf, BROWSER } from '../testing/beacon.ts'
import { runUntilStopped } from '../testing/run-serve.ts'

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly expose?: readonly string[]
  readonly ports?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

const FILE = new URL('../../../../collector/ops/docker-compose.yml', import.meta.url)
const SECRETS = { PACELINE_COLLECTOR_TOKEN: 'sixteen or more characters', CLICKHOUSE_PASSWORD: 'pass1' }

/** As Compose replaces `${NAME:?what it is}`. */
function resolved(text: string): string {
  return text.replaceAll(/\$\{(\w+):\?[^}]+\}/g, (_, name: keyof typeof SECRETS) => SECRETS[name])
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('the example for docker-compose', () => {
  let services: Readonly<Record<string, Service>>
  beforeAll(async () => {
    services = (parse(resolved(await readFile(FILE, 'utf8'))) as { services: typeof services }).services
  })

  it('runs the collector with flags and environment that it reads, on the stores that it names', async () => {
    const { command, environment, healthcheck } = services['collector']!
    const asked: URLSearchParams[] = []
    const users: (string | undefined)[] = []
    const clickhouse = createServer((request, response) => {
      asked.push(new URL(request.url!, 'http://clickhouse').searchParams)
      users.push(request.headers.authorization)
      request.resume().on('end', () => response.end())
    })
    let saidToRedis = ''
    const redis = createTcpServer((socket) => socket.on('data', (data) => void (saidToRedis += String(data))))
    const hosts = {
      'clickhouse:8123': `127.0.0.1:${await listen(clickhouse)}`,
      'redis:6379': `127.0.0.1:${await listen(redis)}`,
    }
    for (const [name, value] of Object.entries(environment!))
      vi.stubEnv(
        name,
        value.replace(/clickhouse:8123|redis:6379/, (host) => hosts[host as keyof typeof hosts]),
      )
    onTestFinished(() => void vi.unstubAllEnvs())

    const [bin, ...args] = command!
    expect(bin).toBe('node_modules/.bin/paceline')
    const { url, err, stop } = await runUntilStopped(await writeFixture({}), [...args, '--port', '0'])
    const local = url.replace('0.0.0.0', '127.0.0.1')
    expect(JSON.parse(err().split('\n')[0]!)).toMatchObject({
      event: 'open',
      store: 'clickhouse',
      host: '0.0.0.0',
      trustProxy: true,
      token: '(set)',
      redis: hosts['redis:6379'],
    })
    const body = JSON.stringify(beaconOf(1, {}))
    const sent = await fetch(`${local}/__paceline/beacon`, { method: 'POST', body, headers: { 'user-agent': BROWSER } })
    expect(sent.status).toBe(204)
    expect(asked.some((query) => query.get('query')?.startsWith('INSERT INTO paceline_'))).toBe(true)
    expect(new Set(asked.map((query) => query.get('database')))).toEqual(new Set(['paceline']))
    const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = services['clickhouse']!.environment!
    expect(new Set(users)).toEqual(new Set([`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`]))
    expect(services['clickhouse']!.environment!['CLICKHOUSE_DB']).toBe('paceline')
    expect(saidToRedis).toContain('EVAL')

    // What Docker would ask inside of the container.
    const [, program, flag, script = ''] = healthcheck!.test
    expect(program).toBe('node')
    const check = (): Promise<unknown> =>
      promisify(execFile)(process.execPath, [flag!, script.replace('127.0.0.1:4318', new URL(local).host)])
    await check()
    expect(await stop()).toBe(0)
    await expect(check()).rejects.toMatchObject({ code: 1 })
  })

  it('exposes the port of `paceline collect` to its own network alone, and waits for stores that say they are healthy', async () => {
    const { collect } = await import('../commands/collect.ts')
    const { expose, healthcheck, environment, depends_on: needs } = services['collector']!
    expect(collect.options['port']!.help).toContain(`default: ${expose![0]!}`)
    expect(healthcheck!.test.join(' ')).toContain(`127.0.0.1:${expose![0]!}/health/ready`)
    const hosts = ['PACELINE_CLICKHOUSE_URL', 'PACELINE_REDIS_URL'].map((name) => new URL(environment![name]!).hostname)
    expect(Object.entries(needs!)).toEqual(hosts.map((host) => [host, { condition: 'service_healthy' }]))
    for (const host of hosts) expect(services[host]!.healthcheck).toBeDefined()
    for (const { image, ports } of Object.values(services)) {
      expect(image).toMatch(/^[\w/-]+:\d+(?:\.\d+)*(?:-slim)?$/)
      expect(ports).toBeUndefined()
    }
  })
})
