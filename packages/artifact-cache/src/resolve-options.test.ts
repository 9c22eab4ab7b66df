import { writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import type { CacheOptions } from './options.ts'
import { checkCacheOptions, resolveCacheOptions } from './resolve-options.ts'

const code = (value: string): unknown => expect.objectContaining({ code: value })

describe('resolveCacheOptions', () => {
  it('keeps results below the root, in the name of its package', async () => {
    const root = await writeFixture({ 'package.json': '{"name":"@a/shop"}' })
    expect(resolveCacheOptions(undefined, { root, env: {} })).toEqual({
      dir: `${root}/node_modules/.cache/paceline`,
      namespace: '@a/shop',
      redis: undefined,
      maxSize: 1e9,
      maxAge: 30 * 86_400_000,
    })
  })

  it('takes Redis from the environment, unless an option says otherwise', async () => {
    const root = await writeFixture({ 'package.json': '{"name":"shop"}' })
    const env = { PACELINE_REDIS_URL: 'redis://me:secret@cache:6380/2' }
    const shown = (options?: CacheOptions): string | undefined =>
      resolveCacheOptions(options, { root, env }).redis?.shown
    expect(shown()).toBe('redis://me:***@cache:6380/2')
    expect(shown({ redis: undefined })).toBe('redis://me:***@cache:6380/2')
    expect(shown({ redis: 'rediss://other' })).toBe('rediss://other')
    expect(shown({ redis: false })).toBeUndefined()
    // What CI makes of a secret that is not there.
    expect(shown({ redis: '' })).toBeUndefined()
    expect(resolveCacheOptions({ redis: { url: 'redis://h', ttl: 2 } }, { root, env }).redis).toEqual({
      url: 'redis://h',
      shown: 'redis://h',
      timeout: 500,
      ttl: 172_800,
      cluster: false,
    })
  })

  it('asks for a namespace when others could be in the same Redis', async () => {
    const root = await writeFixture({ 'package.json': '{}' })
    expect(resolveCacheOptions({}, { root, env: {} }).namespace).toBe('app')
    expect(() => resolveCacheOptions({ redis: 'redis://:pass@h' }, { root, env: {} })).toThrow(
      code('PACELINE_CACHE_NAMESPACE_MISSING'),
    )
    expect(resolveCacheOptions({ redis: 'redis://h', namespace: 'a' }, { root, env: {} }).namespace).toBe('a')
  })
})

describe('checkCacheOptions', () => {
  it.each([
    ['localhost:6379', 'localhost:6379'],
    ['http://h:1', 'http://h:1'],
    ['redis//:hunter2@h', '***@h'],
    ['redis://me:hunter2@h/x', '***@h/x'],
    ['redis://me:hunter2%@h', '***@h'],
    ['redis://?password=hunter2', 'redis://?***'],
  ])('refuses %s, without its password', (url, shown) => {
    const refused = (): unknown => checkCacheOptions({ redis: url })
    expect(refused).toThrow(code('PACELINE_CACHE_REDIS_URL_INVALID'))
    expect(refused).toThrow(`received '${shown}'`)
    expect(refused).not.toThrow('hunter2')
  })

  it('names what is wrong, all at once', () => {
    const options = { maxage: 3, redis: { uri: 'x' } } as unknown as CacheOptions
    const check = (): unknown => checkCacheOptions(options)
    expect(check).toThrow('`cache.maxage` is not an option. Did you mean `maxAge`?')
    expect(check).toThrow('`cache.redis.uri` is not an option. Did you mean `url`?')
    expect(() => checkCacheOptions({ maxSize: 'much' })).toThrow(code('PACELINE_SIZE_INVALID'))
    expect(() => checkCacheOptions({ maxAge: -1 })).toThrow('`cache.maxAge` must not be negative; received -1.')
    expect(() => checkCacheOptions({ redis: 5 as unknown as string })).toThrow('cache.redis')
  })
})
