import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildReport, RuleResult } from '@paceline/build-graph'
import { expect, it } from 'vitest'
import { viteVersions } from '@paceline/testkit'
import { buildApp, writeApp } from '../testing/app.ts'
import { runIn, type Ran } from '../testing/fake-io.ts'

const formats = [[], ['--json'], ['--markdown'], ['--sarif'], ['--github']]

/** A rule with a violation that is accepted until a day. */
const accepted = (until: string): RuleResult => ({
  rule: 'lazy',
  status: 'pass',
  violations: [],
  suppressed: [
    {
      message: '`src/greet.js` must be lazy, but every visit downloads it.',
      chain: [{ importer: 'src/main.js', line: 3, importee: 'src/greet.js' }],
      subject: 'src/greet.js',
      severity: 'error',
      reason: 'moves next month',
      until,
    },
  ],
})

it('check and diff judge suppressions by the day they run on, with one code in every format', async () => {
  const root = await writeApp()
  await buildApp(root)
  const file = join(root, '.paceline/report.json')
  const report = JSON.parse(await readFile(file, 'utf8')) as BuildReport
  const put = (...rules: RuleResult[]): Promise<void> => writeFile(file, JSON.stringify({ ...report, rules }))
  const run = async (command: string, ...more: string[]): Promise<Ran[]> => {
    const runs: Ran[] = []
    for (const format of formats) runs.push(await runIn(root, command, ...more, ...format))
    return runs
  }

  await put(accepted('2999-12-31'))
  await runIn(root, 'check', '--save-baseline', 'base.json')
  expect((await run('check')).map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])

  for (const [command, ...more] of [['check'], ['diff', 'base.json']] as const) {
    await put(accepted('2026-01-31'))
    const runs = await run(command, ...more)
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1])
    for (const { out } of runs) expect(out).toContain('was accepted until 2026-01-31')
  }
  await put(accepted('2026-01-31'))
  const { out } = await runIn(root, 'diff', 'base.json')
  expect(out).toContain('✗ lazy is now broken: src/greet.js must be lazy')
  const { diff } = JSON.parse((await runIn(root, 'diff', 'base.json', '--json')).out)
  expect(diff.rules).toMatchObject([{ rule: 'lazy', verdict: 'broke', broken: [{ subject: 'src/greet.js' }] }])
})

it.each(viteVersions)('check fails for what made the build on Vite %d fail: rules that match nothing', async (vite) => {
  const root = await writeApp({ vite })
  const suppress = [{ rule: 'devCode', subject: 'nope', reason: 'r', until: '2999-12-31' }]
  const options = JSON.stringify({ budgets: false, chunks: { lazy: ['src/pages/**'], suppress } })
  const text = `import { paceline } from 'paceline'\nexport default { plugins: [paceline(${options})] }\n`
  await writeFile(join(root, 'vite.config.js'), text)
  await expect(buildApp(root, vite)).rejects.toThrow('matches nothing')
  for (const format of formats) {
    const { code, out } = await runIn(root, 'check', ...format)
    expect([code, format]).toEqual([1, format])
    expect(out).toContain('matches nothing in the build')
    expect(out).toContain('nothing of that name breaks the rule')
  }
})
