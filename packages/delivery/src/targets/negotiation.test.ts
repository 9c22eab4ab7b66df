import { seeded } from '@paceline/testkit/seeded'
import Negotiator from 'negotiator'
import { describe, expect, it } from 'vitest'
import { choices, takesSource } from './negotiation.ts'

describe('what configurations see of a list', () => {
  it('is what negotiator sees in it', () => {
    const random = seeded(7)
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
    const names = ['br', 'gzip', 'zstd', 'dcb', 'dcz']
    for (let times = 0; times < 3000; times++) {
      const entries = Array.from({ length: Math.floor(random() * 5) }, () => {
        const weight = pick([
          '',
          '',
          ';q=1',
          ';q=0',
          ';q=0.0',
          ';q=0.000',
          ';q=0.5',
          '; q=0.001',
          ' ; q=1.0',
          ';q=1.000',
        ])
        return `${pick([...names, 'identity', 'deflate', 'BR', 'brotli', 'x'])}${weight}`
      })
      // Said twice is undefined in the standard.
      const seen = entries.map((entry) => entry.split(';')[0]!.trim().toLowerCase())
      if (new Set(seen).size < seen.length) continue
      const header = entries.join(pick([',', ', ', ' ,  ']))
      const theirs = new Negotiator({ headers: { 'accept-encoding': header } }).encodings(names)
      const ours = names.filter((name) => new RegExp(takesSource(name), 'i').test(header))
      expect([header, ours.sort()]).toEqual([header, [...theirs].sort()])
    }
  })

  it('does not take long, whatever comes', () => {
    const started = performance.now()
    for (const text of [
      'a,'.repeat(4000),
      'br;q='.repeat(1600),
      ' '.repeat(8000),
      `br${' '.repeat(8000)}x`,
      `br;q=0.${'0'.repeat(8000)}`,
    ]) {
      expect(new RegExp(takesSource('br'), 'i').test(text)).toBe(false)
    }
    expect(performance.now() - started).toBeLessThan(500)
  })
})

it('chooses the first of what a file has that is taken', () => {
  const found = new Map(
    choices(['br', 'zstd', 'gzip'], ['zstd,br,gzip', 'gzip', '', 'gzip']).map(([order, flags, chosen]) => [
      `${order}:${flags}`,
      chosen,
    ]),
  )
  expect(found.get('zstd,br,gzip:111')).toBe('zstd')
  expect(found.get('zstd,br,gzip:101')).toBe('br')
  expect(found.get('gzip:110')).toBeUndefined()
  expect(found.get('gzip:001')).toBe('gzip')
  expect(found.size).toBe(7 + 4)
})
