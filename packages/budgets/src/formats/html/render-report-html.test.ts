import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { savingsOf, shortestChain } from '@paceline/build-graph'
import type { BuildReport, ChainStep, ModuleEntry, Sizes } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { measureInitial } from '../../core/measure-loads.ts'
import { sketchBudget, sketchReport } from '../../diff/report-fixture.ts'
import { resolveBudgets } from '../../resolve-options.ts'
import type { ResolvedLimit } from '../../resolve-options.ts'
import { empty, healthy, overweight } from '../sample-reports.ts'
import { renderReportHtml } from './render-report-html.ts'

const page = renderReportHtml(overweight, {
  baseline: healthy,
  baselineName: 'main (4f2a9c1)',
  generatedBy: 'paceline 0.1.0',
})
const inner = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text!)
const data = (html: string) =>
  JSON.parse(inner(html, 'script')[0]!) as { report: unknown; diff?: { causes: unknown[] } }

interface ClientGraph {
  moduleGraph(report: BuildReport): object
  shortestChain(graph: object, matches: (module: ModuleEntry) => boolean): ChainStep[] | undefined
  savings(graph: object, cut: (from: number, to: number) => boolean): Sizes
  pagesByModule(report: BuildReport): (ids: readonly string[]) => 'all' | string[]
}

/** The page's module that walks the graph, run as the page runs it: without exports, in a scope of its own. */
function clientGraph(): ClientGraph {
  const text = readFileSync(new URL('../../../client/report/graph.js', import.meta.url), 'utf8')
  const body = `${text.replaceAll(/^export /gm, '')}\nreturn { moduleGraph, shortestChain, savings, pagesByModule }`
  return (new Function(body) as () => ClientGraph)()
}

describe('renderReportHtml', () => {
  it('gives the verdicts without a script: what is over, by how much, and the import to cut', () => {
    const verdicts = page.slice(page.indexOf('<section id="verdicts"'), page.indexOf('<section id="changes"'))
    expect(page).toContain('<h2>1 of 2 budgets overrun, 1 rule broken</h2>')
    expect(verdicts).toContain(
      '<strong>85.74 kB brotli</strong> <span class="soft">of 80 kB</span> <span class="up">+5.74 kB</span>',
    )
    expect(verdicts).toContain('<li class="cut"><code>src/format.ts:1</code></li>')
    expect(verdicts).toContain('Removing the marked import of moment saves 22.4 kB brotli.')
    expect(verdicts).toContain('<code>moment</code> is forbidden in the initial load.')
    expect(verdicts).toContain('1 budget holds')
  })

  it('says of the first load what the budget `initial` counts: scripts, those beside the entry included', () => {
    const report = sketchReport({
      modules: { 'src/main.tsx': [] },
      chunks: { 'assets/index-AAAAAAAA.js': { 'src/main.tsx': 400 } },
      routes: {
        '/': {
          module: 'src/main.tsx',
          firstLoad: ['assets/index-AAAAAAAA.js', 'assets/beside.js', 'assets/main.css'],
          navigation: [],
        },
      },
      assets: { 'assets/beside.js': 70, 'assets/main.css': 5000 },
    })
    const [measured] = measureInitial(report, resolveBudgets({ initial: '1 kB' }).initial as ResolvedLimit)
    expect(measured!.actual).toBeGreaterThan(100)
    const html = renderReportHtml(report)
    expect(html).toContain(`<dt>Initial JavaScript</dt>`)
    expect(/Initial JavaScript<\/dt><dd[^>]*>([\d,]+) B/.exec(html)?.[1]).toBe(measured!.actual.toLocaleString('en-US'))
  })

  it('carries the whole report and, with a baseline, the diff', () => {
    expect(data(page).report).toEqual(overweight)
    expect(data(page).diff!.causes).toHaveLength(1)
    expect(data(renderReportHtml(healthy))).toEqual({ report: healthy })
    expect(renderReportHtml(healthy)).not.toContain('id="changes"')
  })

  it('has parts for delivery and the precache where there are such', () => {
    const delivery = {
      releases: [{ release: healthy.release, files: 1, bytes: 100 }],
      routes: [],
      changes: [],
      deltas: { kept: 0, keptBytes: 0, dropped: 0, droppedBytes: 0 },
      besides: [],
    }
    const serviceWorker = {
      file: 'sw.js',
      strategy: 'generateSW' as const,
      precache: { files: 1, bytes: 100, entries: [{ file: 'index.html', bytes: 100 }] },
    }
    const html = renderReportHtml({ ...healthy, delivery, serviceWorker })
    for (const part of ['delivery', 'precache']) {
      expect(html).toContain(`<a href="#${part}">`)
      expect(html).toContain(`<section id="${part}"`)
      expect(page).not.toContain(`#${part}"`)
    }
  })

  it('has a part for images where images were optimised', () => {
    const images = { files: [], unused: [{ file: 'src/lost.png', bytes: 100 }] }
    const html = renderReportHtml({ ...healthy, images })
    expect(html).toContain('<a href="#images">Images</a>')
    expect(html).toContain('<section id="images"')
    expect(page).not.toContain('#images"')
  })

  it('needs nothing else and says so in its policy, by the hashes of its own style and script', () => {
    const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const [, policy] = /content="(default-src[^"]*)"/.exec(page)!
    expect(policy).toBe(
      `default-src 'none'; style-src ${sha(inner(page, 'style')[0]!)}; script-src ${sha(inner(page, 'script')[1]!)}; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/ style="| on[a-z]+="|src="|https?:\/\//)
  })

  it('keeps names from becoming markup', () => {
    const name = '</script><img src=x onerror=alert(1)>"\'&'
    const report = sketchReport({
      modules: { [name]: [] },
      chunks: { 'a.js': { [name]: 1 } },
      budgets: [sketchBudget({ name, status: 'fail', actual: 120 })],
    })
    const html = renderReportHtml(report, { generatedBy: name, baselineName: name, baseline: empty, treemap: name })
    expect(html).not.toContain('<img')
    expect(html.match(/<\/script>/g)).toHaveLength(2)
    expect(data(html).report).toEqual(report)
  })

  it('shows what will break first first, and folds the long tail of what holds', () => {
    const budgets = Array.from({ length: 100 }, (_, n) =>
      sketchBudget({ name: `route ${n}`, status: 'pass', limit: 1000, actual: n * 7 }),
    )
    const html = renderReportHtml(sketchReport({ modules: {}, chunks: {}, budgets }))
    const [shown, folded] = html.split('85 more with more room')
    const names = (text: string): string[] =>
      [...text.matchAll(/<th scope="row">(route \d+) /g)].map(([, name = '']) => name)
    expect(names(shown!)).toEqual(Array.from({ length: 15 }, (_, n) => `route ${99 - n}`))
    expect(names(folded!)).toHaveLength(85)
    const few = renderReportHtml(sketchReport({ modules: {}, chunks: {}, budgets: budgets.slice(0, 20) }))
    expect(few).not.toContain('with more room')
  })

  it('is the same page for the same report, and says what is missing from an empty one', () => {
    expect(renderReportHtml(overweight, { baseline: healthy })).toBe(
      renderReportHtml(overweight, { baseline: healthy }),
    )
    expect(renderReportHtml(empty)).toContain('No budgets to hold')
    expect(renderReportHtml(empty)).toContain('No budget was checked.')
  })

  it('opens the chain of one import once and refers to it afterwards', () => {
    const [initial] = overweight.budgets
    const html = renderReportHtml({ ...overweight, budgets: [initial!, { ...initial!, name: 'route /' }] })
    expect(html).toContain('<summary>The same import as for initial</summary>')
  })
})

describe('the script of the page', () => {
  const modules = readdirSync(new URL('../../../client/report', import.meta.url)).filter((file) => file.endsWith('.js'))
  const script = inner(page, 'script')[1]!

  it('holds every module, with no import or export left, and no name twice', () => {
    expect(script).not.toMatch(/^(import|export) /m)
    const names = [...script.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name]) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const file of modules) {
      const [, name] =
        /^(?:export )?function (\w+)/m.exec(
          readFileSync(new URL(`../../../client/report/${file}`, import.meta.url), 'utf8'),
        ) ?? []
      if (name) expect(names).toContain(name)
    }
    expect(() => new Function(script)).not.toThrow()
  })

  it('finds the chains and savings that the build graph finds', () => {
    const graph = clientGraph()
    const known = graph.moduleGraph(overweight)
    for (const { id } of overweight.modules) {
      const chain = graph.shortestChain(known, (module) => module.id === id)
      expect(chain).toEqual(shortestChain(overweight, (module) => module.id === id))
    }
    const entries = overweight.modules.flatMap((module) => (module.entry ? [module.id] : []))
    const scope = {
      roots: entries,
      files: overweight.chunks.map(({ file }) => file),
      kinds: ['static', 'dynamic'] as const,
    }
    for (const name of ['moment', 'react', '@mui/chart']) {
      const inside = new Set(overweight.modules.flatMap((module, at) => (module.package === name ? [at] : [])))
      const saved = graph.savings(known, (from, to) => inside.has(to) && !inside.has(from))
      expect(saved).toMatchObject(savingsOf(overweight, scope, { package: name }))
    }
  })

  it('knows the pages that a module runs on, also behind an `import()` of the page, and what is on every page', () => {
    const report = sketchReport({
      modules: {
        'index.html': ['src/main.ts'],
        'src/main.ts': ['src/logo.ts', '?src/list.ts', '?src/detail.ts', '?src/help.ts'],
        'src/list.ts': ['src/photos.ts', 'src/main.ts'],
        'src/detail.ts': ['?src/viewer.ts'],
        'src/viewer.ts': ['src/photos.ts'],
        'src/help.ts': [],
        'src/photos.ts': [],
        'src/logo.ts': [],
      },
      chunks: {},
      routes: {
        '/': { module: 'index.html', firstLoad: [], navigation: [] },
        '/list': { module: 'src/list.ts', firstLoad: [], navigation: [] },
        '/detail': { module: 'src/detail.ts', firstLoad: [], navigation: [] },
      },
    })
    const pagesOf = clientGraph().pagesByModule(report)
    expect(pagesOf(['src/photos.ts'])).toEqual(['/list', '/detail'])
    expect(pagesOf(['src/viewer.ts'])).toEqual(['/detail'])
    expect(pagesOf(['src/logo.ts'])).toBe('all')
    // Loaded by the entry without being a page.
    expect(pagesOf(['src/help.ts'])).toBe('all')
    expect(pagesOf(['src/viewer.ts', 'index.html'])).toBe('all')
    expect(pagesOf(['src/unknown.ts'])).toEqual([])
  })
})
