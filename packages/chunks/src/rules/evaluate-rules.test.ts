import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { evaluateRules, type RulesVerdict } from './evaluate-rules.ts'
import { formatRules } from './format-rules.ts'
import type { RuleOptions, Suppression } from './options.ts'
import { resolveRules } from './resolve-rules.ts'
import { sketchFacts } from './testing/sketch-facts.ts'

const facts = sketchFacts({
  modules: {
    'src/main.ts': ['src/pages/edit.ts:4', 'src/pages/view.ts:5'],
    'src/pages/edit.ts': ['node_modules/moment/moment.js:1'],
    'src/pages/view.ts': [],
    'node_modules/moment/moment.js': [],
  },
  chunks: {
    'index.js': {
      'src/main.ts': 10,
      'src/pages/edit.ts': 100,
      'src/pages/view.ts': 60,
      'node_modules/moment/moment.js': 18_000,
    },
  },
})
const today = '2026-11-21'
const judge = (options: RuleOptions): RulesVerdict => evaluateRules(facts, resolveRules(options), today)
const accept = (subject: string, until = '2027-01-31'): Suppression => ({
  rule: 'lazy',
  subject,
  reason: 'moves next month',
  until,
})
const codes = ({ problems }: RulesVerdict): string[] => problems.flatMap(errorCodes)

describe('evaluateRules', () => {
  it('lists every rule that is on, also when it holds, heaviest violation first', () => {
    const { results } = judge({ lazy: ['src/pages/**'], unused: 'warn' })
    expect(results.map(({ rule, status }) => `${rule} ${status}`)).toEqual([
      'lazy fail',
      'redundantDynamicImport pass',
      'serverCode pass',
      'devCode pass',
      'duplicates pass',
      'execution pass',
      'circular pass',
      'unused pass',
    ])
    expect(results[0]!.violations.map(({ subject, bytes }) => [subject, bytes])).toEqual([
      ['src/pages/edit.ts', 18_100],
      ['src/pages/view.ts', 60],
    ])
  })

  it('leaves out what is ignored, by name, glob or package', () => {
    const { results } = judge({ lazy: { modules: ['src/pages/**', 'mom*'], ignore: ['src/pages/e*', 'moment'] } })
    expect(results[0]!.violations.map(({ subject }) => subject)).toEqual(['src/pages/view.ts'])
  })

  it.each([
    ['a package', 'momnet', 'Did you mean `moment`?'],
    ['a glob', 'src/pagse/**', 'Did you mean `src/pages/**`?'],
  ])('an `ignore` of %s that is not in the build is an error', (_, pattern, hint) => {
    const verdict = judge({ lazy: { modules: ['src/pages/**'], ignore: [pattern] } })
    expect(codes(verdict)).toEqual(['PACELINE_RULE_NO_MATCH'])
    expect(verdict.problems[0]!.message).toContain(`\`chunks.lazy.ignore '${pattern}'\` matches nothing`)
    expect(verdict.problems[0]!.message).toContain(hint)
  })

  it('an `ignore` may name what breaks nothing, by any of its names', () => {
    const ignore = ['moment', 'src/main.ts', 'index.js', 'src/**']
    expect(codes(judge({ lazy: { modules: ['src/pages/**'], ignore } }))).toEqual([])
  })

  it('`ignore` and `suppress` take the name that the violation prints, without the query', () => {
    const raw = sketchFacts({
      modules: { 'src/main.ts': ['src/legacy/old.js?raw:2'], 'src/legacy/old.js?raw': [] },
      chunks: { 'index.js': { 'src/main.ts': 10, 'src/legacy/old.js?raw': 100 } },
    })
    const forbidden = { all: ['src/legacy/**'] }
    const suppressions = ['src/legacy/old.js', 'src/legacy/old.js?raw', 'src/**/*.js'].map((subject) => ({
      ...accept(subject),
      rule: 'forbidden',
    }))
    for (const suppress of suppressions) {
      const suppressed = evaluateRules(raw, resolveRules({ forbidden, suppress: [suppress] }), today)
      expect([suppressed.results[0]!.status, suppressed.problems]).toEqual(['pass', []])
      const ignore = [suppress.subject]
      const ignored = evaluateRules(raw, resolveRules({ forbidden: { ...forbidden, ignore } }), today)
      expect([ignored.results[0]!.status, ignored.problems]).toEqual(['pass', []])
    }
  })

  it('packages that are to be there once must be there, other than those that nobody wrote', () => {
    expect(codes(judge({ duplicates: { only: ['moment', 'nope'] } }))).toEqual(['PACELINE_RULE_NO_MATCH'])
    expect(codes(judge({ duplicates: { only: ['moment'] } }))).toEqual([])
    expect(codes(judge({}))).toEqual([])
  })

  it('accepts a suppressed violation until its day, that day included', () => {
    const verdict = judge({ lazy: ['src/pages/**'], suppress: [accept('src/pages/*', today)] })
    expect(verdict.results[0]).toMatchObject({
      status: 'pass',
      violations: [],
      suppressed: [{ until: today }, { until: today }],
    })
    expect(verdict.problems).toEqual([])
  })

  it('fails a day later and names the suppression', () => {
    const verdict = judge({ lazy: ['src/pages/**'], suppress: [accept('src/pages/*', '2026-11-20')] })
    expect(verdict.results[0]!.status).toBe('fail')
    expect(codes(verdict)).toEqual(['PACELINE_SUPPRESSION_EXPIRED'])
    expect(verdict.problems[0]!.message).toContain('"moves next month"')
  })

  it('fails for what was accepted of a rule that only warns, before what it warns of', () => {
    const lazy = { modules: ['src/pages/**'], severity: 'warn' } as const
    const { results } = judge({ lazy, suppress: [accept('src/pages/view.ts', '2026-11-20')] })
    expect(results[0]!.status).toBe('fail')
    expect(results[0]!.violations.map(({ subject, severity }) => [subject, severity])).toEqual([
      ['src/pages/view.ts', 'error'],
      ['src/pages/edit.ts', 'warn'],
    ])
    expect(formatRules(results, { color: false })).toMatch(/^✗ lazy  src\/pages\/view[^]*^! lazy  src\/pages\/edit/m)
  })

  it('reports what is wrong with the rules themselves as violations that fail, each of its rule', () => {
    const verdict = judge({
      lazy: { modules: ['src/page/**'], severity: 'warn' },
      forbidden: { all: ['src/admin/**'] },
      suppress: [accept('src/x.ts')],
    })
    const told = verdict.reported.flatMap(({ status, violations }) =>
      violations.map(({ message, severity, chain }) => ({ status, message, severity, chain })),
    )
    expect(told.map(({ message }) => message).toSorted()).toEqual(
      verdict.problems.map(({ message }) => message).toSorted(),
    )
    for (const one of told) expect(one).toMatchObject({ status: 'fail', severity: 'error', chain: [] })
    expect(verdict.reported.map(({ rule }) => rule)).toEqual(verdict.results.map(({ rule }) => rule))
  })

  it('fails for a suppression that suppresses nothing, with the nearest name', () => {
    const verdict = judge({ lazy: ['src/pages/**'], suppress: [accept('src/pages/edits.ts')] })
    expect(codes(verdict)).toEqual(['PACELINE_SUPPRESSION_UNUSED'])
    expect(verdict.problems[0]!.message).toContain('Did you mean `src/pages/edit.ts`?')
  })

  it.each<[string, RuleOptions, string]>([
    ['a glob of lazy modules', { lazy: ['src/page/**'] }, "`chunks.lazy['src/page/**']` matches nothing"],
    [
      'a forbidden path',
      { forbidden: { initial: ['src/admin/**'] } },
      "`chunks.forbidden 'src/admin/**'` matches nothing",
    ],
    [
      'a route',
      { forbidden: { routes: { '/edti': ['moment'] } } },
      "`chunks.forbidden.routes['/edti']` matches nothing",
    ],
    ['a layer', { layers: ['src/page/** may not import src/main.ts'] }, "'src/page/**'` matches nothing"],
    ['siblings', { layers: ['src/features/* may not import each other'] }, "'src/features/*'` matches nothing"],
  ])('fails for %s that matches nothing', (_what, options, text) => {
    const verdict = judge(options)
    expect(codes(verdict)).toEqual(['PACELINE_RULE_NO_MATCH'])
    expect(verdict.problems[0]!.message).toContain(text)
  })

  it('suggests the directory that was meant', () => {
    const meant = (glob: string): string | undefined =>
      /Did you mean `(.*?)`/.exec(judge({ lazy: [glob] }).problems[0]!.message)?.[1]
    expect(meant('src/page/**')).toBe('src/pages/**')
    expect(meant('src/page/*')).toBe('src/pages/*')
    expect(meant('src/pages')).toBe('src/pages/**')
    expect(meant('src/pages/edti.ts')).toBe('src/pages/edit.ts')
    expect(meant('src/pages/**/*.vue')).toBeUndefined()
  })

  it('holds for a forbidden package that is not there: that is what the rule is for', () => {
    expect(judge({ forbidden: { all: ['lodash'] }, layers: ['src/** may not import lodash'] }).problems).toEqual([])
  })
})

describe('formatRules', () => {
  it('writes every violation with its bytes, the way to it and what to do', () => {
    const { results } = judge({
      lazy: { modules: ['src/pages/edit.ts'], severity: 'warn' },
      forbidden: { initial: [{ name: 'moment', use: 'date-fns' }] },
      layers: ['src/main.ts may not import src/pages/view.ts'],
      suppress: [{ rule: 'layers', subject: 'src/main.ts', reason: 'x', until: '2027-01-31' }],
    })
    expect(formatRules(results, { color: false, columns: 80 })).toMatchInlineSnapshot(`
      "paceline 2 of 9 rules broken, 1 of them a warning only
      ✗ forbidden  moment is forbidden in the initial load.  18 kB (brotli)
          src/pages/edit.ts:1 → moment
            via src/main.ts:4 → src/pages/edit.ts
          Use date-fns instead at src/pages/edit.ts:1.
      ! lazy  src/pages/edit.ts must be lazy, but every visit downloads it.  18.1 kB (brotli)
          src/main.ts:4 → src/pages/edit.ts
          Load it with import() at src/main.ts:4.
        suppressed layers src/main.ts until 2027-01-31 (x)"
    `)
  })

  it('says nothing when there is nothing to say', () => {
    expect(formatRules(judge({}).results)).toBeUndefined()
  })

  it('writes out the heaviest five of a long list and counts the rest', () => {
    const violations = Array.from({ length: 8 }, (_, at) => ({ message: `\`a${at}\` is small.`, chain: [] }))
    const text = formatRules([{ rule: 'tinyChunks', status: 'warn', violations }], { color: false })
    expect(text).toContain('a4 is small')
    expect(text).not.toContain('a5 is small')
    expect(text).toContain('… and 3 more of tinyChunks in the report')
  })
})
