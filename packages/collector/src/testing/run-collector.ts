import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CollectorOptions } from '../options.ts'
import { startCollector } from '../start-collector.ts'
import type { RunningCollector } from '../start-collector.ts'

export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36'

export interface TestCollector extends RunningCollector {
  readonly dir: string
  /** Sends a body as a page does. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Tells of a release. @returns the status */
  push(release: unknown): Promise<number>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  json<Value>(path: string): Promise<Value>
}

/** A collector of a test's own. It ends with the test. */
export async function runCollector(options: CollectorOptions = {}): Promise<TestCollector> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'paceline-collector-')))
  const running = await startCollector(0, { redis: false, clickhouse: false, rateLimit: false, ...options, dir })
  onTestFinished(async () => {
    await running.close()
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true })
  })
  const { url } = running
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers, redirect: 'manual' })
  return {
    ...running,
    dir,
    get,
    post: (body, headers = {}) =>
      fetch(`${url}/__paceline/beacon`, {
        method: 'POST',
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
        headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': BROWSER, ...headers },
      }),
    async push(release) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(release)
      return (await fetch(`${url}/__paceline/api/releases`, { method: 'POST', headers, body })).status
    },
    async json<Value>(path: string) {
      const response = await get(path)
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      return (await response.json()) as Value
    },
  }
}
