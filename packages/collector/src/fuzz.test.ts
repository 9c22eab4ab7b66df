import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Beacon } from '@paceline/kit'
import { seeded } from '@paceline/testkit/seeded'
import { expect, it, onTestFinished } from 'vitest'
import { readBeacons } from './intake/read-beacons.ts'
import { openSqliteStore } from './sqlite/sqlite-store.ts'
import { beacon, pageId } from './testing/beacons.ts'
import { deliver, NOON } from './testing/describe-store.ts'

const BEACONS = 120_000

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

/** Said again in other words, so that a slip in the reader is not repeated here. */
function expectSane({ release, page, seq, route, at, sampleRate, metrics, operations, culprits, bytes }: Beacon): void {
  const numbers = [seq, at, sampleRate, ...Object.values(metrics ?? {}), ...Object.values(bytes ?? {})]
  for (const { ms } of [...(operations ?? []), ...(culprits ?? [])]) numbers.push(ms)
  expect(numbers.every((number) => Number.isFinite(number) && number >= 0)).toBe(true)
  expect(release).toMatch(/^[0-9a-f]{12}$/)
  expect(page.length).toBe(36)
  expect(route).toBeGreaterThanOrEqual(-1)
  const texts = [
    ...(operations ?? []).map(({ name }) => name),
    ...(culprits ?? []).flatMap(({ file, target = '' }) => [file, target]),
  ]
  for (const text of texts) expect(text.length <= 300 && text.isWellFormed() && !text.includes('\u0000')).toBe(true)
  for (const { file } of culprits ?? []) expect(file).not.toMatch(/[/\\]/)
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
    const texts = Array.from({ length: 1000 }, (_, index) => {
      const whole = {
        ...beacon({ page: pageId((done + index) % 40_000), seq: Math.floor(random() * 4) }),
        operations: [{ name: 'save', kind: 'operation', ms: random() * 9000, ok: true }],
        culprits: [{ metric: 'inp', file: 'a.js', char: 5, ms: 9, target: 'b' }],
        bytes: { network: 5, http: 5, serviceWorker: 5 },
      }
      const text = JSON.stringify(random() < 0.3 ? whole : mutate(whole, random)) ?? 'undefined'
      // Some are cut off, some have a byte changed.
      if (random() < 0.05) return text.slice(0, Math.floor(random() * text.length))
      const at = Math.floor(random() * text.length)
      return random() < 0.05 ? text.slice(0, at) + String.fromCharCode(random() * 256) + text.slice(at + 1) : text
    })
    const { verdicts } = await store.append(texts.map((text) => ({ ...deliver([]), body: Buffer.from(text) })))
    for (const [index, text] of texts.entries()) {
      const read = readBeacons(Buffer.from(text).toString())
      expect(verdicts[index]).toBe(typeof read === 'string' ? 'invalid' : 'stored')
      if (typeof read === 'string') continue
      stored += read.length
      for (const one of read) {
        expectSane(one)
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
