import Negotiator from 'negotiator'
import { describe, expect, it } from 'vitest'
import { randomSource } from '../../testing/random-source.ts'
import { acceptedCodings } from './accept-encoding.ts'

const accepted = (value: string | undefined): string[] =>
  Object.entries(acceptedCodings(value))
    .filter(([, q]) => q > 0)
    .map(([coding]) => coding)
    .sort()

describe('acceptedCodings', () => {
  it.each([
    [undefined, ['identity']],
    ['', ['identity']],
    ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity', 'zstd']],
    ['gzip, deflate, br, zstd, dcb, dcz', ['br', 'dcb', 'dcz', 'gzip', 'identity', 'zstd']],
    ['GZIP;Q=0.5 , Br', ['br', 'gzip', 'identity']],
    ['x-gzip', ['gzip', 'identity']],
    ['identity;q=0', []],
    ['*;q=0', []],
    ['*;q=0, br', ['br']],
    ['identity;q=0, *', ['br', 'gzip', 'zstd']],
    ['*', ['br', 'gzip', 'identity', 'zstd']],
    ['br;q=0', ['identity']],
    ['br;q=1.5, gzip;q=abc, zstd;q=-1', ['identity']],
    [`${'x,'.repeat(5000)}br`, ['identity']],
    [';;;,,,q=1', ['identity']],
  ])('takes %j for %j', (value, codings) => {
    expect(accepted(value)).toEqual(codings)
  })

  it('wants what is not mentioned less than the least that is', () => {
    const { identity, gzip } = acceptedCodings('gzip;q=0.001')
    expect(gzip).toBeGreaterThan(identity)
    expect(acceptedCodings('*;q=0.3, gzip;q=0.1').identity).toBe(0.3)
  })

  it('accepts what negotiator accepts, whatever the list', () => {
    const random = randomSource(11)
    const names = ['br', 'gzip', 'zstd', 'identity', '*', 'deflate']
    for (let run = 0; run < 2000; run++) {
      const chosen = names.filter(() => random() < 0.5).sort(() => random() - 0.5)
      const value = chosen
        .map((name) => (random() < 0.5 ? name : `${name};q=${(random() * 1.2).toFixed(1)}`))
        .join(', ')
      // Above 1 there is no weight; negotiator takes it for one.
      if (/q=1\.[1-9]/.test(value)) continue
      const available = ['br', 'gzip', 'zstd', 'identity']
      const theirs = new Negotiator({ headers: { 'accept-encoding': value } }).encodings(available).sort()
      expect([value, accepted(value)]).toEqual([value, theirs])
    }
  })
})
