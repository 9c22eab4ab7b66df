import { stripVTControlCharacters } from 'node:util'
import type { BudgetResult, Explanation } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { sketchBudget } from '../diff/report-fixture.ts'
import { formatTerminal } from './format-terminal.ts'

const explain: Explanation = {
  over: 12_400,
  files: [{ file: 'assets/index-a1.js', size: 182_400 }],
  packages: [
    { name: 'react-dom', size: 41_200 },
    { name: 'moment', size: 18_400 },
  ],
  modules: [{ id: 'node_modules/react-dom/client.js', size: 41_200 }],
  grew: [
    { id: 'moment', size: 18_400, before: 0 },
    { id: 'src/pages/dashboard.tsx', size: 420, before: 2100 },
  ],
  chains: [
    {
      subject: 'moment',
      saves: 18_400,
      steps: [
        { importer: 'src/main.tsx', line: 4, importee: 'src/app.tsx' },
        { importer: 'src/app.tsx', line: 9, importee: 'src/pages/dashboard.tsx' },
        { importer: 'src/pages/dashboard.tsx', line: 12, importee: 'node_modules/moment/moment.js' },
      ],
    },
    {
      subject: 'scheduler',
      saves: 0,
      steps: [
        { importer: 'src/main.tsx', importee: 'node_modules/react-dom/client.js' },
        { importer: 'node_modules/react-dom/client.js', line: 3, importee: 'node_modules/react-dom/cjs/dom.js' },
        { importer: 'node_modules/react-dom/cjs/dom.js', line: 5, importee: 'node_modules/scheduler/index.js' },
      ],
    },
  ],
}
const initial = sketchBudget({ name: 'initial', status: 'fail', limit: 170_000, actual: 182_400, explain })
const plain = (results: readonly BudgetResult[], columns?: number): string =>
  formatTerminal(results, { color: false, columns, reportFile: '.paceline/report.json' })

describe('formatTerminal', () => {
  it('folds passes into one line with the tightest margin', () => {
    const results = [
      sketchBudget({ name: 'initial', status: 'pass', limit: 170_000, actual: 120_000 }),
      sketchBudget({ name: 'chunk vendor', status: 'pass', limit: 200_000, actual: 197_000 }),
      sketchBudget({ name: 'package moment', status: 'pass', limit: 0, actual: 0 }),
    ]
    expect(plain(results)).toBe('paceline ✓ 3 budgets hold, tightest: chunk vendor 3 kB left (1.5 %)')
  })

  it('lists every overrun with its explanation in one block', () => {
    const results = [
      sketchBudget({ name: 'css', status: 'pass', limit: 100, actual: 90 }),
      sketchBudget({
        name: 'images hero.png',
        kind: 'images',
        status: 'warn',
        limit: 300_000,
        actual: 300_001,
        encoding: 'raw',
      }),
      initial,
      sketchBudget({
        name: 'route /editor requests',
        kind: 'route',
        status: 'fail',
        limit: 12,
        actual: 14,
        unit: 'requests',
      }),
    ]
    expect(plain(results)).toMatchInlineSnapshot(`
      "paceline 3 of 4 budgets overrun, 1 of them a warning only
      ✗ initial  182.4 kB, limit 170 kB, 12.4 kB over (brotli)
          grew               moment +18.4 kB (new), src/pages/dashboard.tsx +420 B
          heaviest packages  react-dom 41.2 kB, moment 18.4 kB
          heaviest modules   node_modules/react-dom/client.js 41.2 kB
          src/pages/dashboard.tsx:12 → moment  removing it saves 18.4 kB
            via src/main.tsx:4 → src/app.tsx:9 → src/pages/dashboard.tsx
          src/main.tsx → react-dom → scheduler  other imports keep it in
      ✗ route /editor requests  14 requests, limit 12 requests, 2 over
      ! images hero.png  300001 B, limit 300000 B, 1 B over (raw)
      ✓ 1 budget holds, tightest: css 10 B left (10 %)
        details in .paceline/report.json"
    `)
  })

  it('tells a cause once and refers to it where other budgets have the same', () => {
    const route = { ...initial, name: 'route / firstLoad', limit: 175_000 }
    expect(plain([initial, route]).split('\n').slice(9)).toMatchInlineSnapshot(`
      [
        "    src/pages/dashboard.tsx:12 → moment  removing it saves 18.4 kB, as for initial",
        "    src/main.tsx → react-dom → scheduler  other imports keep it in, as for initial",
        "  details in .paceline/report.json",
      ]
    `)
  })

  it('explains a budget that shares one of two causes by the other', () => {
    const shorter = { ...explain, chains: explain.chains.slice(0, 1) }
    const lines = plain([initial, { ...initial, name: 'package moment', explain: shorter }]).split('\n')
    expect(lines.slice(8)).toEqual([
      '✗ package moment  182.4 kB, limit 170 kB, 12.4 kB over (brotli)',
      '    src/pages/dashboard.tsx:12 → moment  removing it saves 18.4 kB, as for initial',
      '  details in .paceline/report.json',
    ])
  })

  it('writes sizes that look alike when rounded in bytes', () => {
    expect(plain([sketchBudget({ name: 'x', status: 'fail', limit: 170_000, actual: 170_001 })])).toContain(
      '170001 B, limit 170000 B, 1 B over',
    )
  })

  it('marks estimates, and writes growth in per cent', () => {
    const zstd = { ...initial, encoding: 'zstd' as const }
    expect(plain([zstd])).toContain('removing it saves ≈18.4 kB')
    const growth = sketchBudget({ name: 'growth total', status: 'fail', limit: 1, actual: 3.25678, unit: 'percent' })
    expect(plain([growth])).toContain('3.26 %, limit 1 %, 2.26 % over')
  })

  it('names exemptions with what they let through', () => {
    expect(plain([sketchBudget({ name: 'exempt robots.txt', status: 'exempt', actual: 120 })])).toContain(
      'no limit on exempt robots.txt 120 B',
    )
  })

  it('stays within the width without cutting a path', () => {
    const lines = plain([initial], 60).split('\n')
    expect(lines.filter((line) => line.length > 60)).toEqual([
      '    heaviest modules   node_modules/react-dom/client.js 41.2 kB',
    ])
    expect(lines).toContain('    src/pages/dashboard.tsx:12 → moment')
  })

  it('names modules of packages without the way up to where they are installed', () => {
    const id = '../../../node_modules/moment/dist/moment.js'
    const step = { importer: 'src/main.tsx', line: 2, importee: id }
    const text = plain([
      {
        ...initial,
        explain: {
          ...explain,
          modules: [{ id, size: 18_400 }],
          grew: [{ id: '../../shared/src/a.ts', size: 10, before: 0 }],
          chains: [{ subject: 'moment', saves: 18_400, steps: [step] }],
        },
      },
    ])
    expect(text).toContain('heaviest modules   node_modules/moment/dist/moment.js 18.4 kB')
    expect(text).toContain('../../shared/src/a.ts +10 B (new)')
    expect(text).not.toContain('../node_modules')
  })

  it('says the same with and without colour', () => {
    const colored = formatTerminal([initial], { color: true })
    expect(colored).not.toBe(stripVTControlCharacters(colored))
    expect(stripVTControlCharacters(colored)).toBe(formatTerminal([initial], { color: false }))
  })

  it('says so when there are no budgets', () => {
    expect(plain([])).toBe('paceline no budgets')
  })
})
