import { expect, test } from '@playwright/test'
import type { LabResult } from '@paceline/lab'
import { build } from 'vite'
import { paceline as plugins } from 'paceline'
import { paceline } from '../../support/lab/run-command.ts'
import type { Ended } from '../../support/lab/run-command.ts'
import { withApp } from '../../support/temporary-app.ts'

/** ms: far below what is planted, and far above what a page without scripts takes on a machine that does other things. */
const LIMIT = 3000
const TASK = 4000

/** `paceline measure` of a page, built with a limit for TTI, that blocks its main thread for so many ms once it has been painted. */
async function measureBlocked(ms: number): Promise<Ended> {
  const files = {
    'package.json': JSON.stringify({ name: 'limits', private: true, type: 'module' }),
    'index.html':
      '<!doctype html><html lang="en"><head><title>Limits</title><link rel="icon" href="data:,"></head><body><h1>Limits</h1><script type="module" src="/src/main.js"></script></body></html>',
    'src/main.js': `const work = () => { for (const end = performance.now() + ${ms}; performance.now() < end; ); }
new PerformanceObserver((list, observer) => {
  if (list.getEntriesByName('first-contentful-paint').length === 0) return
  observer.disconnect()
  setTimeout(work)
}).observe({ type: 'paint', buffered: true })
`,
  }
  return withApp(files, async (root) => {
    // Only TTI is to decide.
    const sla = { lcp: 60_000, cls: 1, tti: LIMIT }
    await build({ root, configFile: false, logLevel: 'silent', plugins: plugins({ sla }) })
    return paceline(root, 'measure', 'dist', '--profile', 'none', '--runs', '1')
  })
}

test('a page that can be used at once holds its limit for TTI: 0', async () => {
  const { code, out, err } = await measureBlocked(0)
  expect(out, err).toMatch(/^ *TTI +(?:\d+ ms|[012]\.\d\d s) .*✓ limit 3\.00 s/m)
  expect(out).toContain('The contract holds.')
  expect(out.split('INP is not judged')).toHaveLength(2)
  expect(code).toBe(0)
})

test('a page that is blocked after its first paint breaks its limit for TTI, which is named with the median: 1', async () => {
  const { code, out, err } = await measureBlocked(TASK)
  expect(out, err).toMatch(/^ *TTI +(?:[4-9]|\d\d)\.\d+ s .*✗ limit 3\.00 s/m)
  expect(out).toContain('The contract does not hold.')
  expect(code).toBe(1)
})

test('a budget that is too short for the visits asked for leaves some out, and says how many', async () => {
  // Five visits, each of which waits for five quiet seconds.
  test.setTimeout(120_000)
  await withApp(
    { 'package.json': '{}', 'dist/index.html': '<!doctype html><title>Short</title><h1>Short</h1>' },
    async (root) => {
      const args = ['dist', '--profile', 'none', '--runs', '50', '--budget-time', '1', '--json']
      const { out, err } = await paceline(root, 'measure', ...args)
      const { measurements, notes } = JSON.parse(out) as LabResult
      expect(measurements[0]!.runs, err).toBe(3)
      expect(notes).toContain('/ on none, cold: 3 of 50 visits, `--budget-time` left no time for more.')
    },
  )
})
