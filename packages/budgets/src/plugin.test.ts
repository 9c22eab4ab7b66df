import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { buildGraph, readReport, type BudgetResult } from '@paceline/build-graph'
import { errorCodes } from '@paceline/kit'
import {
  describePluginContract,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
  type FixtureFiles,
  type ViteVersion,
} from '@paceline/testkit'
import type { Plugin, PluginOption, Rollup } from 'vite'
import { describe, expect, it, vi } from 'vitest'
import { diskFiles } from './adapters/disk-files.ts'
import { verifyDist } from './core/verify-dist.ts'
import type { BudgetsOptions } from './options.ts'
import { budgets, findBudgets } from './plugin.ts'

const strip = stripVTControlCharacters

/** The small app with a heavy package on an eager page. */
const heavyApp: FixtureFiles = {
  ...smallApp,
  'src/greet.js': [
    '// the line of the import matters',
    "import { data } from 'moment-like'",
    'export const greet = (name) => name + data.length',
  ].join('\n'),
  'node_modules/moment-like/package.json': JSON.stringify({
    name: 'moment-like',
    version: '2.30.1',
    type: 'module',
    main: 'index.js',
  }),
  'node_modules/moment-like/index.js': `export const data = ${JSON.stringify(
    Array.from({ length: 400 }, (_, n) => `${(n * 7919) % 1000}/${(n * 104729) % 9973}`),
  )}.filter(() => Math.random() > 0)\n`,
}

const results = async (root: string): Promise<Map<string, BudgetResult>> => {
  const report = await readReport(join(root, '.paceline/report.json'))
  return new Map(report.budgets.map((result) => [result.name, result]))
}
const failed = async (vite: ViteVersion, root: string, options: BudgetsOptions, logLevel?: 'silent'): Promise<Error> =>
  runBuild({ vite, root, plugins: budgets(options), config: logLevel ? { logLevel } : {} }).then(
    () => Promise.reject(new Error('the build passed')),
    (error: Error) => error,
  )

describePluginContract<BudgetsOptions>({
  name: 'budgets',
  create: budgets,
  options: {
    initial: '20 kB',
    css: '5 kB',
    routes: { '*': { firstLoad: '50 kB', requests: 20, depth: 5 } },
    packages: { 'tiny-format': '1 kB' },
    total: { limit: '1 MB', encoding: 'raw' },
    files: { '**/*.js': { each: '50 kB' } },
    strict: true,
    exempt: ['robots.txt'],
  },
  failing: { options: { initial: '10 B' }, code: 'PACELINE_BUDGET_EXCEEDED' },
  changesOutput: false,
  async verify({ root, outDir }) {
    const report = await readReport(join(root, '.paceline/report.json'))
    expect(report.budgets.map(({ name }) => name)).toContain('initial')
    verifyDist(report, await diskFiles(outDir))
  },
})

describe.each(viteVersions)('budgets on Vite %d', (vite) => {
  it('keeps the verdicts in the report and prints one line when all hold', async () => {
    const root = await writeFixture(smallApp)
    const { log } = await runBuild({ vite, root, plugins: budgets({ initial: '20 kB', routes: { '*': '50 kB' } }) })
    const saved = await results(root)
    expect([...saved.keys()]).toEqual(['initial', 'route / firstLoad', 'route src/about.js firstLoad'])
    expect(new Set([...saved.values()].map(({ status }) => status))).toEqual(new Set(['pass']))
    const block = log.info.map((line) => strip(line)).find((line) => line.startsWith('paceline'))
    expect(block).toMatch(/^paceline ✓ 3 budgets hold, tightest: initial .* left \(\d+\.?\d* %\)$/)
    expect(log.warn).toEqual([])
  })

  it('writes the pages beside the report, also when the build fails', async () => {
    const root = await writeFixture(heavyApp)
    const error = await failed(vite, root, { initial: '500 B' })
    expect(strip(error.message)).toContain(`details in ${join('.paceline', 'report.html')}`)
    await expect(readFile(join(root, '.paceline/report.html'), 'utf8')).resolves.toContain('moment-like')
    await expect(readFile(join(root, '.paceline/treemap.html'), 'utf8')).resolves.toContain('moment-like')
  })

  it('fails with every overrun in one block that names the line, the chain and the bytes', async () => {
    const root = await writeFixture(heavyApp)
    const error = await failed(vite, root, { initial: '500 B', css: '10 B', packages: { 'moment-like': 0 } })
    expect(errorCodes(error)).toContain('PACELINE_BUDGET_EXCEEDED')
    const message = strip(error.message)
    expect(message).toContain('✗ initial  ')
    expect(message).toContain('✗ css  ')
    expect(message).toContain('✗ package moment-like  ')
    expect(message).toMatch(/src\/greet\.js:2 → moment-like {2}removing it saves [\d.]+ k?B/)
    expect(message).toContain('via index.html → src/main.js:3 → src/greet.js')
    const saved = await results(root)
    const moment = saved.get('package moment-like')!
    expect(moment).toMatchObject({ status: 'fail', limit: 0 })
    expect(saved.get('initial')?.explain?.chains[0]).toMatchObject({ subject: 'moment-like', saves: moment.actual })
  })

  it('fails with the same message when the log level is silent', async () => {
    const root = await writeFixture(heavyApp)
    const { message } = await failed(vite, root, { initial: '500 B' }, 'silent')
    expect(strip(message)).toContain('src/greet.js:2 → moment-like')
  })

  it('only warns on overruns of that severity, and on its own defaults', async () => {
    const root = await writeFixture(heavyApp)
    const { log } = await runBuild({ vite, root, plugins: budgets({ severity: 'warn', initial: '500 B' }) })
    expect(log.warn.map((line) => strip(line)).join('\n')).toContain('! initial  ')
    expect((await results(root)).get('initial')?.status).toBe('warn')
  })

  it('compares with a saved report and names what came in', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: budgets() })
    const saved = await readFile(join(root, '.paceline/report.json'), 'utf8')
    await writeFile(join(root, '.paceline/baseline.json'), saved)
    await writeFiles(root, heavyApp)
    const error = await failed(vite, root, { baseline: '.paceline/baseline.json', maxGrowth: '100 B' })
    const message = strip(error.message)
    expect(message).toMatch(/✗ growth initial {2}.*limit 100 B/)
    expect(message).toMatch(/grew +moment-like \+[\d.]+ k?B \(new\)/)
  })

  it('refuses a baseline that is not there', async () => {
    const root = await writeFixture(smallApp)
    const error = await failed(vite, root, { baseline: 'gone.json' })
    expect(errorCodes(error)).toContain('PACELINE_BASELINE_UNREADABLE')
    expect(error.message).toContain("received 'gone.json'")
  })

  it('refuses a budget that matches nothing', async () => {
    const root = await writeFixture(smallApp)
    const error = await failed(vite, root, { chunks: { vendr: '1 kB' } })
    expect(errorCodes(error)).toContain('PACELINE_BUDGET_NO_MATCH')
  })

  it('reads a size-limit file relative to the root', async () => {
    const sizeLimit = [{ name: 'all JS', path: 'dist/assets/*.js', limit: '1 B' }]
    const root = await writeFixture({
      ...smallApp,
      'config/.size-limit.json': JSON.stringify([{ ...sizeLimit[0], path: '../dist/assets/*.js' }]),
    })
    const error = await failed(vite, root, { sizeLimit: 'config/.size-limit.json' })
    expect(strip(error.message)).toContain('✗ all JS  ')
    const { files } = await readReport(join(root, '.paceline/report.json'))
    const scripts = files.filter(({ kind }) => kind === 'js')
    expect((await results(root)).get('all JS')?.actual).toBe(scripts.reduce((sum, { brotli }) => sum + brotli, 0))
  })

  it('uses a build graph that is configured before it, and brings one when there is none', async () => {
    const root = await writeFixture(smallApp)
    const plugins: PluginOption = [buildGraph({ dir: '.graph' }), budgets()]
    await runBuild({ vite, root, plugins })
    await expect(readReport(join(root, '.graph/report.json'))).resolves.toMatchObject({
      budgets: expect.arrayContaining([expect.objectContaining({ name: 'initial' })]),
    })
    await expect(readReport(join(root, '.paceline/report.json'))).rejects.toThrow(/no such file/)
  })

  it('leaves the word to a plugin behind it that cannot write', async () => {
    const root = await writeFixture(smallApp)
    const failing: Plugin = {
      name: 'failing',
      enforce: 'post',
      writeBundle() {
        throw new Error('the disk is full')
      },
    }
    const build = runBuild({ vite, root, plugins: [budgets({ initial: '1 kB' }), failing] })
    await expect(build).rejects.toThrow('the disk is full')
  })

  it('reports an overrun in watch mode and goes on watching', async () => {
    const root = await writeFixture(heavyApp)
    const { output, log } = await runBuild({
      vite,
      root,
      plugins: budgets({ initial: '500 B' }),
      config: { build: { watch: {} } },
    })
    const watcher = output as Rollup.RollupWatcher
    const verdicts = (): number => log.error.filter((line) => strip(line).includes('✗ initial')).length
    try {
      await vi.waitFor(() => expect(verdicts()).toBe(1), { timeout: 15_000, interval: 50 })
      await appendFile(join(root, 'src/greet.js'), '\nconsole.log("changed")\n')
      await vi.waitFor(() => expect(verdicts()).toBe(2), { timeout: 15_000, interval: 50 })
    } finally {
      await watcher.close()
    }
  })
})

describe('findBudgets', () => {
  it('gives commands the resolved budgets of a config', () => {
    const plugins: Plugin[] = budgets({ initial: '1 kB' })
    expect(findBudgets(plugins)?.budgets.initial).toMatchObject({ limit: 1000, written: true })
    expect(findBudgets([])).toBeUndefined()
  })

  it('refuses wrong options at once', () => {
    expect(() => budgets({ initial: 'big' })).toThrow(expect.objectContaining({ code: 'PACELINE_SIZE_INVALID' }))
  })
})
