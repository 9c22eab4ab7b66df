import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRedis, writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ResolvedCacheOptions } from '../options.ts'
import { artifact, recipe, redisOptions } from '../testing/samples.ts'
import { clearCache, inspectCache, pruneCache } from './inspect-cache.ts'
import { openArtifactStore } from './open-artifact-store.ts'
import type { ArtifactStore } from './open-artifact-store.ts'

async function project(url?: string, more: Partial<ResolvedCacheOptions> = {}): Promise<ResolvedCacheOptions> {
  const dir = await writeFixture({})
  const redis = url === undefined ? undefined : redisOptions(url)
  return { dir, namespace: 'shop', redis, maxSize: 1e9, maxAge: 30 * 86_400_000, ...more }
}

function opened(options: ResolvedCacheOptions): ArtifactStore {
  const store = openArtifactStore(options, {
    warn(message) {
      throw new Error(`A warning that nobody expects: ${message}`)
    },
  })
  onTestFinished(() => store.close())
  return store
}

async function fill(options: ResolvedCacheOptions, kinds: readonly string[], length = 1000): Promise<void> {
  const store = opened(options)
  for (const kind of kinds) {
    for (const input of ['a', 'b']) {
      await store.make(recipe(input, kind), async () => ({ artifact: artifact(length), ms: 100 }))
    }
  }
  await store.settle()
}

describe('inspectCache', () => {
  it('tells entries and bytes of each kind in each tier, and those of others in the directory', async () => {
    const { url } = await startRedis()
    const options = await project(url)
    await fill(options, ['brotli', 'avif'])
    await fill({ ...options, namespace: 'other' }, ['brotli'])
    const [disk, redis] = await inspectCache(options)
    for (const tier of [disk!, redis!]) {
      expect(Object.keys(tier.kinds)).toEqual(['avif', 'brotli'])
      expect(tier.kinds['brotli']!.entries).toBe(2)
      expect(tier.kinds['brotli']!.bytes).toBeGreaterThan(2000)
      expect(tier.total.entries).toBe(4)
    }
    expect(disk!.others.entries).toBe(2)
    expect(redis!.others.entries).toBe(0)
    expect(redis!.place).toBe(url)
  })

  it('says of a Redis that is not there that it could not tell', async () => {
    const redis = await startRedis()
    await redis.kill()
    const options = await project(`redis://:secret@127.0.0.1:${redis.port}`)
    await fill({ ...options, redis: undefined }, ['brotli'])
    const [disk, far] = await inspectCache(options)
    expect(disk!.total.entries).toBe(2)
    expect(far!.problem).toMatch(/redis:\/\/:\*\*\*@127.*refused the connection/)
  })
})

describe('clearCache', () => {
  it('removes what a pattern matches from all tiers, and from this namespace only', async () => {
    const { url } = await startRedis()
    const options = await project(url)
    const other = { ...options, namespace: 'shop2' }
    await fill(options, ['brotli', 'avif', 'avif-score'])
    await fill(other, ['brotli'])
    const cleared = await clearCache(options, 'brotli:*')
    expect(cleared).toMatchObject([
      { tier: 'disk', entries: 2 },
      { tier: 'redis', entries: 2 },
    ])
    const left = async (): Promise<string[][]> => (await inspectCache(options)).map(({ kinds }) => Object.keys(kinds))
    expect(await left()).toEqual([
      ['avif', 'avif-score'],
      ['avif', 'avif-score'],
    ])
    // A kind alone is that kind, and none that begins like it.
    await clearCache(options, 'avif')
    expect(await left()).toEqual([['avif-score'], ['avif-score']])
    await clearCache(options, '*')
    expect(await left()).toEqual([[], []])
    expect((await inspectCache(other))[1]!.total.entries).toBe(2)
  })

  it('fails for a pattern that matches nothing, and says what there is', async () => {
    const options = await project()
    await fill(options, ['brotli'])
    await expect(clearCache(options, 'brotl:*')).rejects.toThrow(
      expect.objectContaining({
        code: 'PACELINE_CACHE_NOTHING_CLEARED',
        message: expect.stringContaining('There are: brotli:*.') as string,
      }),
    )
    await expect(clearCache(options, '../x')).rejects.toThrow(
      expect.objectContaining({ code: 'PACELINE_CACHE_PATTERN_INVALID' }),
    )
  })

  it('removes nothing when Redis cannot be reached', async () => {
    const redis = await startRedis()
    await redis.kill()
    const options = await project(redis.url)
    await fill({ ...options, redis: undefined }, ['brotli'])
    await expect(clearCache(options, '*')).rejects.toThrow(
      expect.objectContaining({ code: 'PACELINE_CACHE_REDIS_UNREACHABLE' }),
    )
    expect((await inspectCache(options))[0]!.total.entries).toBe(2)
  })
})

describe('pruneWhenDue', () => {
  it('prunes when what was written is too much, and not before', async () => {
    const options = await project(undefined, { maxSize: 20_000 })
    const store = opened(options)
    const add = async (input: string): Promise<number | undefined> => {
      await store.make(recipe(input), async () => ({ artifact: artifact(6000), ms: 1 }))
      return (await store.pruneWhenDue())?.entries
    }
    expect([await add('a'), await add('b'), await add('c'), await add('d')]).toEqual([
      undefined,
      undefined,
      undefined,
      2,
    ])
    expect(await add('e')).toBeUndefined()
    expect((await inspectCache(options))[0]!.total.bytes).toBeLessThan(20_000)
  })

  it('is told what to leave by `pruneCache`', async () => {
    const options = await project()
    await fill(options, ['brotli'])
    expect(await pruneCache(options)).toMatchObject({ entries: 0, keptEntries: 2 })
    expect(await pruneCache(options, { maxSize: 0 })).toMatchObject({ entries: 2, keptEntries: 0 })
  })
})

describe('a directory that cannot be written', () => {
  it('is a warning, and no more', async () => {
    const root = await writeFixture({ file: 'no directory' })
    const options = await project(undefined, { dir: join(root, 'file') })
    const warnings: string[] = []
    const store = openArtifactStore(options, { warn: (message) => void warnings.push(message) })
    for (const input of ['a', 'b', 'a']) {
      const made = await store.make(recipe(input), async () => ({ artifact: artifact(10), ms: 1 }))
      expect(made.bytes.byteLength).toBe(10)
    }
    await store.settle()
    expect(await store.pruneWhenDue()).toBeUndefined()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^`cache` cannot use its directory; E\w+/)
    expect(store.statistics().tiers[0]!.total).toMatchObject({ hits: 0, errors: 3, writes: 0 })
  })
})

describe('what is kept', () => {
  it('has no path, no source and no environment in it', async () => {
    const redis = await startRedis()
    const options = await project(redis.url)
    const source = 'const secretOfTheSource = 42'
    process.env['PACELINE_TEST_SECRET'] = 'value-of-the-environment'
    onTestFinished(() => void delete process.env['PACELINE_TEST_SECRET'])
    const store = opened(options)
    await store.make(recipe(source, 'brotli', { quality: 11, encoder: 'brotli 1.1.0' }), async () => ({
      artifact: { bytes: Buffer.from('compressed'), info: { width: 3 } },
      ms: 4,
    }))
    await store.settle()
    const items = await readdir(options.dir, { recursive: true, withFileTypes: true })
    const files = items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name))
    const kept = await Promise.all(files.map((file) => readFile(file, 'latin1')))
    const keys = (await redis.ask('KEYS', '*')).split('\r\n').filter((line) => line.startsWith('paceline:'))
    kept.push(...keys, ...(await Promise.all(keys.map((key) => redis.ask('GET', key)))))
    expect(keys).toHaveLength(1)
    expect(files).toHaveLength(2)
    const all = kept.join('\n')
    expect(all).toContain('compressed')
    for (const secret of [options.dir, process.cwd(), 'secretOfTheSource', 'value-of-the-environment', 'encoder']) {
      expect(all).not.toContain(secret)
    }
  })
})
