import { join } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { budgets } from '@paceline/budgets'
import { chunks } from '@paceline/chunks'
import { errorCodes } from '@paceline/kit'
import { runBuild, smallApp, viteVersions, writeFixture, type BuildLog } from '@paceline/testkit'
import type { PluginOption } from 'vite'
import { describe, expect, it } from 'vitest'

const broken = chunks({ lazy: ['src/greet.js'] })
const held = chunks({ lazy: ['src/lazy.js'] })

interface Ended {
  readonly codes: readonly string[]
  readonly message: string
  readonly log: BuildLog | undefined
  readonly root: string
}

describe.each(viteVersions)('one verdict on Vite %d', (vite) => {
  const build = async (plugins: PluginOption): Promise<Ended> => {
    const root = await writeFixture(smallApp)
    try {
      const { log } = await runBuild({ vite, root, plugins })
      return { codes: [], message: '', log, root }
    } catch (error) {
      const codes = errorCodes(error).filter((code) => code.startsWith('PACELINE_'))
      return { codes, message: (error as Error).message, log: undefined, root }
    }
  }

  it('names budgets and rules in one failure, and keeps both in the report', async () => {
    const { codes, message, root } = await build([chunks({ lazy: ['src/greet.js'] }), budgets({ initial: 10 })])
    expect(codes).toEqual(expect.arrayContaining(['PACELINE_RULES_BROKEN', 'PACELINE_BUDGET_EXCEEDED']))
    expect(message).toContain('src/greet.js must be lazy')
    expect(message).toContain('limit 10 B')
    const report = await readReport(reportFile(join(root, '.paceline'), 'client'))
    expect(report.rules.some(({ status }) => status === 'fail')).toBe(true)
    expect(report.budgets.some(({ status }) => status === 'fail')).toBe(true)
  })

  it('does so in whichever order the plugins are listed', async () => {
    const { codes } = await build([budgets({ initial: 10 }), broken])
    expect(codes).toEqual(expect.arrayContaining(['PACELINE_RULES_BROKEN', 'PACELINE_BUDGET_EXCEEDED']))
  })

  it('fails for the one that does not hold, and has printed the other', async () => {
    expect((await build([broken, budgets({ initial: '1 MB' })])).codes).toEqual(['PACELINE_RULES_BROKEN'])
    expect((await build([held, budgets({ initial: 10 })])).codes).toEqual(['PACELINE_BUDGET_EXCEEDED'])
  })

  it('fails for rules without any budgets, and holds when both hold', async () => {
    expect((await build(broken)).codes).toEqual(['PACELINE_RULES_BROKEN'])
    const { codes, log } = await build([held, budgets({ initial: '1 MB' })])
    expect(codes).toEqual([])
    expect(log!.warn).toEqual([])
  })
})
