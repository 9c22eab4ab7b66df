import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { sketchBudget, sketchReport } from '../diff/report-fixture.ts'
import type { ReportSketch } from '../diff/report-fixture.ts'

const before = {
  release: 'aaaaaaaaaaaa',
  modules: {
    'src/main.tsx': ['src/app.tsx:2', 'node_modules/react/index.js:1'],
    'src/app.tsx': ['?src/pages/[id].tsx:7', 'src/pages/home.tsx:3'],
    'src/pages/home.tsx': ['src/format.ts:1'],
    'src/pages/[id].tsx': ['node_modules/@mui/chart/index.js:4'],
    'src/format.ts': [],
    'node_modules/react/index.js': [],
    'node_modules/@mui/chart/index.js': [],
  },
  chunks: {
    'assets/index-AAAAAAAA.js': {
      'src/main.tsx': 100,
      'src/app.tsx': 400,
      'src/pages/home.tsx': 300,
      'src/format.ts': 50,
      'node_modules/react/index.js': 180_000,
    },
    'assets/id-AAAAAAAA.js': { 'src/pages/[id].tsx': 900, 'node_modules/@mui/chart/index.js': 20_000 },
  },
  routes: {
    '/': { module: 'src/main.tsx', firstLoad: ['assets/index-AAAAAAAA.js'], navigation: [] },
    '/:id': {
      module: 'src/pages/[id].tsx',
      firstLoad: ['assets/index-AAAAAAAA.js', 'assets/id-AAAAAAAA.js'],
      navigation: ['assets/id-AAAAAAAA.js'],
    },
  },
  assets: { 'index.html': 600 },
} satisfies ReportSketch

const passing: BudgetResult[] = [
  sketchBudget({ name: 'initial', status: 'pass', limit: 80_000, actual: 63_340 }),
  sketchBudget({
    name: 'route /:id depth',
    kind: 'route',
    subject: '/:id',
    status: 'pass',
    limit: 3,
    actual: 2,
    unit: 'depth',
  }),
]

const failing: BudgetResult[] = [
  sketchBudget({
    name: 'initial',
    status: 'fail',
    limit: 80_000,
    actual: 85_740,
    explain: {
      over: 5740,
      files: [{ file: 'assets/index-BBBBBBBB.js', size: 85_740 }],
      packages: [
        { name: 'react', size: 63_000 },
        { name: 'moment', size: 22_400 },
      ],
      modules: [{ id: 'node_modules/moment/moment.js', size: 21_000 }],
      chains: [
        {
          subject: 'moment',
          steps: [
            { importer: 'src/main.tsx', line: 2, importee: 'src/app.tsx' },
            { importer: 'src/app.tsx', line: 3, importee: 'src/pages/home.tsx' },
            { importer: 'src/pages/home.tsx', line: 1, importee: 'src/format.ts' },
            { importer: 'src/format.ts', line: 1, importee: 'node_modules/moment/moment.js' },
          ],
          saves: 22_400,
        },
      ],
    },
  }),
  passing[1]!,
]

/** A small app whose budgets hold. */
export const healthy: BuildReport = sketchReport({ ...before, budgets: passing })

/** The same app after `import moment from 'moment'` in src/format.ts: its initial budget is overrun. */
export const overweight: BuildReport = sketchReport({
  ...before,
  release: 'bbbbbbbbbbbb',
  modules: {
    ...before.modules,
    'src/format.ts': ['node_modules/moment/moment.js:1'],
    'node_modules/moment/moment.js': ['node_modules/moment/locale.js:5'],
    'node_modules/moment/locale.js': [],
  },
  chunks: {
    'assets/index-BBBBBBBB.js': {
      ...before.chunks['assets/index-AAAAAAAA.js'],
      'node_modules/moment/moment.js': 60_000,
      'node_modules/moment/locale.js': 4000,
    },
    'assets/id-AAAAAAAA.js': before.chunks['assets/id-AAAAAAAA.js'],
  },
  routes: {
    '/': { module: 'src/main.tsx', firstLoad: ['assets/index-BBBBBBBB.js'], navigation: [] },
    '/:id': {
      module: 'src/pages/[id].tsx',
      firstLoad: ['assets/index-BBBBBBBB.js', 'assets/id-AAAAAAAA.js'],
      navigation: ['assets/id-AAAAAAAA.js'],
    },
  },
  budgets: failing,
  rules: [
    {
      rule: 'forbidden',
      status: 'fail',
      violations: [
        {
          message: '`moment` is forbidden in the initial load.',
          chain: [{ importer: 'src/format.ts', line: 1, importee: 'node_modules/moment/moment.js' }],
        },
      ],
    },
  ],
})

/** Nothing built, nothing judged. */
export const empty: BuildReport = sketchReport({ modules: {}, chunks: {} })
