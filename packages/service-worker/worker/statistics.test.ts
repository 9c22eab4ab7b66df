import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CacheNotice } from '@paceline/kit'
import type { Statistics } from '../shared/messages.ts'
import { StatisticsCounter, type StatisticsStore } from './statistics.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_790_000_000_000 }))
afterEach(() => vi.useRealTimers())

/** Keeps what is written, as a disk does between two runs of a worker. */
class Disk implements StatisticsStore {
  stored: Statistics | undefined
  writes = 0
  fails = false

  async read(): Promise<Statistics | undefined> {
    return this.stored
  }

  async write(statistics: Statistics): Promise<void> {
    if (this.fails) throw new DOMException('full', 'QuotaExceededError')
    this.writes++
    this.stored = statistics
  }
}

function start(disk: Disk): {
  counter: StatisticsCounter
  told: [string, CacheNotice][]
  /** A request of a page; `ended` is what its event waits for. */
  event: (page: string, mode?: 'navigate') => ExtendableEvent
  ended: () => Promise<unknown>
} {
  const told: [string, CacheNotice][] = []
  const waiting: Promise<unknown>[] = []
  const counter = new StatisticsCounter(disk, async (page, notice) => void told.push([page, notice]))
  const event = (page: string, mode?: 'navigate'): ExtendableEvent => {
    const ids = mode ? { clientId: '', resultingClientId: page } : { clientId: page, resultingClientId: '' }
    const waitUntil = (promise: Promise<unknown>): number => waiting.push(promise)
    return { ...ids, request: { mode: mode ?? 'no-cors' }, waitUntil } as unknown as ExtendableEvent
  }
  const ended = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(1000)
    await Promise.all(waiting)
  }
  return { counter, told, event, ended }
}

const stored = (bytes: number): Response => new Response(null, { headers: { 'content-length': String(bytes) } })

test('goes on counting where the worker before it was ended', async () => {
  const disk = new Disk()
  const first = start(disk)
  first.counter.hit('script', stored(100), first.event('a'))
  first.counter.miss('script', first.event('a'))
  await first.ended()
  vi.setSystemTime(1_790_000_900_000)
  const second = start(disk)
  second.counter.hit('script', stored(50), second.event('b'))
  const expected = { since: 1_790_000_000_000, counts: { script: { hits: 2, misses: 1, bytesSaved: 150 } } }
  expect(await second.counter.read()).toEqual(expected)
  await second.ended()
  expect(disk.stored).toEqual(expected)
})

test('writes once for many requests, and keeps each of them until it has', async () => {
  const disk = new Disk()
  const { counter, event, ended } = start(disk)
  for (let index = 0; index < 50; index++) counter.hit('image', stored(1), event('a'))
  expect(disk.writes).toBe(0)
  await ended()
  expect(disk.writes).toBe(1)
  expect(disk.stored?.counts.image?.hits).toBe(50)
})

test('tells each page what was done for it, and nothing twice', async () => {
  const { counter, told, event, ended } = start(new Disk())
  counter.hit('page', stored(10), event('a', 'navigate'))
  counter.hit('style', stored(20), event('a'))
  counter.miss('api', event('b'))
  await ended()
  counter.hit('style', stored(5), event('a'))
  await ended()
  const page = { hits: 1, misses: 0, bytesSaved: 10 }
  expect(told).toEqual([
    ['a', { paceline: 'counted', counts: { page, style: { hits: 1, misses: 0, bytesSaved: 20 } } }],
    ['b', { paceline: 'counted', counts: { api: { hits: 0, misses: 1, bytesSaved: 0 } } }],
    ['a', { paceline: 'counted', counts: { style: { hits: 1, misses: 0, bytesSaved: 5 } } }],
  ])
})

test('counts on where nothing can be stored', async () => {
  const disk = new Disk()
  disk.fails = true
  const { counter, event, ended } = start(disk)
  counter.hit('font', stored(1), event('a'))
  await ended()
  counter.hit('font', stored(1), event('a'))
  await ended()
  expect((await counter.read()).counts.font?.hits).toBe(2)
})
