import { expect, test } from '@playwright/test'
import type { RouteCounts } from '@paceline/lab'
import { countsToStore, differences } from '../../support/lab/stored-counts.ts'

type Ranges = Record<string, readonly [low: number, high: number]>

const MODULES: Ranges = {
  'src/row.ts': [8000, 8000],
  'src/late.ts': [0, 3000],
  'src/setup.ts': [250, 250],
  '../node_modules/react-dom/index.js': [90_000, 100_000],
}

function page({ modules = MODULES, elements = 400, requests = 15, bytes = 600_000 } = {}): RouteCounts[] {
  const same = (value: number): readonly [number, number] => [value, value]
  const totals = { elements: same(elements), requests: same(requests), bytes: same(bytes) }
  return [{ route: '/a', counts: { work: same(0), layouts: same(0), styles: same(0), ...totals }, modules }]
}

const stored = countsToStore(page())

test('a page that is as written down differs in nothing', () => {
  expect(stored['/a']!.modules).toHaveProperty(['src/setup.ts'])
  expect(differences(stored, page())).toEqual([])
  expect(differences(stored, page({ modules: { ...MODULES, 'src/late.ts': [3000, 3000] } }))).toEqual([])
  expect(differences(stored, page({ modules: { ...MODULES, 'src/row.ts': [8200, 8200] } }))).toEqual([])
})

const cases: readonly (readonly [what: string, found: RouteCounts[], said: readonly string[]])[] = [
  [
    'a module that does more',
    page({ modules: { ...MODULES, 'src/row.ts': [8300, 8400] } }),
    ['src/row.ts 8000 → 8300'],
  ],
  [
    'a heavy module that is new',
    page({ modules: { ...MODULES, 'src/new.ts': [2000, 2000] } }),
    ['src/new.ts is new and does 2000'],
  ],
  [
    'modules that are not known by their names',
    page({ modules: { '[assets/index.js]': [98_000, 98_000] } }),
    ['src/row.ts was not found', 'src/setup.ts was not found', 'react-dom was not found'],
  ],
  [
    'a package that does more',
    page({ modules: { ...MODULES, '../node_modules/react-dom/index.js': [126_000, 130_000] } }),
    ['react-dom 100000 → 126000'],
  ],
  [
    'a heavy package that is new',
    page({ modules: { ...MODULES, '../node_modules/moment/moment.js': [30_000, 30_000] } }),
    ['moment is new and does 30000'],
  ],
  [
    'more on the page',
    page({ elements: 413, requests: 16, bytes: 620_000 }),
    ['elements 400 → 413', 'requests 15 → 16', 'bytes 600000 → 620000'],
  ],
]
for (const [what, found, said] of cases) {
  test(`is told: ${what}`, () => {
    expect(differences(stored, found)).toEqual(said.map((one) => `/a: ${one}`))
  })
}

test('a page that is not written down, and one that was not visited, are said', () => {
  expect(differences({}, page())).toEqual(['/a: nothing is written down'])
  expect(differences(stored, [])).toEqual(['/a: was not visited'])
})
