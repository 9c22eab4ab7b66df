import { describe, expect, it } from 'vitest'
import { diffReports } from '../../diff/diff-reports.ts'
import { sketchBudget, sketchReport } from '../../diff/report-fixture.ts'
import { empty, healthy, overweight } from '../sample-reports.ts'
import { code } from './markdown-text.ts'
import { renderMarkdown } from './render-markdown.ts'

describe('renderMarkdown', () => {
  it('gives the verdict, the overruns and the import that did it before anything folded', () => {
    const text = renderMarkdown(overweight, { diff: diffReports(healthy, overweight), baseline: 'main (4f2a9c1)' })
    const open = text.slice(0, text.indexOf('<details>'))
    expect(open).toContain('### ❌ Paceline: 1 of 2 budgets overrun')
    expect(open).toContain('All files: **+22.4 kB** brotli (+64 kB raw) against `main (4f2a9c1)`.')
    expect(open).toContain('| ❌ `initial` | 85.74 kB brotli | 80 kB | **+5.74 kB** | +22.4 kB |')
    expect(open).toContain('| `src/format.ts:1` | `moment` | every visit | +22.4 kB | −22.4 kB |')
    expect(text).toContain('<details><summary>Routes that changed (2)</summary>')
    expect(text).toContain('`src/main.tsx:2` → `src/app.tsx:3` → `src/pages/home.tsx:1` → `src/format.ts:1`')
    expect(text.split('<details>')).toHaveLength(text.split('</details>').length)
  })

  it('says that budgets hold, and never reads like a pass when there are none', () => {
    expect(renderMarkdown(healthy)).toContain('### ✅ Paceline: all 2 budgets hold')
    expect(renderMarkdown(empty)).toContain('### Paceline: no budgets to hold')
    expect(renderMarkdown(healthy, { diff: diffReports(healthy, healthy) })).toContain('to the byte')
  })

  it('stays under what GitHub accepts, with every section closed and every cut told', () => {
    const modules = Object.fromEntries(
      Array.from({ length: 4000 }, (_, n) => [`src/${'long-name-'.repeat(8)}${n}.tsx`, []]),
    )
    const report = sketchReport({
      modules,
      chunks: Object.fromEntries(
        Object.keys(modules).map((id, n) => [`assets/chunk-${n}-AAAAAAAA.js`, { [id]: n + 1 }]),
      ),
      budgets: Array.from({ length: 3000 }, (_, n) =>
        sketchBudget({ name: `budget ${'x'.repeat(40)} ${n}`, status: n % 2 ? 'fail' : 'warn', actual: 120 }),
      ),
    })
    const text = renderMarkdown(report, { diff: diffReports(empty, report) })
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text.split('<details>')).toHaveLength(text.split('</details>').length)
    expect(text).toMatch(/… and \d+ more\./)
    expect(text).toContain('No room here for:')
  })

  it('keeps names from breaking the table, mentioning people or closing the comment', () => {
    const name = '@mui/x | <b> `tick`\nnext'
    const report = sketchReport({
      modules: {},
      chunks: {},
      budgets: [sketchBudget({ name, status: 'fail', actual: 120 })],
    })
    const row = renderMarkdown(report, { title: 'shop --> <script>' })
      .split('\n')
      .find((line) => line.startsWith('| ❌'))!
    expect(row.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(6)
    expect(row).toContain('`` @mui/x \\| <b> `tick` next ``'.replace('`` ', '``').replace(' ``', '``'))
    expect(renderMarkdown(report, { title: 'a --> b' }).split('\n')[0]).toBe('<!-- paceline: a  b -->')
  })
})

describe('code', () => {
  it('fences with one backtick more than the text has', () => {
    expect([code('a'), code('a`b'), code('`a'), code('a``b|c')]).toEqual([
      '`a`',
      '``a`b``',
      '`` `a ``',
      '```a``b\\|c```',
    ])
  })
})
