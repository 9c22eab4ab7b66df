import { describe, expect, it } from 'vitest'
import type { BuildReport, ModuleEntry } from '../report.ts'
import { minimumCut } from './minimum-cut.ts'

/** `'src/a.ts': 'src/b.ts ~src/c.ts'`: a module and what it imports, `~` for `import()`; the first one is the entry. */
function reportOf(graph: Readonly<Record<string, string>>, pages: readonly string[] = []): BuildReport {
  const ids = Object.keys(graph)
  const modules = ids.map((id, position): ModuleEntry => {
    const owner = /^node_modules\/([^/]+)/.exec(id)?.[1]
    const imports = graph[id]!.split(' ').filter(Boolean)
    return {
      id,
      ...(owner ? { package: owner } : {}),
      ...(position === 0 ? { entry: true as const } : {}),
      imports: imports.map((name, line) => ({
        to: ids.indexOf(name.replace('~', '')),
        kind: name.startsWith('~') ? ('dynamic' as const) : ('static' as const),
        line: line + 1,
      })),
    }
  })
  const load = { requests: 0, depth: 0, raw: 0, gzip: 0, brotli: 0, zstd: 0, byKind: {}, files: [] }
  return {
    schemaVersion: 1,
    release: '000000000000',
    files: [],
    chunks: [],
    routes: pages.map((module) => ({ id: module, module, firstLoad: load, navigation: load })),
    packages: [],
    budgets: [],
    rules: [],
    modules,
  }
}

const cut = (report: BuildReport, name: string): unknown => {
  const found = minimumCut(report, {
    roots: [report.modules[0]!.id],
    matches: (module) => module.package === name || module.id === name,
  })
  return (
    found && { imports: found.imports.map(({ importer, importee }) => `${importer} ${importee}`), loses: found.loses }
  )
}

describe('minimumCut', () => {
  it('takes the one import of a helper instead of the three imports of the helper’s users', () => {
    const report = reportOf({
      'src/main.ts': 'src/a.ts src/b.ts src/c.ts',
      'src/a.ts': 'src/dates.ts',
      'src/b.ts': 'src/dates.ts',
      'src/c.ts': 'src/dates.ts',
      'src/dates.ts': 'node_modules/moment/index.js',
      'node_modules/moment/index.js': '',
    })
    expect(cut(report, 'moment')).toEqual({ imports: ['src/dates.ts node_modules/moment/index.js'], loses: [] })
  })

  it('takes the one import above many, and says what goes with it', () => {
    const report = reportOf({
      'src/main.ts': 'src/views.ts src/api.ts',
      'src/views.ts': 'src/a.ts src/b.ts',
      'src/a.ts': 'node_modules/chart/index.js',
      'src/b.ts': 'node_modules/chart/index.js',
      'src/api.ts': '',
      'node_modules/chart/index.js': '',
    })
    expect(cut(report, 'chart')).toEqual({
      imports: ['src/main.ts src/views.ts'],
      loses: ['src/views.ts', 'src/a.ts', 'src/b.ts'],
    })
  })

  it('leaves the imports of packages, of documents, and those that lead to several pages', () => {
    const graph = {
      'index.html': 'src/main.ts',
      'src/main.ts': 'src/router.ts',
      'src/router.ts': 'src/home.ts ~src/editor.ts ~src/list.ts',
      'src/home.ts': 'node_modules/ui/index.js node_modules/heavy/index.js',
      'src/editor.ts': '',
      'src/list.ts': '',
      'node_modules/ui/index.js': 'node_modules/heavy/index.js',
      'node_modules/heavy/index.js': '',
    }
    const pages = ['src/home.ts', 'src/editor.ts', 'src/list.ts']
    expect(cut(reportOf(graph, pages), 'heavy')).toEqual({
      imports: ['src/router.ts src/home.ts'],
      loses: ['src/home.ts'],
    })
    expect(cut(reportOf(graph, pages), 'src/router.ts')).toBeUndefined()
    expect(
      cut(reportOf({ ...graph, 'src/main.ts': 'src/router.ts node_modules/heavy/index.js' }, pages), 'heavy'),
    ).toEqual({
      imports: ['src/main.ts node_modules/heavy/index.js', 'src/router.ts src/home.ts'],
      loses: ['src/home.ts'],
    })
  })

  it('finds nothing to cut for what is only loaded later, and for what is run in any case', () => {
    const report = reportOf({ 'src/main.ts': '~src/editor.ts', 'src/editor.ts': '' })
    expect(cut(report, 'src/editor.ts')).toBeUndefined()
    expect(cut(report, 'src/main.ts')).toBeUndefined()
  })
})
