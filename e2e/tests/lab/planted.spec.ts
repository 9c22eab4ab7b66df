import { expect, test } from '@playwright/test'
import { compareBuilds, createProgress, openSite, withBrowser } from '@paceline/lab'
import type { RouteComparison } from '@paceline/lab'
import { withPlanted } from '../../support/lab/planted-app.ts'

const quiet = createProgress(() => undefined)

/** Compares the app with itself where one module works `factor` times as much, by counts alone. */
async function compare(factor: number): Promise<RouteComparison> {
  return withPlanted(1, (before) =>
    withPlanted(factor, async (after) => {
      const [baseline, candidate] = await Promise.all([
        openSite({ given: before.dist, cwd: '.' }),
        openSite({ given: after.dist, cwd: '.' }),
      ])
      try {
        const [found] = await withBrowser((browser) =>
          compareBuilds(browser, {
            baseline: baseline.url,
            candidate: candidate.url,
            routes: ['/'],
            blocks: 0,
            timeout: 20_000,
            insecure: false,
            tolerance: 0.03,
            findTable: async (hash) => (await before.findTable(hash)) ?? after.findTable(hash),
            progress: quiet,
          }),
        )
        return found!
      } finally {
        await Promise.all([baseline.close(), candidate.close()])
      }
    }),
  )
}

test('a build is no slower than itself', async () => {
  const found = await compare(1)
  expect(found).toMatchObject({ verdict: 'holds', modules: [], reasons: [], steadyShare: 1 })
})

for (const factor of [1.05, 1.2, 2.5]) {
  test(`${factor} times the work of one module is found, and the module named with that factor`, async () => {
    const found = await compare(factor)
    expect(found.verdict).toBe('slower')
    const module = found.modules.find(({ name }) => name === 'src/editor.js')
    expect(module?.ratio).toBeCloseTo(factor, 2)
    expect(found.modules.map(({ name }) => name)).toEqual(['src/editor.js'])
    expect(found.reasons[0]).toContain(`\`src/editor.js\` did ${factor.toFixed(2)}× the work`)
  })
}
