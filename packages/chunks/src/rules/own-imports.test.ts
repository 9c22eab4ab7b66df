import { describe, expect, it } from 'vitest'
import { evaluateRules } from './evaluate-rules.ts'
import type { RuleFacts } from './facts/rule-facts.ts'
import type { RuleOptions } from './options.ts'
import { resolveRules } from './resolve-rules.ts'
import type { RuleName } from './rule.ts'
import { sketchFacts } from './testing/sketch-facts.ts'

function fixes(rule: RuleName, facts: RuleFacts, options: RuleOptions): (string | undefined)[] {
  const { results } = evaluateRules(facts, resolveRules(options), '2026-11-21')
  return results.find((result) => result.rule === rule)!.violations.map(({ fix }) => fix)
}

const facts = sketchFacts({
  modules: {
    'src/main.js': ['src/a.js:1', 'src/b.js:2', 'node_modules/p/index.js:3', 'node_modules/q/index.js:4'],
    'src/a.js': ['src/heavy.js:1', 'node_modules/lib/index.js:2'],
    'src/b.js': ['src/heavy.js:7'],
    'src/heavy.js': ['node_modules/moment/moment.js:1'],
    'node_modules/p/index.js': ['node_modules/lib/index.js', 'node_modules/core/index.js'],
    'node_modules/q/index.js': ['node_modules/lib/index.js', 'node_modules/core/index.js'],
    'node_modules/lib/index.js': [],
    'node_modules/moment/moment.js': [],
    'node_modules/core/index.js': ['node_modules/core/big.js'],
    'node_modules/core/big.js': [],
  },
  chunks: {
    'index.js': {
      'src/main.js': 10,
      'src/heavy.js': 5000,
      'node_modules/lib/index.js': 700,
      'node_modules/moment/moment.js': 900,
      'node_modules/core/big.js': 8000,
    },
  },
})

describe('what would mend a violation', () => {
  it('names every import that makes a module eager', () => {
    expect(fixes('lazy', facts, { lazy: ['src/heavy.js'] })).toEqual([
      'Load it with `import()` at src/a.js:1 and src/b.js:7.',
    ])
  })

  it('names packages that bring what is forbidden besides', () => {
    expect(fixes('forbidden', facts, { forbidden: { all: ['lib'] } })).toEqual([
      'Remove the import at src/a.js:2; `p` and `q` bring it too.',
    ])
    expect(fixes('forbidden', facts, { forbidden: { initial: [{ name: 'core', use: 'less' }] } })).toEqual([
      'Use `less` instead at src/main.js:3 and src/main.js:4.',
    ])
  })

  it('counts places from the fourth on', () => {
    const pages = Array.from({ length: 5 }, (_, at) => `src/${at}.js`)
    const many = sketchFacts({
      modules: {
        'src/main.js': pages,
        ...Object.fromEntries(pages.map((page) => [page, ['node_modules/lib/index.js:1']])),
        'node_modules/lib/index.js': [],
      },
      chunks: { 'index.js': { 'node_modules/lib/index.js': 700 } },
    })
    expect(fixes('forbidden', many, { forbidden: { all: ['lib'] } })).toEqual([
      'Remove the imports at src/0.js:1, src/1.js:1 and 3 more.',
    ])
  })

  it('leaves barrels alone that only packages import, and names the line that imports one', () => {
    const barrels = new Set(['node_modules/core/index.js', 'src/heavy.js'])
    expect(fixes('barrels', { ...facts, barrels }, { barrels: { above: 100 } })).toEqual([
      'Import from the modules themselves at src/a.js:1 and src/b.js:7, or mark the re-exported ones as free of side effects.',
    ])
  })

  it('names packages that import a barrel besides', () => {
    const barrels = new Set(['node_modules/lib/index.js'])
    expect(fixes('barrels', { ...facts, barrels }, { barrels: { above: 100 } })).toEqual([
      'Import from the modules themselves at src/a.js:2; `p` and `q` bring it too. Or mark the re-exported ones as free of side effects.',
    ])
  })

  it('knows the code of a package of the same workspace for what can be changed', () => {
    const linked = sketchFacts({
      modules: {
        'src/main.js': ['../ui/index.js:1'],
        '../ui/index.js': ['../ui/button.js:1', '../ui/chart.js:2'],
        '../ui/button.js': [],
        '../ui/chart.js': [],
      },
      chunks: { 'index.js': { '../ui/chart.js': 500 } },
    })
    const modules = linked.report.modules.map((module) =>
      module.id.startsWith('../ui/') ? { ...module, package: '@acme/ui' } : module,
    )
    const facts = { ...linked, report: { ...linked.report, modules } }
    expect(fixes('forbidden', facts, { forbidden: { all: ['../ui/chart.js'] } })).toEqual([
      'Remove the import at ../ui/index.js:2.',
    ])
  })
})
