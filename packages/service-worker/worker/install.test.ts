import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import type { PrecacheEntry } from '../shared/manifest.ts'
import { friendlyConcurrency, install } from './install.ts'
import { PrecacheStore } from './precache-store.ts'

afterEach(() => vi.unstubAllGlobals())

const SCOPE = 'https://app.example/'

function entry(url: string, text: string = url, more: Partial<PrecacheEntry> = {}): PrecacheEntry {
  const digest = createHash('sha256').update(text).digest().subarray(0, 8).toString('base64url')
  return { url, isHashed: true, digest, bytes: text.length, ...more }
}

/** The Cache API as far as the store uses it. */
class MemoryCache {
  readonly stored = new Map<string, Response>()
  failsWith: Error | undefined
  async keys(): Promise<{ url: string }[]> {
    return [...this.stored.keys()].map((url) => ({ url }))
  }
  async match(key: string): Promise<Response | undefined> {
    return this.stored.get(key)?.clone()
  }
  async put(key: string, response: Response): Promise<void> {
    if (this.failsWith) throw this.failsWith
    this.stored.set(key, response)
  }
  async delete(key: string): Promise<boolean> {
    return this.stored.delete(key)
  }
}

/** A network that answers with the address of what it is asked for. */
function setUp(answer: (path: string) => Response = (path) => new Response(path)): {
  cache: MemoryCache
  asked: string[]
  most: () => number
} {
  const cache = new MemoryCache()
  const asked: string[] = []
  let running = 0
  let most = 0
  vi.stubGlobal('caches', { open: async () => cache })
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    const path = new URL(url).pathname.slice(1)
    asked.push(path)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running--
    return answer(path)
  })
  return { cache, asked, most: () => most }
}

const many = Array.from({ length: 30 }, (_, index) => entry(`assets/file-${index}.js`))
const options = { store: new PrecacheStore(SCOPE), concurrency: 6 }

test('downloads several files at a time, and no more than it may', async () => {
  const { cache, most } = setUp()
  await install(many, options)
  expect(cache.stored.size).toBe(30)
  expect(most()).toBe(6)
})

test('asks for large and small files in turn, so that the line is busy while small ones wait for answers', async () => {
  const sizes = [10, 50, 30, 20, 40]
  const files = sizes.map((bytes) => entry(`${bytes}.js`, 'x'.repeat(bytes)))
  const { asked } = setUp((path) => new Response('x'.repeat(Number.parseInt(path))))
  await install(files, { ...options, concurrency: 1 })
  expect(asked).toEqual(['50.js', '10.js', '40.js', '20.js', '30.js'])
})

test('goes on where an interrupted installation has ended', async () => {
  const { asked } = setUp((path) => (path.endsWith('-20.js') ? new Response('', { status: 500 }) : new Response(path)))
  await expect(install(many, options)).rejects.toMatchObject({ reason: 'status', url: 'assets/file-20.js' })
  asked.length = 0
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    asked.push(new URL(url).pathname)
    return new Response(new URL(url).pathname.slice(1))
  })
  await install(many, options)
  expect(asked).toEqual(['/assets/file-20.js'])
})

test('is not stopped by a picture that cannot be had', async () => {
  setUp((path) => (path.endsWith('.png') ? new Response('', { status: 404 }) : new Response(path)))
  const problems: string[] = []
  const entries = [entry('photo.png', 'x', { optional: true }), entry('a.js')]
  await install(entries, { ...options, onProblem: ({ url, reason }) => problems.push(`${url} ${reason}`) })
  expect(problems).toEqual(['photo.png status'])
})

test('asks once more past the HTTP cache when what is in there is wrong', async () => {
  let times = 0
  const { asked } = setUp((path) => new Response(times++ === 0 ? 'stale' : path))
  await install([entry('a.js')], options)
  expect(asked).toEqual(['a.js', 'a.js'])
})

test('says that the storage is full', async () => {
  const { cache } = setUp()
  cache.failsWith = new DOMException('full', 'QuotaExceededError')
  await expect(install([entry('a.js')], options)).rejects.toMatchObject({ reason: 'quota' })
})

test('makes room for a file that does not fit until it does', async () => {
  const { cache } = setUp()
  cache.failsWith = new DOMException('full', 'QuotaExceededError')
  let times = 0
  const makeRoom = async (): Promise<boolean> => {
    if (++times === 2) cache.failsWith = undefined
    return true
  }
  await install([entry('a.js')], { ...options, makeRoom })
  expect([times, cache.stored.size]).toEqual([2, 1])
})

test.each([
  [6, undefined, 6],
  [6, { effectiveType: '4g' }, 6],
  [6, { effectiveType: '3g' }, 5],
  [6, { effectiveType: 'slow-2g' }, 2],
  [6, { effectiveType: '4g', saveData: true }, 2],
  [1, { saveData: true }, 1],
])('of %i downloads at a time takes, on %o, %i', (wanted, connection, expected) => {
  expect(friendlyConcurrency(wanted, connection)).toBe(expected)
})

test('takes a page that the server changes by what is in it, and never a captive portal', async () => {
  const page = entry('index.html', '<script src=/assets/a.js></script>', { isHashed: false })
  const isOurs = async (html: string): Promise<boolean> => html.includes('/assets/a.js')
  let html = '<h1>Log in to the Wi-Fi</h1>'
  const { cache } = setUp(() => new Response(html))
  await expect(install([page], { ...options, isOurs })).rejects.toThrow('names nothing that was built')
  expect(cache.stored.size).toBe(0)
  html = '<script nonce=1 src=/assets/a.js></script>'
  await expect(install([page], options)).rejects.toThrow('instead of')
  await install([page], { ...options, isOurs })
  expect(cache.stored.size).toBe(1)
  // As it was built, it needs nothing in it.
  const plain = entry('offline.html', '<h1>no network</h1>', { isHashed: false })
  html = '<h1>no network</h1>'
  await install([plain], { ...options, isOurs })
  expect(cache.stored.size).toBe(2)
})
