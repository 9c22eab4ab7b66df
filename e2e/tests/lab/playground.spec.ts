import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCharTable, readReport } from '@paceline/build-graph'
import { expect, test } from '@playwright/test'
import { countRoutes, createProgress, measureRoutes, openSite, profileOf, withBrowser } from '@paceline/lab'
import type { OpenSite, RouteCounts } from '@paceline/lab'

const playground = fileURLToPath(new URL('../../../playground/', import.meta.url))
const stored = fileURLToPath(new URL('../../support/lab/playground-counts.json', import.meta.url))
const reports = `${playground}.paceline`

/** What is kept: work of the app's own modules on each page, and how much there is on it. */
type StoredCounts = Readonly<
  Record<string, { readonly elements: number; readonly modules: Readonly<Record<string, number>> }>
>

const ROUTES = ['/dashboard', '/assets', '/setup']
/** Work may grow by this much before somebody says that it was meant: `PACELINE_UPDATE_COUNTS=1 npm test -- e2e/tests/lab`. */
const GROWTH = 1.03
/** Of modules that work less nobody waits for. */
const LEAST_WORK = 2000

test.describe.configure({ mode: 'serial' })

/** The playground on a day that stays the same, so that its pages do. */
async function withPlayground<Result>(use: (site: OpenSite) => Promise<Result>): Promise<Result> {
  const serve = `"${process.execPath}" server/main.ts --port 0 --dist {dist} --now 2026-11-20 --beacons ../.cache/beacons/lab-e2e`
  const site = await openSite({ given: 'dist', cwd: playground, serve })
  try {
    return await use(site)
  } finally {
    await site.close()
  }
}

test("no module of the playground's own does more work than is written down", async () => {
  test.setTimeout(120_000)
  const found = await withPlayground(({ url }) =>
    withBrowser((browser) =>
      countRoutes(browser, {
        url,
        routes: ROUTES,
        visits: 4,
        timeout: 25_000,
        insecure: false,
        findTable: (hash) => readCharTable(reports, hash),
      }),
    ),
  )
  const now = ownCounts(found)
  if (process.env['PACELINE_UPDATE_COUNTS'] === '1' || !existsSync(stored)) {
    writeFileSync(stored, `${JSON.stringify(now, null, 2)}\n`)
  }
  const before = JSON.parse(readFileSync(stored, 'utf8')) as StoredCounts
  expect(Object.keys(now)).toEqual(Object.keys(before))
  const heavier = Object.entries(now).flatMap(([route, { modules }]) =>
    Object.entries(modules).flatMap(([name, work]) => {
      const known = before[route]?.modules[name]
      return known !== undefined && work > known * GROWTH ? [`${route}: ${name} ${known} → ${work}`] : []
    }),
  )
  expect(heavier).toEqual([])
  for (const [route, { elements }] of Object.entries(now)) {
    expect(elements, `elements of ${route}`).toBeLessThanOrEqual(before[route]!.elements * GROWTH)
  }
})

test('TTI of the dashboard is within the SLA on slow 4G and a slow processor', async () => {
  // Beside other tests a time says nothing of the page.
  test.skip(process.env['PACELINE_TIMES'] !== '1', 'PACELINE_TIMES=1 holds times to their limits, on a quiet machine')
  test.setTimeout(240_000)
  const { sla } = await readReport(`${reports}/report.json`)
  const [found] = await withPlayground(({ url }) =>
    withBrowser((browser) =>
      measureRoutes(browser, {
        url,
        routes: ['/dashboard'],
        profiles: [profileOf('slow-4g-4x')],
        kinds: ['cold'],
        runs: 5,
        timeout: 60_000,
        insecure: false,
        sla,
        progress: createProgress(() => undefined),
      }),
    ),
  )
  expect(found!.verdicts.find(({ metric }) => metric === 'tti')).toMatchObject({ status: 'holds' })
})

/** The least of each range: what a visit does at any rate. */
function ownCounts(found: readonly RouteCounts[]): StoredCounts {
  return Object.fromEntries(
    found.map(({ route, counts, modules }) => {
      const own = Object.entries(modules).filter(([name, [low]]) => name.startsWith('src/') && low >= LEAST_WORK)
      return [
        route,
        { elements: counts.elements[0], modules: Object.fromEntries(own.map(([name, [low]]) => [name, low])) },
      ]
    }),
  )
}
