import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import type { Stats } from '@paceline/collector'
import type { Browser } from '@playwright/test'
import { writeFiles } from '@paceline/testkit'
import { expect, test } from '../../support/collector/people.ts'
import { app, PLANTED, release, slowModule } from '../../support/collector/released-app.ts'
import { sloCheck } from '../../support/collector/slo-check.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { withApp } from '../../support/temporary-app.ts'

const VISITS = 10

/** Somebody opens the notes, exports them and goes away. */
async function visit(people: Browser, url: string): Promise<void> {
  const context = await people.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/notes`)
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(page.getByText('exported')).toBeVisible()
  await page.waitForTimeout(400)
  await page.goto('about:blank')
  await context.close()
}

async function visits(people: Browser, url: string): Promise<void> {
  for (let done = 0; done < VISITS; done += 2) await Promise.all([visit(people, url), visit(people, url)])
}

async function json<Value>(url: string): Promise<Value> {
  return (await (await fetch(url)).json()) as Value
}

/** What `/metrics` has counted of a vital, over all routes. */
async function counted(url: string, series: string): Promise<number> {
  const text = await (await fetch(`${url}/__paceline/metrics`)).text()
  const values = [...text.matchAll(new RegExp(`^${series}(?:\\{[^}]*\\})? (\\d+)$`, 'gm'))]
  return values.reduce((sum, [, value]) => sum + Number(value), 0)
}

interface Comparison {
  readonly modules: readonly { readonly module: string }[]
  readonly metrics: readonly {
    readonly name: string
    readonly before: { readonly p50: number }
    readonly after: { readonly p50: number }
  }[]
}

test('visitors of a good and of a bad release: dashboard, API, /metrics and `slo check` agree, and name the module', async ({
  people,
  page,
}) => {
  test.setTimeout(240_000)
  await withApp(app, async (root) => {
    const nameOf = async (): Promise<string> =>
      (JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as BuildReport).vitals!.build
    await release(root)
    const good = await nameOf()
    const site = await servedWithPaceline(root, ['--collect', '--min-samples', `${VISITS}`])
    const api = `${site.url}/__paceline/api/`
    const statsOf = async (name: string): Promise<Stats> => {
      await fetch(`${api}cache/clear`, { method: 'POST' })
      return json(`${api}performance/stats?release=${name}`)
    }
    const arrived = (name: string): Promise<void> =>
      expect.poll(async () => (await statsOf(name)).metrics['inp']?.n, { timeout: 30_000 }).toBe(VISITS)
    try {
      await visits(people, site.url)
      await arrived(good)
      // A deploy: the files change, and the build tells the collector that is running.
      await writeFiles(root, slowModule)
      await release(root, site.url)
      const bad = await nameOf()
      expect(bad).not.toBe(good)
      await visits(people, site.url)
      await arrived(bad)

      const verdictOf = async (name: string) => (await statsOf(name)).sla.find((one) => one.name === 'inp')!
      expect(await verdictOf(good)).toMatchObject({ status: 'holds', target: 1500, n: VISITS })
      expect(await verdictOf(bad)).toMatchObject({ status: 'broken', target: 1500, n: VISITS, within: 0 })
      expect(await sloCheck(site.url, good)).toEqual({ code: 0, verdict: 'holds' })
      expect(await sloCheck(site.url, bad)).toEqual({ code: 1, verdict: 'broken' })
      expect(await counted(site.url, 'paceline_inp_milliseconds_count')).toBe(2 * VISITS)
      const poor = (await statsOf(good)).metrics['inp']!.poor + (await statsOf(bad)).metrics['inp']!.poor
      const inTime = await counted(site.url, 'paceline_inp_milliseconds_bucket\\{route="/notes",le="500"\\}')
      expect(2 * VISITS - inTime).toBe(poor)

      const { modules } = await json<{ modules: { module: string; owners: string[]; metric: string }[] }>(
        `${api}performance/slow?release=${bad}`,
      )
      expect(modules.find(({ metric }) => metric === 'inp')).toMatchObject({ module: PLANTED, owners: ['@acme/notes'] })
      const compared = await json<Comparison>(`${api}releases/compare?before=${good}&after=${bad}&route=/notes`)
      expect(compared.modules.map(({ module }) => module)).toContain(PLANTED)
      const { before, after } = compared.metrics.find(({ name }) => name === 'inp')!
      expect(after.p50).toBeGreaterThan(before.p50)

      await page.goto(`${site.url}/__paceline/dashboard/#release=${bad}`)
      const inp = page.locator('article.card').filter({ has: page.getByRole('heading', { name: /^INP/ }) })
      await expect(inp).toContainText('broken')
      await expect(inp).toContainText(`of ${VISITS} kept it`)
      const blamed = page.getByRole('region', { name: 'Modules to blame' }).locator('tbody tr').first()
      await expect(blamed).toContainText(PLANTED)
      await expect(blamed).toContainText('@acme/notes')
      await expect(page.getByRole('region', { name: 'Changed modules' })).toContainText(PLANTED)
    } finally {
      await site.close()
    }
  })
})
