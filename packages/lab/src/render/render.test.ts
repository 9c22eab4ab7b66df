import { describe, expect, test } from 'vitest'
import { judgeRoute } from '../compare/compare-builds.ts'
import type { Block } from '../compare/judge-cpu.ts'
import type { WorkVisit } from '../browser/work-visit.ts'
import { medianOf } from '../core/median.ts'
import type { LabResult } from '../result.ts'
import { renderHtml } from './html/render-html.ts'
import { renderGithub } from './render-github.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderText } from './render-text.ts'

/** A visit in which each module did so much. */
function visit(modules: Readonly<Record<string, number>>): WorkVisit {
  const work = Object.values(modules).reduce((sum, tokens) => sum + tokens, 0)
  const counts = { work, elements: 40, layouts: 3, styles: 4, requests: 7, bytes: 90_000 }
  return { counts, modules: new Map(Object.entries(modules)), cpu: { task: 90, script: 60, layout: 10 } }
}

function blocks(before: () => WorkVisit, after: () => WorkVisit): Block[] {
  return Array.from({ length: 3 }, () => ({ baseline: [before(), before()], candidate: [after(), after()] }))
}

const same = { 'src/list.ts': 60_000, 'node_modules/react-dom/index.js': 40_000 }
const slower = judgeRoute(
  '/notes|<b>',
  blocks(
    () => visit({ ...same, 'src/editor.ts': 10_000 }),
    () => visit({ ...same, 'src/editor.ts': 25_000 }),
  ),
  [],
  0.03,
)
const measurement = {
  route: '/',
  profile: 'slow-4g-4x',
  kind: 'cold' as const,
  runs: 5,
  metrics: { fcp: medianOf([900, 950, 990, 1000, 1020]), tti: medianOf([3100, 3200, 3300, 2900, 3150]) },
  requests: { all: { requests: 4, transferred: 199_900, decoded: 600_000, cached: 1 } },
  verdicts: [{ metric: 'tti' as const, limit: 3000, actual: 3150, status: 'broken' as const, close: true }],
  notes: ['leads to /home'],
}
const result: LabResult = {
  schemaVersion: 1,
  browser: '156.0.1',
  site: 'dist',
  baseline: 'main',
  verdict: 'broken',
  measurements: [measurement],
  comparisons: [slower],
}

describe('judgeRoute', () => {
  test('names the module that does more, with its factor and its part of the whole', () => {
    expect(slower.verdict).toBe('slower')
    expect(slower.reasons[0]).toBe('`src/editor.ts` did 2.50× the work, +14 % of all')
    expect(slower.modules).toHaveLength(1)
  })

  test.each(['node_modules/', '../../node_modules/'])('knows the packages of %s', (folder) => {
    const of = (work: number) => (): WorkVisit => visit({ ...same, [`${folder}@lezer/lr/index.js`]: work })
    const found = judgeRoute('/', blocks(of(10_000), of(25_000)), [], 0.03)
    expect(found.modules).toMatchObject([{ name: `${folder}@lezer/lr/index.js`, package: '@lezer/lr' }])
    expect(found.packages).toMatchObject([{ name: '@lezer/lr', ratio: 2.5, status: 'more' }])
  })

  test('leaves what varies within a build out of the sum, and names it', () => {
    let renders = 0
    const wobbly = (): WorkVisit =>
      visit({ ...same, 'node_modules/react-dom/index.js': 40_000 + 3000 * (renders++ % 3) })
    const found = judgeRoute('/', blocks(wobbly, wobbly), [], 0.03)
    expect(found).toMatchObject({ verdict: 'holds', unsteady: ['node_modules/react-dom/index.js'] })
    expect(found.steadyShare).toBeCloseTo(0.6, 1)
    expect(found.counts[0]).toMatchObject({ name: 'work', baseline: 60_000, candidate: 60_000 })
  })

  test('cannot tell where almost nothing is the same in every visit', () => {
    let renders = 0
    const wobbly = (): WorkVisit => visit({ 'src/list.ts': 100, 'src/all.ts': 40_000 + 9000 * (renders++ % 3) })
    expect(judgeRoute('/', blocks(wobbly, wobbly), [], 0.03).verdict).toBe('noisy')
  })

  test('does not mind more requests for fewer bytes, and minds them for as many', () => {
    const split = (bytes: number) => (): WorkVisit => {
      const one = visit(same)
      return { ...one, counts: { ...one.counts, requests: 12, bytes } }
    }
    expect(
      judgeRoute(
        '/',
        blocks(() => visit(same), split(50_000)),
        [],
        0.03,
      ).verdict,
    ).toBe('holds')
    expect(
      judgeRoute(
        '/',
        blocks(() => visit(same), split(90_000)),
        [],
        0.03,
      ).reasons,
    ).toEqual(['requests +71 %, to 12'])
  })

  test('refuses a baseline of another app, and compares the whole where modules are known of one build alone', () => {
    const other = (): WorkVisit => visit({ 'src/shop.ts': 100_000 })
    expect(() =>
      judgeRoute(
        '/',
        blocks(() => visit(same), other),
        [],
        0.03,
      ),
    ).toThrow(/another app/)
    const files = (): WorkVisit => visit({ '[assets/index.js]': 150_000 })
    expect(
      judgeRoute(
        '/',
        blocks(files, () => visit(same)),
        [],
        0.03,
      ),
    ).toMatchObject({ verdict: 'holds', modules: [] })
  })
})

describe('the result', () => {
  test('as text has the limit, the interval and the reason', () => {
    const text = renderText(result, { color: false })
    expect(text).toContain('TTI  3.15 s  2.90 s – 3.30 s')
    expect(text).toContain('✗ limit 3.00 s (close)')
    expect(text).toContain('median of 5; interval of the median, 93.7 %')
    expect(text).toContain('`src/editor.ts` did 2.50× the work')
    expect(text).toContain('The contract does not hold.')
  })

  test('says in each form, once, what was not looked at', () => {
    const noted = { ...result, notes: ['INP is not judged: name a `--script`.'] }
    const forms = [renderText(noted, { color: false }), renderMarkdown(noted), renderHtml(noted, [])]
    for (const form of forms) expect(form.split('INP is not judged: name a `--script`.')).toHaveLength(2)
  })

  test('as Markdown and HTML shows names as text, not as markup', () => {
    expect(renderMarkdown(result)).toContain('/notes&#124;&#60;b&#62;: **slower than the baseline**')
    const page = renderHtml(result, [])
    expect(page).toContain('/notes|&lt;b&gt;')
    expect(page).not.toContain('<b>')
  })

  test('shows beside each visit the baseline of that page, profile and kind, whatever was left out of either', () => {
    const of = (profile: string, kind: 'cold' | 'update', fcp: number): LabResult['measurements'][number] => ({
      ...measurement,
      profile,
      kind,
      metrics: { fcp: medianOf([fcp]) },
    })
    // Of the baseline there is no update visit: its list is shorter.
    const both: LabResult = {
      ...result,
      measurements: [of('none', 'update', 1110), of('none', 'cold', 1120), of('desktop', 'cold', 1130)],
      baselineMeasurements: [of('none', 'cold', 2220), of('desktop', 'cold', 2230)],
    }
    const text = renderText(both, { color: false }).split('\n')
    expect(text.filter((line) => line.includes('baseline 2.'))).toEqual([
      expect.stringMatching(/1\.12 s.*baseline 2\.22 s/),
      expect.stringMatching(/1\.13 s.*baseline 2\.23 s/),
    ])
    const parts = renderHtml(both, []).split('<h2>').slice(-3)
    expect(parts[0]).not.toContain('>baseline<')
    expect(parts[1]).toMatch(/1\.12 s[^]*<td>2\.22 s/)
    expect(parts[2]).toMatch(/1\.13 s[^]*<td>2\.23 s/)
    const rows = renderMarkdown(both)
      .split('\n')
      .filter((line) => line.startsWith('| /'))
    expect(rows.map((line) => /\d\.\d\d s/.exec(line)?.[0])).toEqual(['1.11 s', '1.12 s', '2.22 s', '1.13 s', '2.23 s'])
  })

  test('as annotations is an error for each limit and each page, and nothing when all holds', () => {
    const lines = renderGithub(result).trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toBe('::error title=Lab%3A TTI::TTI of / on slow-4g-4x is 3.15 s; the limit is 3.00 s.')
    expect(renderGithub({ ...result, verdict: 'holds', measurements: [], comparisons: [] })).toBe('')
  })
})
