import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { describePluginContract, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
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
  async verify({ root, outDir }) {
    const report = await readReport(join(root, '.paceline/report.json'))
    expect(report.budgets.length).toBeGreaterThan(0)
    expect(report.budgets.every((budget) => budget.status === 'pass')).toBe(true)
    expect(await readdir(outDir)).toContain('robots.txt.br')
  },
})

describe.each(viteVersions)('paceline() on Vite %d', (vite) => {
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

test('names an unknown option and the nearest known one', () => {
  expect(() => paceline({ budget: {} } as unknown as PacelineOptions)).toThrow(/`paceline\.budget`.*`budgets`/)
})
