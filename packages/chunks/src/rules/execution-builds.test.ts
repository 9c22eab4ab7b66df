import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readReport, type RuleResult } from '@paceline/build-graph'
import { errorCodes } from '@paceline/kit'
import { runBuild, viteVersions, writeFixture, type BuildLog } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import { brokenApps } from '../verify/testing/broken-apps.ts'
import { chunkedConfig } from '../verify/testing/chunked-app.ts'
import { soundApps } from '../verify/testing/sound-apps.ts'
import type { RuleOptions } from './options.ts'

describe.each(viteVersions)('the rule execution on Vite %d', (vite) => {
  const broken = brokenApps.filter((app) => vite === 8 || !app.rolldown)
  const classes = broken.find(({ name }) => name.startsWith('a chunk per directory'))!

  async function built(app: (typeof brokenApps)[number], options: RuleOptions) {
    const root = await writeFixture(app.files)
    const build = runBuild({ vite, root, plugins: chunks(options), config: chunkedConfig(app, vite) })
    const failure = await build.then(
      ({ log }) => log,
      (error: unknown) => error as Error,
    )
    const results: readonly RuleResult[] = existsSync(join(root, '.paceline'))
      ? (await readReport(join(root, '.paceline/report.json'))).rules
      : []
    return { root, failure, violations: (name: string) => results.find(({ rule }) => rule === name)?.violations ?? [] }
  }

  test.each(broken.filter(({ suspected }) => suspected !== true))(
    'ends the build before anything is written when $name',
    async (app) => {
      const { root, failure } = await built(app, { circular: 'off' })
      expect(errorCodes(failure).filter((code) => code.startsWith('PACELINE_'))).toEqual(app.codes)
      expect(existsSync(join(root, 'dist/assets'))).toBe(false)
      expect(existsSync(join(root, '.paceline'))).toBe(false)
    },
  )

  test.each(broken)('keeps a warning in the report when $name', async (app) => {
    const { failure, violations } = await built(app, { execution: 'warn' })
    expect(failure).not.toBeInstanceOf(Error)
    const found = violations('execution')
    expect(found).toHaveLength(app.codes.length)
    for (const { subject, chain, fix } of found) {
      expect(subject).not.toBe('')
      expect(chain.some(({ line }) => line !== undefined)).toBe(true)
      expect(fix).toMatch(/\.$/)
    }
    expect(violations('circular')).toEqual([])
  })

  test.each(broken.filter(({ suspected }) => suspected))(
    'only warns, whatever it is set to, when $name',
    async (app) => {
      const { failure, violations } = await built(app, { execution: 'error' })
      expect(failure).not.toBeInstanceOf(Error)
      expect((failure as BuildLog).warn.join('\n')).toContain('both call fire, which may remember the first call')
      expect(violations('execution')).toMatchObject([{ severity: 'warn', subject: 'src/session.js' }])
      const ignored = await built(app, { execution: { ignore: ['src/session.js'] } })
      expect([(ignored.failure as BuildLog).warn, ignored.violations('execution')]).toEqual([[], []])
    },
  )

  test('is accepted until a day, and says nothing when it is off', async () => {
    const suppress = [{ rule: 'execution', subject: 'one', reason: 'moves to three directories', until: '2999-12-31' }]
    const accepted = await built(classes, { suppress })
    expect(accepted.failure).not.toBeInstanceOf(Error)
    expect(accepted.violations('execution')).toEqual([])
    const off = await built(classes, { execution: 'off', circular: 'off' })
    // Rollup has a word of its own about circles.
    const { warn } = off.failure as BuildLog
    expect(warn.filter((line) => !line.includes('Circular chunk'))).toEqual([])
  })

  test('leaves a harmless circle to the rule circular, which says why it is', async () => {
    const app = soundApps.find(({ name }) => name.startsWith('a circle of chunks whose classes are made later'))!
    const { failure, violations } = await built(app, {})
    expect(failure).not.toBeInstanceOf(Error)
    expect(violations('execution')).toEqual([])
    expect(violations('circular')).toHaveLength(1)
    expect(violations('circular')[0]!.message).toContain('only in functions that are called later')
  })
})
