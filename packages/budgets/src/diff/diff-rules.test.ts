import type { BuildReport, RuleResult, RuleViolation } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { renderDiffText } from '../formats/render-diff-text.ts'
import { renderGithubAnnotations } from '../formats/render-github-annotations.ts'
import { renderMarkdown } from '../formats/markdown/render-markdown.ts'
import { diffReports } from './diff-reports.ts'
import { sketchReport } from './report-fixture.ts'

const violation = (subject: string, line: number, more: Partial<RuleViolation> = {}): RuleViolation => ({
  message: `\`${subject}\` must be lazy, at line ${line}.`,
  chain: [{ importer: 'src/app.ts', line, importee: subject }],
  subject,
  severity: 'error',
  ...more,
})
const lazy = (status: RuleResult['status'], ...violations: RuleViolation[]): RuleResult => ({
  rule: 'lazy',
  status,
  violations,
})
const report = (hash: string, ...rules: RuleResult[]): BuildReport =>
  sketchReport({
    release: hash.padEnd(12, '0'),
    modules: { 'src/app.ts': ['src/a.ts:1', 'src/b.ts:2'], 'src/a.ts': [], 'src/b.ts': [] },
    chunks: { [`assets/app-${hash}.js`]: { 'src/app.ts': 10, 'src/a.ts': 10, 'src/b.ts': 10 } },
    rules,
  })
const diff = (before: readonly RuleResult[], after: readonly RuleResult[]) =>
  diffReports(report('AAAAAAAA', ...before), report('BBBBBBBB', ...after))

const a = violation('src/a.ts', 1)
const b = violation('src/b.ts', 2)

describe('rules of two reports', () => {
  it('are no change when the lines moved and the files have another hash', () => {
    const tiny = (hash: string): RuleResult => ({
      rule: 'tinyChunks',
      status: 'warn',
      violations: [{ message: `\`assets/app-${hash}.js\` is small.`, chain: [], subject: `assets/app-${hash}.js` }],
    })
    expect(
      diff([lazy('fail', a), tiny('AAAAAAAA')], [lazy('fail', violation('src/a.ts', 7)), tiny('BBBBBBBB')]).rules,
    ).toEqual([])
  })

  it('say which violation is new and which is gone, broken rules first', () => {
    const { rules } = diff(
      [lazy('fail', a), { rule: 'depth', status: 'pass', violations: [] }],
      [lazy('fail', b), { rule: 'depth', status: 'fail', violations: [a] }],
    )
    expect(rules.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['depth broke', 'lazy changed'])
    expect(rules[1]).toMatchObject({ broken: [{ subject: 'src/b.ts' }], fixed: [{ subject: 'src/a.ts' }] })
  })

  it('count a subject that breaks a rule once more', () => {
    const { rules } = diff([lazy('fail', a)], [lazy('fail', a, a)])
    expect(rules).toMatchObject([{ verdict: 'changed', broken: [{ subject: 'src/a.ts' }], fixed: [] }])
  })

  it('call nothing new where the old build was not held to the rule', () => {
    expect(diff([], [lazy('fail', a)]).rules).toEqual([
      { rule: 'lazy', after: 'fail', verdict: 'added', broken: [], fixed: [] },
    ])
  })
})

describe('in the formats of a diff, rules', () => {
  it('are told in the terminal as budgets are', () => {
    const text = (before: RuleResult, after: RuleResult): string => renderDiffText(diff([before], [after]))
    expect(text(lazy('pass'), lazy('fail', a))).toContain('✗ lazy is now broken: src/a.ts must be lazy, at line 1.')
    expect(text(lazy('fail', a), lazy('fail', a, b))).toContain('✗ lazy is broken once more: src/b.ts must be lazy')
    expect(text(lazy('fail', a, b), lazy('fail', a))).toContain('✓ lazy is no longer broken by src/b.ts')
    expect(text(lazy('fail', a, b), lazy('pass'))).toContain('✓ lazy holds again: src/a.ts, src/b.ts')
    const minded = violation('src/a.ts', 1, { severity: 'warn' })
    expect(text(lazy('pass'), lazy('warn', minded))).toContain('! lazy is now broken, as a warning: src/a.ts')
  })

  it('come first in annotations where they are new, and say so', () => {
    const [before, after] = [report('AAAAAAAA', lazy('fail', a)), report('BBBBBBBB', lazy('fail', a, b))]
    const titles = renderGithubAnnotations(after, { diff: diffReports(before, after) }).match(/title=[^:]+/g)
    expect(titles).toEqual(['title=New%3A lazy%3A src/b.ts', 'title=lazy%3A src/a.ts'])
  })

  it('are marked in Markdown, with those that are gone', () => {
    const [before, after] = [report('AAAAAAAA', lazy('fail', a)), report('BBBBBBBB', lazy('fail', b))]
    const text = renderMarkdown(after, { diff: diffReports(before, after) })
    expect(text).toContain('| ❌ `lazy` new | `src/b.ts` must be lazy, at line 2. |')
    expect(text).toContain('Violations that are gone (1)')
    expect(text).toContain('| ✅ `lazy` | `src/a.ts` must be lazy, at line 1. |')
  })
})
