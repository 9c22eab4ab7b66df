import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Json } from './artifact.ts'
import { cacheKey, kindOfKey } from './cache-key.ts'
import { digestOf } from './digest-of.ts'
import { recipe } from './testing/samples.ts'

it('says namespace, kind, schema, input and settings, and nothing else', () => {
  const settings = createHash('sha256').update('{"a":[1,{"x":null,"y":"ü"}],"b":true}').digest('hex')
  const key = cacheKey('@scope/app', recipe('text', 'brotli', { b: true, a: [1, { y: 'ü', x: null }] }))
  const input = createHash('sha256').update('text').digest('hex')
  expect(key).toBe(`@scope/app:brotli:v1:${input}:${settings}`)
  expect(kindOfKey('@scope/app', key)).toBe('brotli')
  expect(kindOfKey('@scope', key)).toBeUndefined()
})

it('is the same for settings in another order, and another for any other difference', () => {
  const base = recipe('text', 'avif', { quality: 50, effort: 3 })
  const key = cacheKey('app', base)
  expect(cacheKey('app', { ...base, settings: { effort: 3, quality: 50 } })).toBe(key)
  const others = [
    cacheKey('app2', base),
    cacheKey('app', { ...base, kind: 'webp' }),
    cacheKey('app', { ...base, schema: 2 }),
    cacheKey('app', { ...base, input: digestOf('texts') }),
    cacheKey('app', { ...base, settings: { quality: 50, effort: '3' } }),
    cacheKey('app', { ...base, settings: { quality: 50, effort: 3, lossless: null } }),
    cacheKey('app', { ...base, settings: { quality: 50, effort: [3] } }),
  ]
  expect(new Set([key, ...others]).size).toBe(8)
})

it('refuses what would not be the same key everywhere', () => {
  const code = (value: string): unknown => expect.objectContaining({ code: value })
  expect(() => cacheKey('app', recipe('a', 'Brotli'))).toThrow(code('PACELINE_CACHE_KIND_INVALID'))
  expect(() => cacheKey('a:b', recipe('a'))).toThrow(code('PACELINE_CACHE_NAMESPACE_INVALID'))
  expect(() => cacheKey('', recipe('a'))).toThrow(code('PACELINE_CACHE_NAMESPACE_INVALID'))
  expect(() => cacheKey('app', recipe('a', 'x', { n: Number.NaN }))).toThrow(code('PACELINE_CACHE_RECIPE_INVALID'))
  const missing = { n: undefined as unknown as Json }
  expect(() => cacheKey('app', recipe('a', 'x', missing))).toThrow(code('PACELINE_CACHE_RECIPE_INVALID'))
  const path = { ...recipe('a'), input: '/home/me/file.js' as ReturnType<typeof digestOf> }
  expect(() => cacheKey('app', path)).toThrow(code('PACELINE_CACHE_RECIPE_INVALID'))
})
