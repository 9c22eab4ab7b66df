import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Beacon, CacheCount } from '@paceline/kit'
import { seeded } from '@paceline/testkit/seeded'
import { expect, it, onTestFinished } from 'vitest'
import { readBeacons } from './intake/read-beacons.ts'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import { beacon, pageId } from './testing/beacons.ts'
import { deliver, NOON } from './testing/describe-store.ts'
import { runCollector } from './testing/run-collector.ts'

const BEACONS = 120_000
const POSTED = 2000

const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -0,
  5e-324,
  2 ** 53,
  1.5,
  '',
  'navigate',
  '0123456789ab',
  '<script>alert(1)</script>',
  "'; DROP TABLE cells; --",
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202e',
  'a'.repeat(5000),
  '__proto__',
  'constructor',
  [],
  {},
  [[[[[[]]]]]],
  { length: 1 },
  { toString: 1 },
  Array.from({ length: 600 }, () => ({ name: 'a', kind: 'api', ms: 1, ok: true })),
]

/** Changes something in a beacon, anywhere. */
function mutate(value: unknown, random: () => number): unknown {
  const hostile = HOSTILE[Math.floor(random() * HOSTILE.length)]
  if (typeof value !== 'object' || value === null || random() < 0.15) return hostile
  const keys = Object.keys(value)
  const key = keys[Math.floor(random() * keys.length)]
  const copy: Record<string, unknown> = { ...value }
  const choice = random()
  if (choice < 0.1) copy[choice < 0.05 ? 'extra' : '__proto__'] = hostile
  else if (key === undefined) return hostile
  else if (choice < 0.2) delete copy[key]
  else copy[key] = mutate(copy[key], random)
  return Array.isArray(value) ? Object.values(copy) : copy
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const NAVS = words('navigate reload back-forward back-forward-cache prerender restore soft-navigation')
const DEVICES = words('mobile tablet desktop')
const KINDS = words('operation api route')
const CACHED = words('page script style image font api other')
const FIELDS = words(
  'v release page seq type route nav device at sampleRate metrics operations operationsTotal culprits bytes caches errors memory',
)

/** What is wrong with a beacon that was taken. Said again in other words, so that a slip in the reader is not repeated here. */
function flawOf(said: Beacon): string | undefined {
  const { v, type, nav, device, release, page, seq, route, at, sampleRate, operations = [], culprits = [] } = said
  const { metrics = {}, bytes = {}, caches = {}, errors = {}, memory = 0, operationsTotal = 0 } = said
  const cached: readonly CacheCount[] = Object.values(caches)
  const sums = [...Object.values(bytes), ...Object.values(errors)] as number[]
  const counts = [seq, operationsTotal, memory, ...sums]
  for (const { hits, misses, bytesSaved } of cached) counts.push(hits, misses, bytesSaved)
  const numbers = [at, sampleRate, ...Object.values(metrics)]
  for (const { ms } of [...operations, ...culprits]) numbers.push(ms)
  const texts = operations.map(({ name }) => name)
  for (const { metric, file, target = '' } of culprits) texts.push(metric, file, target)
  const isFine = {
    counts: counts.every((number) => Number.isSafeInteger(number) && number >= 0),
    numbers: numbers.every((number) => Number.isFinite(number) && number >= 0),
    texts: texts.every((text) => text.length <= 300 && text.isWellFormed() && !text.includes('\u0000')),
    version: v === 1,
    release: /^[0-9a-f]{12}$/.test(release),
    page: page.length === 36,
    route: Number.isInteger(route) && route >= -1,
    type: type === 'opened' || type === 'update',
    nav: NAVS.has(nav),
    device: DEVICES.has(device),
    operations: operations.every(({ kind, ok }) => KINDS.has(kind) && typeof ok === 'boolean'),
    culprits: culprits.every(({ file }) => !/[/\\]/.test(file)),
    caches: Object.keys(caches).every((name) => CACHED.has(name)),
    cached: cached.every((one) => Object.keys(one).length === 3),
    errors: Object.keys(errors).every((name) => name === 'unhandled' || name === 'chunks'),
    fields: Object.keys(said).every((name) => FIELDS.has(name)),
  }
  return Object.entries(isFine).find(([, fine]) => !fine)?.[0]
}

/** A body, and whether nothing was done to it. */
function hostileBody(page: number, random: () => number): { readonly text: string; readonly isWhole: boolean } {
  const whole = {
    ...beacon({ page: pageId(page), seq: Math.floor(random() * 4) }),
    operations: [{ name: 'save', kind: 'operation', ms: random() * 9000, ok: true }],
    culprits: [{ metric: 'inp', file: 'a.js', char: 5, ms: 9, target: 'b' }],
    bytes: { network: 5, http: 5, serviceWorker: 5 },
    caches: { script: { hits: 3, misses: 1, bytesSaved: 900 } },
    errors: { unhandled: 1, chunks: 0 },
  }
  if (random() < 0.3) return { text: JSON.stringify(whole), isWhole: true }
  const text = JSON.stringify(mutate(whole, random)) ?? 'undefined'
  // Some are cut off, some have a byte changed.
  const choice = random()
  const at = Math.floor(random() * text.length)
  if (choice < 0.05) return { text: text.slice(0, at), isWhole: false }
  const changed = text.slice(0, at) + String.fromCharCode(random() * 256) + text.slice(at + 1)
  return { text: choice < 0.1 ? changed : text, isWhole: false }
}

it(`neither crashes nor stores anything malformed over ${BEACONS} generated beacons`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'paceline-fuzz-'))
  const store = await openSqliteStore({ dir, sla: {}, retention: { raw: 7, hourly: 30, daily: 400 } })
  onTestFinished(async () => {
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })
  const random = seeded(2026)
  let stored = 0
  const pages = new Set<string>()
  for (let done = 0; done < BEACONS; done += 1000) {
    const bodies = Array.from({ length: 1000 }, (_, index) => hostileBody((done + index) % 40_000, random))
    const { verdicts } = await store.append(bodies.map(({ text }) => ({ ...deliver([]), body: Buffer.from(text) })))
    for (const [index, { text, isWhole }] of bodies.entries()) {
      if (isWhole) expect(verdicts[index]).toBe('stored')
      const read = readBeacons(Buffer.from(text).toString())
      expect(verdicts[index]).toBe(typeof read === 'string' ? 'invalid' : 'stored')
      if (typeof read === 'string') continue
      stored += read.length
      for (const one of read) {
        expect(flawOf(one)).toBeUndefined()
        pages.add(one.page.toLowerCase())
      }
    }
  }
  await store.settle()
  expect(stored).toBeGreaterThan(BEACONS / 4)
  const filter = { from: NOON - 86_400_000, to: NOON + 86_400_000 }
  const [group] = await store.cells(filter, 'none')
  expect(group!.cell.pages).toBe(pages.size)
  expect((await store.statistics()).behind).toBe(0)
}, 240_000)

it(`answers ${POSTED} of them over HTTP, and has those on disk that it took, as they were sent`, async () => {
  const { post, get, dir } = await runCollector()
  const random = seeded(9)
  const bodies = Array.from({ length: POSTED }, (_, index) => hostileBody(index % 1500, random))
  const taken: string[] = []
  const next = bodies.values()
  const client = async (): Promise<void> => {
    for (const { text, isWhole } of next) {
      const { status } = await post(Buffer.from(text))
      expect(isWhole ? [204] : [204, 400]).toContain(status)
      if (status === 204) taken.push(text)
    }
  }
  await Promise.all(Array.from({ length: 50 }, client))
  expect(taken.length).toBeGreaterThan(POSTED / 4)
  expect(taken.length).toBeLessThan(POSTED / 1.5)
  const kept: string[] = []
  for (const name of (await readdir(dir)).filter((one) => /^raw-.*\.db$/.test(one))) {
    const db = new DatabaseSync(join(dir, name), { readOnly: true })
    for (const { body } of db.prepare('SELECT body FROM raw').iterate())
      kept.push(Buffer.from(body as Uint8Array).toString())
    db.close()
  }
  expect(kept.toSorted()).toEqual(taken.toSorted())
  for (const body of kept) {
    const said = JSON.parse(body) as Beacon | Beacon[]
    for (const one of Array.isArray(said) ? said : [said]) expect(flawOf(one)).toBeUndefined()
  }
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toContain(`paceline_beacon_requests_total{status="204"} ${taken.length}\n`)
  expect(metrics).toContain(`paceline_beacon_requests_total{status="400"} ${POSTED - taken.length}\n`)
  expect((await get('/health/ready')).status).toBe(200)
})
