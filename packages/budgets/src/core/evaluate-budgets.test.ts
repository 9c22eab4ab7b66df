import type { BudgetResult, BuildReport } from '@paceline/build-graph'
import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { sketchReport, type ReportSketch } from '../diff/report-fixture.ts'
import type { BudgetsOptions } from '../options.ts'
import { resolveBudgets } from '../resolve-options.ts'
import { evaluateBudgets } from './evaluate-budgets.ts'

const sketch: ReportSketch = {
  modules: {
    'src/main.tsx': ['node_modules/react/index.js:1', 'src/app.tsx:2'],
    'src/app.tsx': ['?src/pages/editor.tsx:9', 'src/app.css:1'],
    'src/pages/editor.tsx': ['node_modules/monaco/index.js:3'],
    'src/app.css': [],
    'node_modules/react/index.js': [],
    'node_modules/monaco/index.js': [],
  },
  chunks: {
    'assets/index-a1.js': { 'src/main.tsx': 2000, 'src/app.tsx': 6000 },
    'assets/react-vendor-b2.js': { 'node_modules/react/index.js': 20_000 },
    'assets/editor-c3.js': { 'src/pages/editor.tsx': 10_000, 'node_modules/monaco/index.js': 90_000 },
    'assets/index-d4.css': { 'src/app.css': 4000 },
  },
  chunkImports: { 'assets/index-a1.js': ['assets/react-vendor-b2.js'] },
  assets: { 'index.html': 500, 'assets/hero.png': 300_000, 'assets/logo.svg': 2000, 'assets/inter.woff2': 40_000 },
  routes: {
    '/': {
      module: 'index.html',
      firstLoad: ['assets/index-a1.js', 'assets/react-vendor-b2.js', 'assets/index-d4.css'],
      navigation: [],
      depth: 1,
    },
    '/editor': {
      module: 'src/pages/editor.tsx',
      firstLoad: ['assets/index-a1.js', 'assets/react-vendor-b2.js', 'assets/index-d4.css', 'assets/editor-c3.js'],
      navigation: ['assets/editor-c3.js'],
      depth: 2,
    },
  },
}
const report = sketchReport(sketch)
const sizeOf = (file: string): BuildReport['files'][number] => report.files.find((entry) => entry.file === file)!
const judge = (options: BudgetsOptions, baseline?: BuildReport, build = report): Map<string, BudgetResult> =>
  new Map(
    evaluateBudgets(build, resolveBudgets({ initial: false, routes: false, ...options }), { baseline }).map(
      (result) => [result.name, result],
    ),
  )
const failure = (options: BudgetsOptions): Error => {
  try {
    judge(options)
  } catch (error) {
    return error as Error
  }
  throw new Error('the budgets were accepted')
}

describe('evaluateBudgets', () => {
  it('sums the entry’s static closure of JavaScript for the initial budget', () => {
    const result = judge({ initial: '1 MB' }).get('initial')
    const expected = sizeOf('assets/index-a1.js').brotli + sizeOf('assets/react-vendor-b2.js').brotli
    expect(result).toMatchObject({ kind: 'initial', subject: '/', actual: expected, limit: 1e6, status: 'pass' })
  })

  it('finds the same closure when the report has no routes', () => {
    const bare = sketchReport({ ...sketch, routes: {} })
    expect(judge({ initial: '1 MB' }, undefined, bare).get('initial')?.actual).toBe(
      judge({ initial: '1 MB' }).get('initial')?.actual,
    )
  })

  it('gives every HTML document an initial budget of its own', () => {
    const several = sketchReport({
      ...sketch,
      assets: { ...sketch.assets, 'admin.html': 400 },
      routes: {
        ...sketch.routes,
        '/admin': { module: 'admin.html', firstLoad: ['assets/editor-c3.js'], navigation: [], depth: 1 },
      },
    })
    const results = judge({ initial: '1 MB' }, undefined, several)
    expect([...results.keys()]).toEqual(['initial /', 'initial /admin'])
    expect(results.get('initial /admin')?.actual).toBe(sizeOf('assets/editor-c3.js').brotli)
  })

  it('holds routes to their own limits, and to those of * where they have none', () => {
    const results = judge({
      routes: { '*': { firstLoad: '9 kB', requests: 3 }, '/editor': { navigation: '50 kB', requests: 4, depth: 1 } },
    })
    expect(Object.fromEntries([...results].map(([name, { actual, status }]) => [name, [actual, status]]))).toEqual({
      'route / firstLoad': [report.routes[0]!.firstLoad.brotli, 'fail'],
      'route / requests': [3, 'pass'],
      'route /editor firstLoad': [report.routes[1]!.firstLoad.brotli, 'fail'],
      'route /editor navigation': [sizeOf('assets/editor-c3.js').brotli, 'pass'],
      'route /editor requests': [4, 'pass'],
      'route /editor depth': [2, 'fail'],
    })
  })

  it('finds a route by its module, and leaves out a route set to false', () => {
    const results = judge({ routes: { '*': '1 MB', 'src/pages/editor.tsx': false } })
    expect([...results.keys()]).toEqual(['route / firstLoad'])
  })

  it('sums the chunks of a name or of a glob over names', () => {
    const results = judge({
      chunks: {
        'react-vendor': { limit: 1, encoding: 'raw' },
        '*{vendor,editor}': { limit: '1 MB', encoding: 'gzip' },
      },
    })
    expect(results.get('chunk react-vendor')).toMatchObject({ actual: 20_120, encoding: 'raw', status: 'fail' })
    expect(results.get('chunk *{vendor,editor}')?.actual).toBe(
      sizeOf('assets/react-vendor-b2.js').gzip + sizeOf('assets/editor-c3.js').gzip,
    )
  })

  it('counts a chunk’s JavaScript and leaves out the CSS of the same name', () => {
    expect(judge({ chunks: { index: '1 MB' } }).get('chunk index')?.actual).toBe(sizeOf('assets/index-a1.js').brotli)
  })

  it('sums a package over all chunks, and takes 0 as "not in here"', () => {
    const results = judge({ packages: { monaco: 0, moment: '0 kB', react: { limit: '30 kB', encoding: 'raw' } } })
    expect(results.get('package monaco')).toMatchObject({ actual: 31_500, status: 'fail' })
    expect(results.get('package moment')).toMatchObject({ actual: 0, status: 'pass' })
    expect(results.get('package react')).toMatchObject({ actual: 20_000, status: 'pass' })
  })

  it('sums CSS, fonts and everything', () => {
    const results = judge({ css: '1 MB', fonts: '50 kB', total: { limit: '500 kB', encoding: 'raw' } })
    expect(results.get('css')?.actual).toBe(sizeOf('assets/index-d4.css').brotli)
    expect(results.get('fonts')).toMatchObject({ actual: 40_000, encoding: 'raw' })
    expect(results.get('total')?.actual).toBe(report.files.reduce((sum, file) => sum + file.raw, 0))
  })

  it('counts what the service worker stores, and names the heaviest files', () => {
    const entries = ['assets/index-a1.js', 'assets/index-d4.css'].map((file) => ({ file, bytes: 1 }))
    const stored = {
      ...report,
      serviceWorker: { file: 'sw.js', strategy: 'generateSW' as const, precache: { files: 2, bytes: 2, entries } },
    }
    const result = judge({ precache: '1 kB' }, undefined, stored).get('precache')
    const sum = entries.reduce((total, { file }) => total + sizeOf(file).brotli, 0)
    expect(result).toMatchObject({ name: 'precache', kind: 'precache', actual: sum, status: 'fail' })
    expect(result?.explain?.files.map(({ file }) => file)).toEqual(['assets/index-a1.js', 'assets/index-d4.css'])
  })

  it('says so when there is no service worker whose files could be counted', () => {
    expect(failure({ precache: '1 kB' }).message).toContain('this build has no service worker')
  })

  it('names every image over the limit, and the heaviest of the others', () => {
    const results = judge({ images: '100 kB' })
    expect([...results.values()].map(({ name, subject, actual, status }) => [name, subject, actual, status])).toEqual([
      ['images assets/hero.png', 'assets/hero.png', 300_000, 'fail'],
      ['images', 'assets/logo.svg', 2000, 'pass'],
    ])
  })

  it('sums a glob, or holds each of its files to the limit', () => {
    const sum = judge({ files: { 'assets/*.js': '1 MB' } }).get('files assets/*.js')
    const scripts = report.files.filter((file) => file.kind === 'js')
    expect(sum?.actual).toBe(scripts.reduce((total, file) => total + file.brotli, 0))
    const each = judge({ files: { 'assets/*.js': { each: '20 kB', encoding: 'zstd' } } })
    expect([...each.keys()]).toEqual(['files assets/*.js assets/editor-c3.js', 'files assets/*.js'])
  })

  it('warns instead of failing when a budget says so', () => {
    expect(judge({ initial: { limit: 1, severity: 'warn' } }).get('initial')?.status).toBe('warn')
  })

  it('passes at exactly the limit', () => {
    const { brotli } = sizeOf('assets/editor-c3.js')
    expect(judge({ chunks: { editor: brotli } }).get('chunk editor')?.status).toBe('pass')
    expect(judge({ chunks: { editor: brotli - 1 } }).get('chunk editor')?.status).toBe('fail')
  })

  it('collects every budget that matches nothing, with near names', () => {
    const error = failure({
      routes: { '/editr': '1 kB' },
      chunks: { 'react-vendr': 1 },
      packages: { monako: '1 kB' },
      files: { 'static/*.js': 1 },
    })
    expect(errorCodes(error)).toEqual(['PACELINE_BUDGET_NO_MATCH'])
    expect(error.message).toContain("`budgets.routes['/editr']` matches no route. Did you mean '/editor'?")
    expect(error.message).toContain("`budgets.chunks['react-vendr']` matches no chunk. Did you mean 'react-vendor'?")
    expect(error.message).toContain("`budgets.packages['monako']` matches no package. Did you mean 'monaco'?")
    expect(error.message).toContain("`budgets.files['static/*.js']` matches no file.")
  })

  it('takes a written budget without any file as a mistake, and a default one not', () => {
    const bare = sketchReport({ modules: { 'src/main.ts': [] }, chunks: { 'index-a.js': { 'src/main.ts': 10 } } })
    expect(() => judge({ fonts: '1 kB' }, undefined, bare)).toThrow(/`budgets\.fonts` matches no file/)
    expect(() => judge({ routes: { '*': '1 kB' } }, undefined, bare)).toThrow(/matches no route/)
    const still = sketchReport({ modules: {}, chunks: {}, assets: { 'index.html': 500 } })
    expect(() => judge({ initial: '1 kB' }, undefined, still)).toThrow(/`budgets\.initial` matches no file/)
    expect(evaluateBudgets(still, resolveBudgets(undefined))).toEqual([])
    expect(evaluateBudgets(bare, resolveBudgets(undefined)).map(({ name }) => name)).toEqual(['initial'])
  })

  it('gives names that are unique in the report', () => {
    const checks = [
      {
        name: 'total',
        path: ['dist/*'],
        limit: 1e6,
        encoding: 'raw',
        files: [{ file: 'dist/index.html', size: 500 }],
        emitted: { include: [], exclude: [] },
      },
    ] as const
    const names = evaluateBudgets(report, resolveBudgets({ initial: false, routes: false, total: '1 MB' }), { checks })
    expect(names.map(({ name }) => name)).toEqual(['total', 'total (2)'])
  })
})

describe('growth', () => {
  const smaller = sketchReport({
    ...sketch,
    chunks: { ...sketch.chunks, 'assets/index-a1.js': { 'src/main.tsx': 2000, 'src/app.tsx': 4000 } },
    routes: { '/': sketch.routes!['/']! },
  })

  it('measures the total, the initial JavaScript and known routes in bytes', () => {
    const results = judge({ baseline: 'b.json', maxGrowth: '500 B' }, smaller)
    expect([...results.values()].map(({ name, actual, status }) => [name, actual, status])).toEqual([
      ['growth total', 700, 'fail'],
      ['growth initial', 700, 'fail'],
      ['growth route /', 700, 'fail'],
    ])
    expect(results.get('growth initial')?.explain?.grew).toEqual([{ id: 'src/app.tsx', size: 700, before: 1400 }])
  })

  it('measures it in per cent of the baseline', () => {
    const result = judge({ baseline: 'b.json', maxGrowth: '7%' }, smaller).get('growth initial')
    const before = judge({ initial: 1 }, undefined, smaller).get('initial')!.actual
    expect(result).toMatchObject({ unit: 'percent', limit: 7, status: 'fail' })
    expect(result?.actual).toBeCloseTo((700 / before) * 100, 10)
  })

  it('passes when a build shrinks', () => {
    const results = evaluateBudgets(smaller, resolveBudgets({ baseline: 'b', maxGrowth: 0 }), { baseline: report })
    expect(results.filter(({ kind }) => kind === 'growth').map(({ status }) => status)).toEqual([
      'pass',
      'pass',
      'pass',
    ])
  })
})

describe('strict', () => {
  it('fails on files that no written budget covers, and names them', () => {
    const results = judge({
      strict: true,
      exempt: ['index.html'],
      files: { 'assets/*.{js,css}': '1 MB' },
      images: '1 MB',
    })
    expect(results.get('exempt index.html')).toMatchObject({ status: 'exempt', actual: 500 })
    expect(results.get('coverage')).toMatchObject({ status: 'fail', actual: 40_000, subject: 'assets/inter.woff2' })
    expect(results.get('coverage')?.explain?.files).toEqual([{ file: 'assets/inter.woff2', size: 40_000 }])
  })

  it('does not count budgets that Paceline set by default', () => {
    const results = evaluateBudgets(report, resolveBudgets({ strict: true }))
    const coverage = results.find(({ name }) => name === 'coverage')
    expect(coverage?.actual).toBe(report.files.reduce((sum, file) => sum + file.raw, 0))
  })

  it('does not take a limit on requests or depth for one on bytes', () => {
    const results = judge({ strict: true, routes: { '*': { requests: 99, depth: 9 } } })
    expect(results.get('coverage')?.actual).toBe(report.files.reduce((sum, file) => sum + file.raw, 0))
  })

  it('holds when every file belongs to a budget', () => {
    expect(judge({ strict: true, total: '1 MB' }).get('coverage')).toMatchObject({ status: 'pass', actual: 0 })
  })

  it('refuses an exemption that matches nothing', () => {
    expect(failure({ strict: true, exempt: ['robot.txt'], total: '1 MB' }).message).toContain(
      "`budgets.exempt` 'robot.txt' matches no file.",
    )
  })
})
