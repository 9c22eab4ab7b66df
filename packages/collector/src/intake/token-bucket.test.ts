import { describe, expect, it } from 'vitest'
import { isBot } from './bots.ts'
import { TokenBuckets } from './token-bucket.ts'

describe('TokenBuckets', () => {
  it('lets a burst through, then as many as come in per second, and says how long to wait', () => {
    const buckets = new TokenBuckets({ burst: 3, perSecond: 0.5 })
    expect([0, 0, 0, 0].map((now) => buckets.take('a', now))).toEqual([0, 0, 0, 2])
    expect(buckets.take('b', 0)).toBe(0)
    expect(buckets.take('a', 1000)).toBe(1)
    expect(buckets.take('a', 2000)).toBe(0)
  })

  it('takes a clock that goes back for one that stands still', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 })
    expect([5000, 1000, 1500].map((now) => buckets.take('a', now))).toEqual([0, 1, 1])
  })

  it('remembers a busy client while a million strangers pass, in bounded memory', () => {
    const buckets = new TokenBuckets({ burst: 2, perSecond: 0.001 })
    let refused = 0
    for (let stranger = 0; stranger < 1_000_000; stranger++) {
      buckets.take(`stranger ${stranger}`, stranger)
      if (stranger % 1000 === 0 && buckets.take('busy', stranger) > 0) refused++
    }
    expect(refused).toBeGreaterThan(990)
  })
})

describe('isBot', () => {
  it.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0 Safari/537.36', true],
    ['', true],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36', false],
    ['Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36', false],
  ])('%s: %s', (userAgent, expected) => {
    expect(isBot(userAgent)).toBe(expected)
  })
})
