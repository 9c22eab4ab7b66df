import { afterEach, expect, test, vi } from 'vitest'
import type { PrecacheEntry } from '../shared/manifest.ts'
import { PrecacheStore } from './precache-store.ts'
import type { StatisticsCounter } from './statistics.ts'

// Workbox says what it does, to a worker's global.
vi.stubGlobal('__WB_DISABLE_DEV_LOGS', true)
const { PrecacheRoute } = await import('./precache-route.ts')

afterEach(() => vi.unstubAllGlobals())

const film: PrecacheEntry = { url: 'film.mp4', digest: 'aaaaaaaaaaa', bytes: 10, isHashed: false, optional: true }
const statistics = { hit: () => {}, miss: () => {} } as unknown as StatisticsCounter

test('gives a refusal as it is to who asks for a part of a file that is stored no more', async () => {
  vi.stubGlobal('caches', { open: async () => ({ match: async () => undefined }) })
  vi.stubGlobal('fetch', async () => new Response('not here, and nowhere else', { status: 404 }))
  const store = new PrecacheStore('https://app.example/')
  const route = new PrecacheRoute(store, [film], { isOurs: undefined, statistics })
  const request = new Request('https://app.example/film.mp4', { headers: { range: 'bytes=0-3' } })
  const response = await route.answer(film, request, {} as ExtendableEvent)
  expect([response.status, await response.text()]).toEqual([404, 'not here, and nowhere else'])
})
