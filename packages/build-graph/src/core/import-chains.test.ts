import { describe, expect, it } from 'vitest'
import type { BuildReport, ModuleEntry } from '../report.ts'
import { chainsTo, shortestChain } from './import-chains.ts'
import { savingsOf, staticReach } from './import-savings.ts'
import { indexReport } from './report-index.ts'

/** `['src/a.ts', 'src/b.ts:3', '~src/c.ts:4']`: the module, what it imports at which line, `~` for `import()`. */
function reportOf(
  graph: readonly (readonly string[])[],
  chunks: Record<string, Record<string, number>> = {},
): BuildReport {
  const ids = graph.map(([id]) => id!)
  const modules = graph.map(([id, ...imports], position): ModuleEntry => {
    const owner = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id!)?.[1]
    return {
      id: id!,
      ...(owner ? { package: owner } : {}),
      ...(position === 0 ? { entry: true as const } : {}),
      imports: imports.map((written) => {
        const [, lazy, target, line] = /^(~?)(.+?)(?::(\d+))?$/.exec(written)!
        return {
          to: ids.indexOf(target!),
          kind: lazy ? ('dynamic' as const) : ('static' as const),
          ...(line ? { line: Number(line) } : {}),
        }
      }),
    }
  })
  return {
    schemaVersion: 1,
    release: '000000000000',
    files: [],
    routes: [],
    packages: [],
    budgets: [],
    rules: [],
    modules,
    chunks: Object.entries(chunks).map(([file, shares]) => ({
      name: file,
      file,
      kind: 'js',
      entry: false,
      imports: [],
      dynamicImports: [],
      css: [],
      assets: [],
      modules: Object.entries(shares).map(([id, raw]) => ({ id, raw, gzip: raw / 2, brotli: raw / 4 })),
    })),
  }
}

const app = reportOf(
  [
    ['src/main.ts', 'src/app.ts:1', 'src/log.ts:2'],
    ['src/app.ts', '~src/editor.ts:7', 'src/dates.ts:3'],
    ['src/log.ts', 'node_modules/fmt/index.js:1'],
    ['src/dates.ts', 'node_modules/moment/moment.js:12'],
    ['src/editor.ts', 'node_modules/chart/index.js:1', 'src/dates.ts:2', 'src/editor.css:3'],
    ['node_modules/fmt/index.js', 'node_modules/moment/moment.js:9'],
    ['node_modules/moment/moment.js', 'node_modules/moment/locale.js:5'],
    ['node_modules/moment/locale.js', 'node_modules/moment/moment.js:1'],
    ['node_modules/chart/index.js', 'node_modules/moment/moment.js:2'],
    ['src/editor.css'],
  ],
  {
    'main.js': { 'src/main.ts': 10, 'src/dates.ts': 20, 'node_modules/moment/moment.js': 1000 },
    'moment.js': { 'node_modules/moment/locale.js': 400 },
    'editor.js': { 'src/editor.ts': 40, 'node_modules/chart/index.js': 300 },
  },
)
const moment = (module: ModuleEntry): boolean => module.package === 'moment'
const written = (chain: ReturnType<typeof shortestChain>): string[] | undefined =>
  chain?.map(({ importer, line, importee }) => `${importer}:${line ?? '?'} → ${importee}`)

describe('shortestChain', () => {
  it('takes the fewest imports, and of equally short chains the one written first', () => {
    expect(written(shortestChain(app, moment))).toEqual([
      'src/main.ts:1 → src/app.ts',
      'src/app.ts:3 → src/dates.ts',
      'src/dates.ts:12 → node_modules/moment/moment.js',
    ])
  })

  it('leaves import() out when only static imports count', () => {
    const chart = (module: ModuleEntry): boolean => module.package === 'chart'
    expect(shortestChain(app, chart, { kinds: ['static'] })).toBeUndefined()
    expect(shortestChain(app, chart)).toHaveLength(3)
    expect(shortestChain(app, chart, { kinds: ['static'], lazyRoots: ['src/editor.ts'] })).toHaveLength(3)
  })

  it('is empty for an entry and undefined for what nothing reaches', () => {
    expect(shortestChain(app, ({ id }) => id === 'src/main.ts')).toEqual([])
    expect(shortestChain(app, () => false)).toBeUndefined()
  })

  it('leaves the line out when the report does not know it', () => {
    const report = reportOf([['src/main.ts', 'src/a.ts'], ['src/a.ts']])
    expect(shortestChain(report, ({ id }) => id === 'src/a.ts')).toEqual([
      { importer: 'src/main.ts', importee: 'src/a.ts' },
    ])
  })

  it('names the line of the static import when a module is imported in both ways', () => {
    const report = reportOf([['src/main.ts', '~src/a.ts:1', 'src/a.ts:2'], ['src/a.ts']])
    expect(shortestChain(report, ({ id }) => id === 'src/a.ts')?.[0]?.line).toBe(2)
  })
})

describe('chainsTo', () => {
  it('gives one chain per module of the app that brings a package in, also through other packages', () => {
    expect(chainsTo(app, moment).map((chain) => written(chain)?.at(-1))).toEqual([
      'src/dates.ts:12 → node_modules/moment/moment.js',
      'node_modules/fmt/index.js:9 → node_modules/moment/moment.js',
      'node_modules/chart/index.js:2 → node_modules/moment/moment.js',
    ])
    expect(written(chainsTo(app, moment)[1])?.[1]).toBe('src/log.ts:1 → node_modules/fmt/index.js')
  })

  it('stays inside the first load when only static imports count', () => {
    expect(chainsTo(app, moment, { kinds: ['static'] })).toHaveLength(2)
  })

  it('gives the importers of a module of the app', () => {
    const chains = chainsTo(app, ({ id }) => id === 'src/dates.ts')
    expect(chains.map((chain) => chain.at(-1)?.importer)).toEqual(['src/app.ts', 'src/editor.ts'])
  })
})

describe('staticReach', () => {
  it('follows static imports, through cycles, and stops at import()', () => {
    expect([...staticReach(app, ['src/main.ts'])]).toEqual([
      'src/main.ts',
      'src/app.ts',
      'src/log.ts',
      'src/dates.ts',
      'node_modules/fmt/index.js',
      'node_modules/moment/moment.js',
      'node_modules/moment/locale.js',
    ])
    expect(staticReach(app, ['src/unknown.ts']).size).toBe(0)
  })
})

describe('savingsOf', () => {
  const files = ['main.js', 'moment.js', 'editor.js']
  const scope = { roots: ['src/main.ts'], files }

  it('saves nothing while another import still reaches the module', () => {
    const cut = { importer: 'src/dates.ts', importee: 'node_modules/moment/moment.js' }
    expect(savingsOf(app, scope, cut)).toEqual({ raw: 0, gzip: 0, brotli: 0 })
  })

  it('counts everything only the package reaches when all imports of it go', () => {
    expect(savingsOf(app, scope, { package: 'moment' })).toEqual({ raw: 1400, gzip: 700, brotli: 350 })
  })

  it('counts only the files of the load', () => {
    const main = { ...scope, files: ['main.js'] }
    expect(savingsOf(app, main, { package: 'moment' }).raw).toBe(1000)
  })

  it('counts the importers that go with a module', () => {
    expect(savingsOf(app, { ...scope, roots: ['src/editor.ts'] }, { module: 'src/dates.ts' }).raw).toBe(20)
    const whole = { ...scope, kinds: ['static', 'dynamic'] as const }
    expect(savingsOf(app, whole, { module: 'src/editor.ts' }).raw).toBe(340)
  })
})

it('answers for 20,000 modules in well under a second', () => {
  const size = 20_000
  const graph = Array.from({ length: size }, (_, n) =>
    [2 * n + 1, 2 * n + 2].filter((to) => to < size).map((to) => ({ to, kind: 'static' as const, line: 1 })),
  )
  const report: BuildReport = {
    ...reportOf([]),
    modules: graph.map((imports, n) => ({ id: `m${n}`, ...(n === 0 ? { entry: true as const } : {}), imports })),
  }
  const started = performance.now()
  expect(shortestChain(report, ({ id }) => id === 'm19999')).toHaveLength(14)
  for (let run = 0; run < 20; run++) {
    savingsOf(report, { roots: ['m0'], files: [] }, { importer: 'm0', importee: `m${1 + (run % 2)}` })
  }
  expect(performance.now() - started).toBeLessThan(2000)
  expect(indexReport(report)).toBe(indexReport(report))
})
