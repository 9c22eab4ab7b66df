import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollector } from '@paceline/collector'
import type { CollectorOptions } from '@paceline/collector'
import type { Beacon } from '@paceline/kit'
import { upload } from './visits.ts'

export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36'

export interface TestCollector {
  readonly url: string
  /** Sends beacons as they would arrive at a time. */
  send(beacons: readonly Beacon[], at?: number): Promise<void>
  /** @param release its name, or what `paceline release push` says of it */
  push(release: string | object): Promise<void>
  settle(): Promise<void>
  json<Value>(path: string): Promise<Value>
  close(): Promise<void>
}

/** A collector with a clock that a test sets. */
export async function runCollector(options: CollectorOptions = {}): Promise<TestCollector> {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-e2e-collector-'))
  let time: number | undefined
  const { url, collector, close } = await startCollector(0, {
    dir,
    redis: false,
    clickhouse: false,
    now: () => time ?? Date.now(),
    ...options,
  })
  const post = async (path: string, body: unknown, type: string): Promise<void> => {
    const headers = { 'content-type': type, 'user-agent': BROWSER }
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
  return {
    url,
    async send(beacons, at) {
      time = at
      for (let from = 0; from < beacons.length; from += 50)
        await post('/__paceline/beacon', beacons.slice(from, from + 50), 'text/plain')
      time = undefined
    },
    push: (release) =>
      post('/__paceline/api/releases', typeof release === 'string' ? upload(release) : release, 'application/json'),
    settle: () => collector.settle(),
    json: async <Value>(path: string) => (await (await fetch(`${url}${path}`)).json()) as Value,
    async close() {
      await close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
