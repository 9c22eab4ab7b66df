import { expect, it } from 'vitest'
import { LONGEST_MESSAGE } from '../answer/answer.ts'
import { createBodyCache, type CachedBody } from './body-cache.ts'

const owner = (): CachedBody => ({ body: undefined, fixed: undefined, isUsed: false })

it('counts short contents twice, since answers keep them once more behind their head', () => {
  const cache = createBodyCache(10_000_000)
  cache.keep(owner(), Buffer.alloc(LONGEST_MESSAGE))
  expect(cache.bytes).toBe(2 * LONGEST_MESSAGE)
  cache.keep(owner(), Buffer.alloc(LONGEST_MESSAGE + 1))
  expect(cache.bytes).toBe(3 * LONGEST_MESSAGE + 1)
})

it('lets go of what answers keep together with the content, of the one that nobody used first', () => {
  const cache = createBodyCache(2000)
  const [used, unused, last] = [owner(), owner(), owner()]
  for (const one of [used, unused]) {
    cache.keep(one, Buffer.alloc(400))
    one.fixed = 'kept'
  }
  used.isUsed = true
  cache.keep(last, Buffer.alloc(400))
  expect(unused).toMatchObject({ body: undefined, fixed: undefined })
  expect(used).toMatchObject({ body: Buffer.alloc(400), fixed: 'kept' })
  cache.drop(used)
  expect(used).toMatchObject({ body: undefined, fixed: undefined })
  expect(cache.bytes).toBe(800)
})
