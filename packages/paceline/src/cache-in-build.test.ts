import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import {
  hashDirectory,
  runBuild,
  smallApp,
  startRedis,
  viteVersions,
  writeFiles,
  writeFixture,
} from '@paceline/testkit'
import type { BuildLog, TestRedis, ViteVersion } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paceline } from './paceline.ts'

const PAGES = 30

/** An app with pages that are worth compressing. */
async function writeApp(): Promise<string> {
  const pages = Array.from({ length: PAGES }, (_, page) => {
    const words = Array.from({ length: 400 }, (_, word) => `w${(word * (page + 7919)) % 9973}`)
    return [`src/pages/page-${page}.js`, `export const text = ${JSON.stringify(words.join(' '))}\n`] as const
  })
  const imports = pages.map(([file]) => `() => import('./${file.slice(4)}')`)
  return writeFixture({
    ...smallApp,
    ...Object.fromEntries(pages),
    'src/pages.js': `export const pages = [${imports.join(', ')}]\n`,
    'src/main.js': `${String(smallApp['src/main.js'])}\nimport { pages } from './pages.js'\nfor (const page of pages) page().then(console.log)\n`,
  })
}

interface Built {
  readonly cache: NonNullable<BuildReport['cache']>
  readonly files: Record<string, string>
  readonly log: BuildLog
}

async function build(vite: ViteVersion, root: string, redis: string): Promise<Built> {
  const plugins = paceline({ cache: { redis }, budgets: false })
  const { log } = await runBuild({ vite, root, plugins })
  const { cache } = await readReport(join(root, '.paceline/report.json'))
  return { cache: cache!, files: await hashDirectory(join(root, 'dist')), log }
}

/** Does something once the first results of Redis have arrived in the directory. */
function onceSomeArrived(root: string, work: () => unknown): void {
  const index = join(root, 'node_modules/.cache/paceline/index-v5')
  const timer = setInterval(() => {
    if (!existsSync(index) || readdirSync(index).length < 4) return
    clearInterval(timer)
    work()
  }, 1)
  onTestFinished(() => clearInterval(timer))
}

/** Leaves nothing of what a build has kept, as a fresh checkout does. */
async function checkOut(root: string): Promise<void> {
  for (const dir of ['node_modules/.cache', 'dist', '.paceline'])
    await rm(join(root, dir), { recursive: true, force: true })
}

describe.each(viteVersions)('the cache in builds on Vite %d', (vite) => {
  it('makes everything once, and gets it from the directory, or from Redis after a fresh checkout', async () => {
    const root = await writeApp()
    const { url } = await startRedis()
    const first = await build(vite, root, url)
    const made = Object.values(first.cache.made).reduce((sum, { count }) => sum + count, 0)
    expect(made).toBeGreaterThan(PAGES)
    const second = await build(vite, root, url)
    expect(second.cache.made).toEqual({})
    expect(second.cache.tiers.map(({ total }) => [total.hits, total.misses])).toEqual([
      [made, 0],
      [0, 0],
    ])
    await checkOut(root)
    const third = await build(vite, root, url)
    expect(third.cache.made).toEqual({})
    expect(third.cache.tiers.map(({ total }) => [total.hits, total.misses])).toEqual([
      [0, made],
      [made, 0],
    ])
    expect([second.files, third.files]).toEqual([first.files, first.files])
  })

  it('makes only what has changed', async () => {
    const root = await writeApp()
    const { url } = await startRedis()
    await build(vite, root, url)
    await writeFiles(root, { 'src/pages/page-3.js': `export const text = ${JSON.stringify('changed '.repeat(300))}\n` })
    const { cache } = await build(vite, root, url)
    const made = Object.values(cache.made).reduce((sum, { count }) => sum + count, 0)
    expect(made).toBeGreaterThan(0)
    expect(cache.tiers[0]!.total.hits).toBeGreaterThan(made)
  })

  const faults: Readonly<Record<string, (redis: TestRedis) => unknown>> = {
    'is killed': (redis) => redis.kill(),
    stalls: (redis) => redis.stall(),
  }
  it.each(Object.keys(faults))(
    'goes on with the same bytes and one warning when Redis %s in the middle',
    async (name) => {
      const root = await writeApp()
      const redis = await startRedis()
      const first = await build(vite, root, redis.url)
      await checkOut(root)
      // Half of it is to be made: what is made later than the fault has to be written to a Redis that is gone.
      const keys = (await redis.ask('KEYS', '*')).split('\r\n').filter((line) => line.startsWith('paceline:'))
      await redis.ask('UNLINK', ...keys.filter((_, index) => index % 2 === 0))
      onceSomeArrived(root, () => faults[name]!(redis))
      const { files, log, cache } = await build(vite, root, redis.url)
      expect(files).toEqual(first.files)
      expect(log.warn.filter((message) => message.includes('cache.redis'))).toHaveLength(1)
      const { total, reason } = cache.tiers[1]!
      expect(total.hits).toBeGreaterThan(0)
      expect(total.misses).toBeGreaterThan(0)
      expect(reason).toMatch(name === 'stalls' ? /did not answer within 500 ms/ : /refused|closed/)
      const again = await build(vite, root, redis.url)
      expect(again.files).toEqual(first.files)
      expect(again.cache.made).toEqual({})
    },
  )
})
