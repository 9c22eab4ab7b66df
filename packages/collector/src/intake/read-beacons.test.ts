import { MAX_BEACONS } from '@paceline/kit'
import type { Beacon } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { beacon } from '../testing/beacons.ts'
import { readBeacons } from './read-beacons.ts'

const read = (value: unknown): readonly Beacon[] | string => readBeacons(JSON.stringify(value))

describe('readBeacons', () => {
  it('reads one beacon, and as many as kit allows', () => {
    expect(read(beacon())).toEqual([beacon()])
    expect(read(Array.from({ length: MAX_BEACONS }, () => beacon()))).toHaveLength(MAX_BEACONS)
    expect(read(Array.from({ length: MAX_BEACONS + 1 }, () => beacon()))).toBe('number of beacons')
    expect(read([])).toBe('number of beacons')
  })

  it('takes a culprit of which only the element is known, or not even that', () => {
    const culprits = [
      { metric: 'lcp', file: '', char: 0, ms: 280, target: 'main>h1' },
      { metric: 'cls', file: '', char: 0, ms: 0, target: '' },
    ]
    expect(read({ ...beacon(), culprits })).toHaveLength(1)
  })

  it.each([
    ['v', 2],
    ['release', 'DROP TABLE raw'],
    ['release', '../../../etc'],
    ['page', 'x'],
    ['seq', -1],
    ['seq', 1.5],
    ['type', 'closed'],
    ['route', 1e6],
    ['route', '1'],
    ['nav', 'soft'],
    ['device', 'toString'],
    ['at', -5],
    ['at', 1e300],
    ['sampleRate', 0],
    ['sampleRate', 1.1],
    ['metrics', { lcp: 1e12 }],
    ['metrics', { fid: 1 }],
    ['metrics', { lcp: null }],
    ['metrics', []],
    ['operations', [{ name: 'a\u0000b', kind: 'api', ms: 1, ok: true }]],
    ['operations', [{ name: '\ud800', kind: 'api', ms: 1, ok: true }]],
    ['operations', [{ name: '', kind: 'api', ms: 1, ok: true }]],
    ['operations', [{ name: 'a', kind: 'api', ms: 1, ok: 1 }]],
    ['operations', { length: 1 }],
    ['culprits', [{ metric: 'inp', file: '../a.js', char: 1, ms: 1 }]],
    ['bytes', { network: 1, http: 1 }],
  ])('refuses a %s of %j by name', (field, value) => {
    expect(read({ ...beacon(), [field]: value })).toBe(field)
  })

  it('refuses what is no beacon at all', () => {
    expect(readBeacons('{')).toBe('not JSON')
    expect(readBeacons('null')).toBe('not an object')
    expect(readBeacons(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBe('not an object')
    expect(readBeacons(JSON.stringify({ ...beacon(), extra: 1 }))).toBe('unknown field')
    expect(readBeacons(JSON.stringify(beacon()).replace('{', '{"__proto__":{},'))).toBe('unknown field')
    expect(readBeacons(JSON.stringify(beacon()).replace(/"at":\d+/, '"at":1e999'))).toBe('at')
  })

  it('says nothing of the value', () => {
    expect(read({ ...beacon(), nav: '<script>' })).toBe('nav')
  })
})
