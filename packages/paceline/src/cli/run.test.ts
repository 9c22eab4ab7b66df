import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import { commitAll, git, writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { buildApp, configText, importHeavy, writeApp } from './testing/app.ts'
import { runIn } from './testing/fake-io.ts'

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string }
          readonly region: { readonly startLine: number }
        }
      }[]
    }[]
  }[]
}

const limits = { initial: '2 kB', routes: { '*': { requests: 30 } } }

describe('the command line', () => {
  it('shows what there is, and the help of each command with an example', async () => {
    const overview = await runIn('/', '--help')
    expect(overview.code).toBe(0)
    for (const name of ['check', 'diff', 'why', 'report']) {
      expect(overview.out).toContain(`paceline ${name}`)
      const help = await runIn('/', name, '--help')
      expect([help.code, help.err]).toEqual([0, ''])
      expect(help.out).toMatch(new RegExp(`Examples?\\n  paceline ${name}`))
      expect((await runIn('/', 'help', name)).out).toBe(help.out)
    }
    expect((await runIn('/', '--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    [['chek'], 'Did you mean `check`?'],
    [['check', '--basline', 'main'], 'Did you mean `--baseline`?'],
    [['check', '--baseline'], '`--baseline` needs REF|FILE; received nothing.'],
    [['check', '--baseline', '--json'], '`--baseline` needs REF|FILE; received nothing.'],
    [['check', '--json=yes'], "`--json` takes no value; received 'yes'."],
    [['check', 'a', 'b'], '`paceline check` takes [dist]; received 2.'],
    [['why'], '`paceline why` takes <module|package>; received 0.'],
    [['check', '--sarif', '--markdown'], '`--markdown --sarif` exclude each other.'],
    [['check', '--__proto__'], '`--__proto__` is not an option'],
    [[], 'Commands'],
  ])('ends %j with 2 and says what is wrong', async (argv, message) => {
    const { code, out, err } = await runIn('/', ...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
    if (argv.includes('--json') && argv.length > 1) expect(JSON.parse(out)).toMatchObject({ verdict: 'unknown' })
  })
})

describe('paceline check', () => {
  it('says with one code in every format that the budgets hold, and that they do not', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    const codes = async (): Promise<number[]> => {
      const ends = []
      for (const format of [[], ['--json'], ['--markdown'], ['--sarif'], ['--github']]) {
        const { code, out } = await runIn(root, 'check', ...format)
        expect(out).not.toBe('')
        ends.push(code)
      }
      return ends
    }
    expect(await codes()).toEqual([0, 0, 0, 0, 0])
    expect((await runIn(root, 'check')).out).toContain('budgets hold')
    await importHeavy(root)
    await buildApp(root)
    expect(await codes()).toEqual([1, 1, 1, 1, 1])
    const { budgets } = JSON.parse((await runIn(root, 'check', '--json')).out) as BuildReport
    expect(budgets.find(({ name }) => name === 'initial')?.status).toBe('fail')
  })

  it('judges by the config of now, and refuses a directory that is not what was measured', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    await writeFile(join(root, 'vite.config.js'), configText({ initial: '10 B' }))
    expect((await runIn(root, 'check')).code).toBe(1)
    await writeFile(join(root, 'dist/extra.js'), 'alert(1)')
    const stale = await runIn(root, 'check', '--json')
    expect(stale.code).toBe(2)
    expect(JSON.parse(stale.out)).toMatchObject({ verdict: 'unknown', error: { code: 'PACELINE_STALE_DIST' } })
    expect(stale.err).toContain('extra.js')
    await rm(join(root, 'dist'), { recursive: true })
    expect((await runIn(root, 'check')).code).toBe(2)
  })

  it('cannot tell without a report, a config, budgets, or a baseline', async () => {
    const root = await writeApp({ budgets: limits })
    const failures: [string[], string][] = [
      [['check'], 'PACELINE_REPORT_UNREADABLE'],
      [['check', '--config', 'nowhere.js'], 'PACELINE_CONFIG_UNREADABLE'],
      [['check', '--root', 'nowhere'], 'PACELINE_ROOT_MISSING'],
    ]
    for (const [argv, code] of failures) {
      for (const format of ['--json', '--github', '--sarif', '--markdown']) {
        const ran = await runIn(root, ...argv, format)
        expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(code)])
        expect(ran.out).toContain(code)
      }
    }
    await buildApp(root)
    expect((await runIn(root, 'check', '--baseline', 'nowhere.json')).err).toContain('PACELINE_BASELINE_UNREADABLE')
    expect((await runIn(root, 'check', '--baseline', 'main')).err).toContain('PACELINE_GIT_UNAVAILABLE')
    await writeFile(join(root, 'vite.config.js'), configText(false))
    expect((await runIn(root, 'check')).err).toContain('PACELINE_CONFIG_NO_BUDGETS')
  })

  it('saves a baseline, and compares with it from another directory', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    const saved = await runIn(root, 'check', '--save-baseline', 'base.json', '--json')
    expect([saved.code, saved.err]).toEqual([0, expect.stringContaining('as base.json')])
    JSON.parse(saved.out)
    await importHeavy(root)
    await buildApp(root)
    const { code, out } = await runIn(
      join(root, 'src'),
      'check',
      '--root',
      '..',
      '--baseline',
      '../base.json',
      '--github',
    )
    expect(code).toBe(1)
    expect(out).toMatch(/^::error file=src\/greet\.js,line=3,title=initial is over its budget::/)
  })

  it('saves the first baseline of a config that names it, and judges the next build by it', async () => {
    const root = await writeApp({ budgets: { ...limits, initial: '1 MB', baseline: 'base.json', maxGrowth: '1 kB' } })
    await buildApp(root)
    expect((await runIn(root, 'check')).err).toContain('`paceline check --save-baseline base.json`')
    for (const content of [undefined, '{}']) {
      if (content !== undefined) await writeFile(join(root, 'base.json'), content)
      const first = await runIn(root, 'check', '--save-baseline', 'base.json')
      expect([first.code, first.err]).toEqual([0, expect.stringContaining('as base.json')])
      expect((await runIn(root, 'check')).code).toBe(0)
    }
    await importHeavy(root)
    await buildApp(root)
    const grown = await runIn(root, 'check', '--save-baseline', 'base.json')
    expect([grown.code, grown.out]).toEqual([1, expect.stringContaining('growth initial')])
    expect((await runIn(root, 'check')).code).toBe(0)
  })

  it('finds the app from a folder inside it, and says so when there is none', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    expect(await runIn(join(root, 'src'), 'check')).toMatchObject({ code: 0, err: '' })
    expect((await runIn(join(root, 'src'), 'why', 'greet.js')).code).toBe(0)
    await writeFiles(root, { 'packages/other/package.json': '{}' })
    const { code, err } = await runIn(join(root, 'packages/other'), 'check')
    expect([code, err]).toEqual([2, expect.stringContaining('has no Vite config')])
  })

  it('gives options that budgets refuse the code they have in a build', async () => {
    const root = await writeApp({ budgets: { initial: '170 kg' } })
    const { code, err } = await runIn(root, 'check')
    expect([code, err]).toEqual([2, expect.stringContaining('(PACELINE_SIZE_INVALID)')])
    expect(err).toContain('received "170 kg"')
    await writeFile(join(root, 'vite.config.js'), configText({ routes: { '*': { depth: 1.5 } } }))
    expect((await runIn(root, 'check')).err).toMatch(
      /must be a whole number; received 1\.5[^]*PACELINE_OPTIONS_INVALID/,
    )
  })

  it('leaves a page that says what was printed', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    const page = (): Promise<string> => readFile(join(root, '.paceline/report.html'), 'utf8')
    expect(await page()).toMatch(/All \d+ budgets (?:and \d+ rules? )?hold/)
    await writeFile(join(root, 'vite.config.js'), configText({ initial: '10 B', routes: false }))
    expect((await runIn(root, 'check')).out).toContain('details in .paceline/report.html')
    expect(await page()).toContain('1 of 1 budget overrun')
    await runIn(root, 'report')
    expect(await page()).toContain('1 of 1 budget overrun')
  })

  it('writes the result to a file and nothing to stdout with --output', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    const { code, out, err } = await runIn(root, 'check', '--markdown', '--output', 'out/comment.md')
    expect([code, out, err]).toEqual([0, '', 'paceline: wrote out/comment.md\n'])
    expect(await readFile(join(root, 'out/comment.md'), 'utf8')).toContain('✅ Paceline')
  })
})

describe('paceline diff', () => {
  it('names the import that came in since main, in every format, with the code of the verdict', async () => {
    const root = await writeApp({ budgets: limits, directory: 'apps/shop' })
    const top = join(root, '../..')
    await commitAll(top)
    git(top, 'checkout', '--quiet', '-b', 'feature')
    await importHeavy(root)
    await commitAll(top, 'two')
    await buildApp(root)

    const text = await runIn(root, 'diff', 'main')
    expect(text.code).toBe(1)
    expect(text.err).toMatch(/^paceline: building main \([0-9a-f]{7}\) to compare with\n$/)
    expect(text.out).toMatch(/The new import at src\/greet\.js:3 brings heavy into every visit: [\d.]+ kB brotli/)
    expect(text.out).toMatch(/initial is now over its budget/)

    // The report of main is stored now: nothing is built again.
    const github = await runIn(root, 'diff', 'main', '--github')
    expect([github.code, github.err]).toEqual([1, ''])
    expect(github.out).toMatch(/^::error file=apps\/shop\/src\/greet\.js,line=3,/)

    const { runs } = JSON.parse((await runIn(root, 'diff', 'main', '--sarif')).out) as Sarif
    const [result] = runs[0]!.results
    expect(result!.ruleId).toBe('budget/initial')
    expect(result!.locations[0]!.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'apps/shop/src/greet.js' },
      region: { startLine: 3 },
    })
    const json = JSON.parse((await runIn(root, 'diff', 'main', '--json')).out) as {
      verdict: string
      diff: { causes: object[] }
    }
    expect(json).toMatchObject({ verdict: 'broken', diff: { causes: [{ isNew: true, loads: ['initial'] }] } })
    expect((await runIn(root, 'diff', 'main', '--markdown')).out).toContain(
      '| `src/greet.js:3` | `heavy` | every visit |',
    )
    expect(git(top, 'worktree', 'list').split('\n')).toHaveLength(1)
  })

  it('says that nothing changed, and what to do without a baseline', async () => {
    const root = await writeApp({ budgets: limits })
    await buildApp(root)
    expect((await runIn(root, 'diff')).err).toContain('PACELINE_DIFF_NO_BASELINE')
    await runIn(root, 'check', '--save-baseline', '.paceline/baseline.json')
    const { code, out } = await runIn(root, 'diff')
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('The same output as .paceline/baseline.json, to the byte.'),
    ])
  })
})

describe('paceline why', () => {
  it('gives the chain with lines and what removing saves, for a package, a module and part of a path', async () => {
    const root = await writeApp()
    await importHeavy(root)
    await buildApp(root)
    const { code, out } = await runIn(root, 'why', 'heavy')
    expect(code).toBe(0)
    expect(out).toMatch(/^heavy 2\.30\.1 {2}[\d.]+ kB brotli \([\d.]+ kB raw\) in 1 module, 1 chunk\n/)
    expect(out).toMatch(/every visit {2}removing it saves [\d.]+ kB brotli/)
    expect(out).toContain('src/main.js:3 → src/greet.js:3 → heavy')
    const json = JSON.parse((await runIn(root, 'why', 'greet.js', '--json')).out) as Record<string, unknown>
    expect(json).toMatchObject({
      name: 'src/greet.js',
      kind: 'module',
      loads: [{ load: 'initial', importers: [{ importer: 'src/main.js', line: 3 }] }],
    })
  })

  it('names the nearest for what is not there, and asks for more when it is not clear', async () => {
    const root = await writeApp()
    await buildApp(root)
    const unknown = await runIn(root, 'why', 'tiny-fromat')
    expect([unknown.code, unknown.out]).toEqual([2, ''])
    expect(unknown.err).toContain('Nearest: tiny-format')
    await writeFiles(root, { 'src/deep/greet.js': 'console.log(1)\n', 'src/about.js': "import './deep/greet.js'\n" })
    await buildApp(root)
    expect((await runIn(root, 'why', 'greet.js')).err).toContain('PACELINE_WHY_AMBIGUOUS')
  })
})

describe('paceline report', () => {
  it('writes both pages, names them and opens the report', async () => {
    const root = await writeApp()
    await buildApp(root)
    const { code, out, opened } = await runIn(root, 'report', '--open')
    expect([code, out]).toEqual([0, '.paceline/report.html\n.paceline/treemap.html\n'])
    expect(opened).toEqual([join(root, '.paceline/report.html')])
    const json = JSON.parse((await runIn(root, 'report', '--json')).out) as { report: string; treemap: string }
    expect(existsSync(join(root, json.report)) && existsSync(join(root, json.treemap))).toBe(true)
    // A file is named from where the command runs.
    await runIn(root, 'check', '--save-baseline', 'src/base.json')
    expect((await runIn(root, 'report', '--markdown')).out).toMatch(/^<!-- paceline: Paceline -->\n### /)
    expect((await runIn(join(root, 'src'), 'report', '--root', '..', '--baseline', 'base.json')).code).toBe(0)
  })
})
