import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf, openArtifactStore } from '@paceline/artifact-cache'
import type { ResolvedCacheOptions } from '@paceline/artifact-cache'
import { readReport } from '@paceline/build-graph'
import { startRedis, writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { buildApp, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'

/** An app whose cache holds two results of 5 kB for each kind. */
async function cachedApp(kinds: readonly string[], url?: string): Promise<string> {
  const root = await writeApp({ budgets: false })
  const cache = { dir: 'kept', ...(url === undefined ? {} : { redis: url }) }
  await writeFiles(root, {
    'vite.config.js': `import { paceline } from 'paceline'\nexport default { plugins: [paceline(${JSON.stringify({ cache, budgets: false, chunks: false })})] }\n`,
  })
  const options: ResolvedCacheOptions = {
    dir: `${root}/kept`,
    namespace: 'small-app',
    redis: url === undefined ? undefined : { url, shown: url, timeout: 500, ttl: 1000, cluster: false },
    maxSize: 1e9,
    maxAge: 1e10,
  }
  const store = openArtifactStore(options, { warn: () => {} })
  for (const kind of kinds) {
    for (const input of ['a', 'b']) {
      const recipe = { kind, schema: 1, input: digestOf(input), settings: {} }
      await store.make(recipe, async () => ({ artifact: { bytes: Buffer.alloc(5000, input), info: {} }, ms: 1 }))
    }
  }
  await store.settle()
  await store.close()
  return root
}

describe('cache stats', () => {
  it('lists entries and bytes per tier and kind', async () => {
    const { url } = await startRedis()
    const root = await cachedApp(['brotli', 'avif'], url)
    const { code, out, err } = await runIn(root, 'cache', 'stats')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^disk {2}kept {2}4 entries, 21\.\d+ kB, at most 1000 MB\n {2}avif {4}2 entries {2}10\.\d+ kB\n/,
    )
    expect(out).toContain(`redis  ${url}  4 entries`)
    expect(out).toContain('No build has left its figures yet.')
    const json = JSON.parse((await runIn(root, 'cache', 'stats', '--json')).out) as { tiers: object[] }
    expect(json).toMatchObject({ schemaVersion: 1, namespace: 'small-app', maxSize: 1e9 })
    expect(json.tiers).toMatchObject([{ tier: 'disk', total: { entries: 4 } }, { tier: 'redis' }])
  })

  it('ends with 2 when Redis could not be asked, and tells the rest', async () => {
    const redis = await startRedis()
    const root = await cachedApp(['brotli'], redis.url)
    await redis.kill()
    const { code, out } = await runIn(root, 'cache', 'stats')
    expect(code).toBe(2)
    expect(out).toMatch(/brotli {2}2 entries[\s\S]*could not be told: .*refused the connection/)
  })

  it('says that there is no cache where it is turned off', async () => {
    const root = await writeApp({ budgets: false })
    await writeFiles(root, {
      'vite.config.js':
        "import { paceline } from 'paceline'\nexport default { plugins: [paceline({ cache: false })] }\n",
    })
    const { code, err } = await runIn(root, 'cache', 'stats')
    expect(code).toBe(2)
    expect(err).toContain('PACELINE_CACHE_OFF')
  })
})

describe('cache clear', () => {
  it('removes what the pattern matches from all tiers', async () => {
    const { url } = await startRedis()
    const root = await cachedApp(['brotli', 'avif'], url)
    const { code, out } = await runIn(root, 'cache', 'clear', 'brotli:*')
    expect(code).toBe(0)
    expect(out).toMatch(/^disk {2}kept {2}2 entries of 'brotli:\*' removed, 10\.\d+ kB\nredis .* 2 entries/)
    expect((await runIn(root, 'cache', 'stats')).out).not.toContain('brotli')
  })

  it('ends with 2 when there is nothing of the kind', async () => {
    const root = await cachedApp(['brotli'])
    const { code, err } = await runIn(root, 'cache', 'clear', 'avif:*')
    expect(code).toBe(2)
    expect(err).toContain('`avif:*` matches nothing in the cache, so nothing was cleared. There are: brotli:*.')
  })
})

describe('cache prune', () => {
  it('brings the directory under the size that is named', async () => {
    const root = await cachedApp(['brotli', 'avif'])
    expect((await runIn(root, 'cache', 'prune')).out).toMatch(/^kept {2}0 entries removed, 0 B; 4 entries left, 21/)
    expect((await runIn(root, 'cache', 'prune', '--max-size', '12 kB')).out).toContain('2 entries left')
    const { code, out } = await runIn(root, 'cache', 'prune', '--max-age', '0', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ entries: 2, keptEntries: 0 })
  })

  it('refuses what is no limit', async () => {
    const root = await cachedApp([])
    expect((await runIn(root, 'cache', 'prune', '--max-size', 'much')).err).toContain('PACELINE_SIZE_INVALID')
    expect((await runIn(root, 'cache', 'prune', '--max-age', 'week')).err).toContain('needs a number of days')
  })
})

describe('cache warm', () => {
  it('fills the directory and Redis, so that the next build makes nothing, and leaves no output', async () => {
    const { url } = await startRedis()
    const root = await cachedApp([], url)
    const { code, out, err } = await runIn(root, 'cache', 'warm')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^kept {2}added; 0 results were there already\n {2}brotli {2}\d+ entr/)
    expect(existsSync(join(root, 'dist'))).toBe(false)
    expect(existsSync(join(root, '.paceline'))).toBe(false)
    await rm(join(root, 'kept'), { recursive: true })
    await buildApp(root)
    const { cache } = await readReport(join(root, '.paceline/report.json'))
    expect(cache!.made).toEqual({})
    expect(cache!.tiers[1]!.total.hits).toBeGreaterThan(2)
    const told = (await runIn(root, 'cache', 'stats')).out
    expect(told).toMatch(/Last build: (\d+) of \1 results were there, 100 %/)
    expect(told).toMatch(
      /\n +hits +misses +read +written +saved +errors\n {2}disk brotli +0 +3 +0 B[\s\S]+redis brotli +3 +0 +1\.\d+ kB +0 B +[\d.]+ s +0\n/,
    )
    const again = JSON.parse((await runIn(root, 'cache', 'warm', '--json')).out) as object
    expect(again).toMatchObject({ added: {}, shared: { entries: 0 }, build: { made: {} } })
  })
})
