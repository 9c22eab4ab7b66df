import { describe, expect, it } from 'vitest'
import { diffReports } from '../diff/diff-reports.ts'
import { renderDiffText } from './render-diff-text.ts'
import { healthy, overweight } from './sample-reports.ts'

describe('renderDiffText', () => {
  it('tells what broke, which import did it, and where it weighs', () => {
    expect(renderDiffText(diffReports(healthy, overweight), { baseline: 'main (4f2a9c1)' })).toMatchInlineSnapshot(`
      "+22.4 kB brotli against main (4f2a9c1) (+64 kB raw; now 93.31 kB brotli in all files)

      ✗ initial is now over its budget: 85.74 kB brotli of 80 kB

      → The new import at src/format.ts:1 brings moment into every visit: 22.4 kB brotli (64 kB raw). Removing it saves 22.4 kB brotli (64 kB raw).
        src/main.tsx:2 → src/app.tsx:3 → src/pages/home.tsx:1 → src/format.ts:1 → node_modules/moment/moment.js

      Routes, first load in brotli
        /     85.74 kB  +22.4 kB
        /:id   93.1 kB  +22.4 kB

      Packages, brotli
        moment (new)  22.4 kB  +22.4 kB  1.0.0

      Chunks, brotli
        assets/index-BBBBBBBB.js  85.74 kB  +22.4 kB
      "
    `)
  })

  it('says that nothing changed instead of nothing', () => {
    expect(renderDiffText(diffReports(healthy, healthy))).toBe(
      'The same output as release aaaaaaaaaaaa, to the byte.\n',
    )
  })

  it('does not bury the import under forty verdicts', () => {
    const broke = diffReports(healthy, overweight)
    const initial = broke.budgets.find(({ verdict }) => verdict === 'broke')
    const text = renderDiffText({ ...broke, budgets: Array.from({ length: 40 }, () => initial!) })
    expect(text.match(/is now over its budget/g)).toHaveLength(10)
    expect(text).toContain('… and 30 more verdicts that changed')
  })

  it('names a budget that holds again', () => {
    expect(renderDiffText(diffReports(overweight, healthy))).toContain(
      '✓ initial holds again: 63.34 kB brotli of 80 kB',
    )
  })
})
