import type { BuildReport, RuleResult } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { renderReportHtml } from './html/render-report-html.ts'
import { renderMarkdown } from './markdown/render-markdown.ts'
import { renderGithubAnnotations } from './render-github-annotations.ts'
import { healthy } from './sample-reports.ts'
import { renderSarif } from './sarif/render-sarif.ts'
import { verdictLine } from './verdict-line.ts'

const chain = [{ importer: 'src/app.tsx', line: 3, importee: 'src/pages/home.tsx' }]
const broken: RuleResult = {
  rule: 'lazy',
  status: 'fail',
  violations: [
    {
      message: '`src/pages/home.tsx` must be lazy, but every visit downloads it.',
      chain,
      subject: 'src/pages/home.tsx',
      severity: 'error',
      bytes: 18_400,
      fix: 'Load it with `import()` at src/app.tsx:3.',
    },
  ],
  suppressed: [
    {
      message: '`src/old.ts` must be lazy.',
      chain: [],
      subject: 'src/old.ts',
      reason: 'goes with <v2>',
      until: '2027-01-31',
    },
  ],
}
const minded: RuleResult = {
  rule: 'tinyChunks',
  status: 'warn',
  violations: Array.from({ length: 7 }, (_, at) => ({
    message: `\`assets/a${at}.js\` is 90 B.`,
    chain: [],
    subject: `a${at}`,
  })),
}
const held: RuleResult = { rule: 'duplicates', status: 'pass', violations: [] }
const report: BuildReport = { ...healthy, rules: [broken, minded, held] }

describe('rules in the formats of a verdict', () => {
  it('stand in the headline beside the budgets', () => {
    expect(verdictLine(report)).toEqual({ status: 'fail', text: '1 rule broken' })
    expect(verdictLine({ ...healthy, rules: [minded] })).toEqual({
      status: 'warn',
      text: '1 rule broken, as a warning',
    })
    expect(verdictLine({ ...healthy, rules: [held] })).toEqual({
      status: 'pass',
      text: 'all 2 budgets and the rule hold',
    })
    expect(verdictLine({ budgets: [], rules: [held, held] })).toEqual({ status: 'pass', text: 'all 2 rules hold' })
  })

  it('make an annotation at the import, with the bytes and what to do', () => {
    expect(renderGithubAnnotations(report).split('\n')[0]).toBe(
      '::error file=src/app.tsx,line=3,title=lazy%3A src/pages/home.tsx::`src/pages/home.tsx` must be lazy, but every visit downloads it.%0AIt costs 18.4 kB brotli. Load it with `import()` at src/app.tsx:3.',
    )
    expect(renderGithubAnnotations(report)).not.toContain('src/old.ts')
  })

  it('make a SARIF result of their own rule, told apart by the subject', () => {
    const { runs } = JSON.parse(renderSarif(report)) as {
      runs: {
        tool: { driver: { rules: { id: string; name: string }[] } }
        results: { ruleId: string; partialFingerprints: object; suppressions?: { justification: string }[] }[]
      }[]
    }
    expect(runs[0]!.tool.driver.rules.map(({ id, name }) => `${id} ${name}`)).toEqual([
      'rule/lazy Lazy',
      'rule/tinyChunks TinyChunks',
    ])
    expect(runs[0]!.results.map(({ ruleId }) => ruleId)).toEqual([
      'rule/lazy',
      ...Array<string>(7).fill('rule/tinyChunks'),
      // Suppressed.
      'rule/lazy',
    ])
    const suppressions = runs[0]!.results.flatMap((result) => result.suppressions ?? [])
    expect(suppressions.map(({ justification }) => justification)).toEqual(['goes with <v2> (until 2027-01-31)'])
    const prints = runs[0]!.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))
    expect(new Set(prints).size).toBe(9)
  })

  it('make a table in Markdown', () => {
    expect(renderMarkdown(report)).toContain(
      '| ❌ `lazy` | `src/pages/home.tsx` must be lazy, but every visit downloads it. Load it with `import()` at src/app.tsx:3. | `src/app.tsx:3` | 18.4 kB |',
    )
  })

  it('make cards in the HTML report, long lists folded, suppressions with their reason', () => {
    const html = renderReportHtml(report)
    expect(html).toContain('<h3>rule lazy</h3>')
    expect(html).toContain('<code>src/pages/home.tsx</code> must be lazy')
    expect(html).toContain('18.4 kB brotli')
    expect(html).toContain('2 more violations')
    expect(html).toContain('1 rule holds: duplicates.')
    expect(html).toContain('<code>src/old.ts</code> until 2027-01-31. goes with &lt;v2&gt;')
  })
})
