import { describe, expect, it } from 'vitest'
import { diffReports } from './diff-reports.ts'
import { sketchBudget, sketchReport } from './report-fixture.ts'
import type { ReportSketch } from './report-fixture.ts'

const app = {
  modules: {
    'src/main.tsx': ['src/app.tsx:2'],
    'src/app.tsx': ['?src/pages/editor.tsx:7', 'src/pages/home.tsx:3', 'node_modules/react/index.js:1'],
    'src/pages/home.tsx': ['src/format.ts:1'],
    'src/pages/editor.tsx': ['node_modules/chart/index.js:4', 'node_modules/react/index.js:1'],
    'src/format.ts': [],
    'node_modules/react/index.js': [],
    'node_modules/chart/index.js': [],
  },
  chunks: {
    'assets/index-AAAAAAAA.js': {
      'src/main.tsx': 100,
      'src/app.tsx': 400,
      'src/pages/home.tsx': 300,
      'src/format.ts': 50,
      'node_modules/react/index.js': 8000,
    },
    'assets/editor-AAAAAAAA.js': { 'src/pages/editor.tsx': 900, 'node_modules/chart/index.js': 20_000 },
  },
  routes: {
    '/': { module: 'src/main.tsx', firstLoad: ['assets/index-AAAAAAAA.js'], navigation: [] },
    '/editor': {
      module: 'src/pages/editor.tsx',
      firstLoad: ['assets/index-AAAAAAAA.js', 'assets/editor-AAAAAAAA.js'],
      navigation: ['assets/editor-AAAAAAAA.js'],
    },
  },
  assets: { 'index.html': 600, 'assets/hero-AAAAAAAA.avif': 5000 },
} satisfies ReportSketch

const withMoment: ReportSketch = {
  ...app,
  release: 'ffffffffffff',
  modules: {
    ...app.modules,
    'src/format.ts': ['node_modules/moment/moment.js:1'],
    'node_modules/moment/moment.js': ['node_modules/moment/locale.js:5'],
    'node_modules/moment/locale.js': [],
  },
  chunks: {
    'assets/index-BBBBBBBB.js': {
      ...app.chunks['assets/index-AAAAAAAA.js'],
      'node_modules/moment/moment.js': 60_000,
      'node_modules/moment/locale.js': 4000,
    },
    'assets/editor-AAAAAAAA.js': app.chunks['assets/editor-AAAAAAAA.js'],
  },
  routes: {
    '/': { module: 'src/main.tsx', firstLoad: ['assets/index-BBBBBBBB.js'], navigation: [] },
    '/editor': {
      module: 'src/pages/editor.tsx',
      firstLoad: ['assets/index-BBBBBBBB.js', 'assets/editor-AAAAAAAA.js'],
      navigation: ['assets/editor-AAAAAAAA.js'],
    },
  },
}

const before = sketchReport(app)

describe('diffReports', () => {
  it('says nothing for the same build', () => {
    const diff = diffReports(before, sketchReport(app))
    for (const list of [diff.files, diff.chunks, diff.routes, diff.packages, diff.modules, diff.causes, diff.budgets]) {
      expect(list).toEqual([])
    }
    expect(diff.total.delta).toEqual({ raw: 0, gzip: 0, brotli: 0, zstd: 0 })
  })

  it('names the import that brought a package into the initial load, and what removing it saves', () => {
    const diff = diffReports(before, sketchReport(withMoment))
    expect(diff.causes).toHaveLength(1)
    const [cause] = diff.causes
    expect(cause).toMatchObject({
      edge: { importer: 'src/format.ts', line: 1, importee: 'node_modules/moment/moment.js' },
      isNew: true,
      loads: ['initial'],
      subjects: [{ name: 'moment', kind: 'package', modules: 2, raw: 64_000 }],
      others: [],
    })
    expect(cause!.saves.raw).toBe(64_000)
    expect(cause!.chain.map(({ importer, line }) => `${importer}:${line}`)).toEqual([
      'src/main.tsx:2',
      'src/app.tsx:3',
      'src/pages/home.tsx:1',
      'src/format.ts:1',
    ])
    expect(diff.routes.map(({ id, firstLoad, navigation }) => [id, firstLoad.delta.raw, navigation.delta.raw])).toEqual(
      [
        ['/', 64_000, 0],
        ['/editor', 64_000, 0],
      ],
    )
    expect(diff.packages).toMatchObject([{ name: 'moment', status: 'added', versionAfter: '1.0.0' }])
  })

  it('keeps its sums: files to total, chunks and modules to code, modules to their chunk, in both directions', () => {
    const after = sketchReport({
      ...withMoment,
      assets: { 'index.html': 640, 'assets/hero-BBBBBBBB.avif': 4000, 'sw.js': 10 },
    })
    for (const diff of [diffReports(before, after), diffReports(after, before)]) {
      for (const key of ['raw', 'gzip', 'brotli', 'zstd'] as const) {
        const sum = (list: readonly { delta: { [name in typeof key]?: number } }[]) =>
          list.reduce((total, { delta }) => total + (delta[key] ?? 0), 0)
        expect(sum(diff.files)).toBe(diff.total.delta[key])
        expect(sum(diff.chunks)).toBe(diff.code.delta[key])
        if (key === 'zstd') continue
        expect(sum(diff.modules)).toBe(diff.code.delta[key])
        for (const chunk of diff.chunks) expect(sum(chunk.modules)).toBe(chunk.delta[key])
      }
    }
  })

  it('pairs an image whose name differs only in its hash', () => {
    const after = sketchReport({ ...app, assets: { 'index.html': 600, 'assets/hero-B-_BBBBB.avif': 4000 } })
    expect(diffReports(before, after).files).toMatchObject([
      {
        file: 'assets/hero-B-_BBBBB.avif',
        previous: 'assets/hero-AAAAAAAA.avif',
        status: 'changed',
        delta: { raw: -1000 },
      },
    ])
  })

  it('blames the import that became static when a lazy page became eager', () => {
    const after = sketchReport({
      ...app,
      modules: { ...app.modules, 'src/pages/home.tsx': ['src/format.ts:1', 'src/pages/editor.tsx:2'] },
      chunks: {
        'assets/index-CCCCCCCC.js': {
          ...app.chunks['assets/index-AAAAAAAA.js'],
          ...app.chunks['assets/editor-AAAAAAAA.js'],
        },
      },
      routes: { '/': { module: 'src/main.tsx', firstLoad: ['assets/index-CCCCCCCC.js'], navigation: [] } },
    })
    const { causes, routes } = diffReports(before, after)
    expect(
      causes.map(({ edge, loads, subjects }) => [edge.importer, edge.line, loads, subjects.map((s) => s.name)]),
    ).toEqual([['src/pages/home.tsx', 2, ['initial'], ['chart', 'src/pages/editor.tsx']]])
    expect(causes[0]!.saves.raw).toBe(20_900)
    expect(routes.map(({ id, status }) => [id, status])).toEqual([
      ['/', 'changed'],
      ['/editor', 'removed'],
    ])
  })

  it('tells a new page by the import that leads to it and a package by the import next to it', () => {
    const after = sketchReport({
      ...app,
      modules: {
        ...app.modules,
        'src/app.tsx': [...app.modules['src/app.tsx'], '?src/pages/map.tsx:9'],
        'src/pages/map.tsx': ['src/widgets/layers.tsx:1'],
        'src/widgets/layers.tsx': ['node_modules/leaflet/index.js:2'],
        'node_modules/leaflet/index.js': [],
      },
      chunks: {
        ...app.chunks,
        'assets/map-AAAAAAAA.js': {
          'src/pages/map.tsx': 500,
          'src/widgets/layers.tsx': 700,
          'node_modules/leaflet/index.js': 40_000,
        },
      },
      routes: {
        ...app.routes,
        '/map': {
          module: 'src/pages/map.tsx',
          firstLoad: ['assets/index-AAAAAAAA.js', 'assets/map-AAAAAAAA.js'],
          navigation: ['assets/map-AAAAAAAA.js'],
        },
      },
    })
    const causes = diffReports(before, after).causes
    expect(
      causes.map(({ edge, loads, size, saves }) => [edge.importer, edge.line, loads, size.raw, saves.raw]),
    ).toEqual([
      ['src/widgets/layers.tsx', 2, ['/map'], 40_000, 40_000],
      // The page is a root of its route, so there only removing the page itself would help: told for the whole build.
      ['src/app.tsx', 9, ['/map'], 1200, 41_200],
    ])
  })

  it('names every new import of a package when removing one alone saves nothing', () => {
    const after = sketchReport({
      ...withMoment,
      modules: {
        ...withMoment.modules,
        'src/app.tsx': [...app.modules['src/app.tsx'], 'node_modules/moment/moment.js:8'],
      },
    })
    const [cause] = diffReports(before, after).causes
    expect(cause!.edge).toMatchObject({ importer: 'src/app.tsx', line: 8 })
    expect(cause!.others).toEqual([{ importer: 'src/format.ts', line: 1, importee: 'node_modules/moment/moment.js' }])
    expect([cause!.saves.raw, cause!.savesTogether?.raw]).toEqual([0, 64_000])
  })

  it('follows a package through a changed pnpm path and reports its new version', () => {
    const pnpm = (version: string): ReportSketch => ({
      modules: {
        'src/main.ts': [`node_modules/.pnpm/react@${version}/node_modules/react/index.js:1`],
        [`node_modules/.pnpm/react@${version}/node_modules/react/index.js`]: [],
      },
      chunks: {
        [`index-${version}.js`]: {
          'src/main.ts': 10,
          [`node_modules/.pnpm/react@${version}/node_modules/react/index.js`]: version === '19.0.0' ? 700 : 900,
        },
      },
      versions: { react: version },
    })
    const diff = diffReports(sketchReport(pnpm('19.0.0')), sketchReport(pnpm('19.2.0')))
    expect(diff.causes).toEqual([])
    expect(diff.chunks).toMatchObject([{ status: 'changed', previous: 'index-19.0.0.js', delta: { raw: 200 } }])
    expect(diff.modules).toMatchObject([{ status: 'changed', delta: { raw: 200 } }])
    expect(diff.packages).toMatchObject([{ versionBefore: '19.0.0', versionAfter: '19.2.0' }])
  })

  it('puts a broken budget before everything else', () => {
    const one = sketchReport({
      ...app,
      budgets: [sketchBudget({ name: 'a', status: 'pass', actual: 1 }), sketchBudget({ name: 'z', status: 'pass' })],
    })
    const two = sketchReport({
      ...app,
      budgets: [
        sketchBudget({ name: 'a', status: 'pass', actual: 2 }),
        sketchBudget({ name: 'z', status: 'fail', actual: 120 }),
      ],
    })
    expect(diffReports(one, two).budgets.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['z', 'broke'],
      ['a', 'changed'],
    ])
    expect(diffReports(two, one).budgets[0]).toMatchObject({ name: 'z', verdict: 'fixed' })
  })

  it('reports a package that is now bundled twice', () => {
    const copies = [
      { version: '4.17.0', path: 'node_modules/lodash' },
      { version: '3.10.0', path: 'node_modules/old/node_modules/lodash' },
    ]
    const one = {
      ...app,
      modules: { ...app.modules, 'node_modules/lodash/a.js': [] },
      chunks: { ...app.chunks, 'l.js': { 'node_modules/lodash/a.js': 9 } },
    }
    const diff = diffReports(sketchReport(one), sketchReport({ ...one, duplicates: { lodash: copies } }))
    expect(diff.packages).toMatchObject([{ name: 'lodash', newDuplicates: ['3.10.0', '4.17.0'] }])
  })
})
