import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { describePluginContract, runBuild, smallApp, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { paceline, type PacelineOptions } from './paceline.ts'

describePluginContract<PacelineOptions>({
  name: 'paceline()',
  create: paceline,
  options: {
    budgets: { initial: '20 kB', packages: { 'tiny-format': '5 kB' }, routes: { '/about': '30 kB' } },
    compress: { threshold: 1000 },
    buildGraph: { routes: { '/about': 'src/about.js' } },
  },
  failing: { options: { budgets: { initial: '100 B' } }, code: 'PACELINE_BUDGET_EXCEEDED' },
  changesOutput: false,
  adds: ['paceline-releases.json'],
  async verify({ root, outDir }) {
    const report = await readReport(join(root, '.paceline/report.json'))
    expect(report.budgets.length).toBeGreaterThan(0)
    expect(report.budgets.every((budget) => budget.status === 'pass')).toBe(true)
    expect(await readdir(outDir)).toContain('robots.txt.br')
  },
})

describe.each(viteVersions)('paceline() on Vite %d', (vite) => {
  test('measures a library, adds nothing to it, and says so', async () => {
    const root = await writeFixture({ 'index.js': `export const text = ${JSON.stringify('text '.repeat(900))}` })
    const lib = { entry: 'index.js', formats: ['es' as const], fileName: 'index' }
    const { log } = await runBuild({ vite, root, plugins: paceline(), config: { build: { lib } } })
    expect(await readdir(join(root, 'dist'))).toEqual(['index.mjs'])
    expect((await readReport(join(root, '.paceline/report.json'))).files.map(({ file }) => file)).toEqual(['index.mjs'])
    expect(log.info.filter((line) => line.includes('`build.lib` makes a library'))).toHaveLength(1)
    expect(log.warn).toEqual([])
  })

  test('fails with the file, the line and the bytes when an import overruns a budget', async () => {
    const root = await writeFixture({
      ...smallApp,
      'src/greet.js': "import { format } from 'tiny-format'\n\nexport const greet = (name) => format(name)\n",
      'node_modules/tiny-format/index.js': `export const format = (text) => text + ${JSON.stringify('heavy '.repeat(500))}\n`,
    })
    const failed = runBuild({ vite, root, plugins: paceline({ budgets: { packages: { 'tiny-format': '10 B' } } }) })
    const error = await failed.catch((reason: unknown) => reason)
    expect(String((error as Error).message)).toMatch(/tiny-format/)
    expect(String((error as Error).message)).toMatch(/src\/(?:main\.js:4|greet\.js:1)/)
    const report = await readReport(join(root, '.paceline/report.json'))
    const budget = report.budgets.find((result) => result.subject === 'tiny-format')
    expect(budget).toMatchObject({ status: 'fail', limit: 10 })
  })
})

describe.each(viteVersions)('paceline() with a cache on Vite %d', (vite) => {
  test('reports what compression and the cache did, of every file, and makes nothing twice', async () => {
    const root = await writeFixture({ ...smallApp, 'public/film.mp4': Buffer.alloc(40_000, 'not really a film') })
    const build = async (): Promise<BuildReport> => {
      await runBuild({ vite, root, plugins: paceline() })
      return readReport(join(root, '.paceline/report.json'))
    }
    const first = await build()
    const listed = first.ledger!.map(({ file, status, why }) => [file, why ?? status])
    expect(Object.fromEntries(listed)).toMatchObject({
      'robots.txt': 'compressed',
      'index.html': 'below the threshold',
      'film.mp4': 'not included',
    })
    expect(first.ledger!.map(({ file }) => file)).toEqual(first.files.map(({ file }) => file))
    expect(first.cache!.made).toMatchObject({ brotli: { count: expect.any(Number) }, zstd: {} })
    const second = await build()
    expect(second.cache).toMatchObject({ made: {}, tiers: [{ tier: 'disk', total: { misses: 0, damaged: 0 } }] })
    expect({ ...second, cache: undefined }).toEqual({ ...first, cache: undefined })
  })

  test('builds again into an output that is not emptied, and leaves no sibling of what it writes last', async () => {
    const root = await writeFixture(smallApp)
    for (const text of ['one', 'two', 'three']) {
      await writeFiles(root, { 'src/about.js': `export const about = '${text}'\n` })
      const plugins = paceline({
        compress: { threshold: 0 },
        serviceWorker: true,
        chunks: { strategy: 'planned', stable: true },
      })
      const { log } = await runBuild({ vite, root, plugins, config: { build: { emptyOutDir: false } } })
      expect(log.warn.filter((line) => line.includes('paceline'))).toEqual([])
    }
    const files = await readdir(join(root, 'dist'))
    expect(files.filter((file) => file.startsWith('paceline-releases'))).toEqual(['paceline-releases.json'])
  })

  test('keeps nothing when the cache is off', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: paceline({ cache: false }) })
    expect(await readdir(join(root, 'node_modules'))).toEqual(['tiny-format'])
    expect(await readdir(join(root, 'dist'))).toContain('robots.txt.br')
  })
})

test('names an unknown option and the nearest known one', () => {
  expect(() => paceline({ budget: {} } as unknown as PacelineOptions)).toThrow(/`paceline\.budget`.*`budgets`/)
})
