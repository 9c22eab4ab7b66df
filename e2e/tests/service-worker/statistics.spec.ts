import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Stats } from '@paceline/collector'
import type { Beacon } from '@paceline/kit'
import { runCollector } from '../../support/collector/run-collector.ts'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { collectBeacons } from '../../support/vitals/collecting-site.ts'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, test, untilActivated } from '../../support/service-worker/test.ts'

interface CacheStats {
  readonly since: number
  readonly hits: number
  readonly misses: number
  readonly bytesSaved: number
}

const cacheStats = (page: Page): Promise<CacheStats> =>
  page.evaluate(() => (globalThis as unknown as { worker: { cacheStats(): Promise<CacheStats> } }).worker.cacheStats())

test('goes on counting after the browser has stopped the worker', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await page.reload()
  await expect.poll(async () => (await cacheStats(page)).hits).toBeGreaterThan(0)
  const before = await cacheStats(page)
  expect(before).toMatchObject({ misses: 0 })
  // Written a second after it was counted.
  const written = async (): Promise<unknown> =>
    page.evaluate(async () => (await (await caches.match('/__paceline/statistics'))?.json())?.counts.page.hits)
  await expect.poll(written).toBe(1)

  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  expect(await cacheStats(page)).toEqual(before)
  await page.reload()
  await expect.poll(async () => (await cacheStats(page)).hits).toBeGreaterThan(before.hits)
  const after = await cacheStats(page)
  expect(after.bytesSaved).toBeGreaterThan(before.bytesSaved)
  expect(after.since).toBe(before.since)
})

test('tells the collector what the caches did for a page', async ({ context }) => {
  test.setTimeout(120_000)
  const root = await mkdtemp(join(tmpdir(), 'paceline-sw-stats-'))
  await deploy(root, 'one', { serviceWorker: { precache: 'all' }, vitals: { overlay: false } })
  const site = await collectBeacons(root)
  const collector = await runCollector()
  try {
    const page = await context.newPage()
    await page.goto(site.url)
    await untilActivated(page)
    await page.goto('about:blank')
    await page.goto(site.url)
    await page.getByRole('button', { name: 'About' }).click()
    await expect(page.locator('p')).toHaveText('About release one')
    // The page hears of it a second later.
    await page.waitForTimeout(2000)
    await page.goto('about:blank')
    const told = (): Beacon['caches'][] => [...site.pages().values()].flatMap(({ caches }) => (caches ? [caches] : []))
    await expect.poll(() => told().at(-1)?.page).toMatchObject({ hits: 1, misses: 0 })
    const caches = told().at(-1)!
    expect(caches.script?.hits).toBeGreaterThanOrEqual(2)
    expect(caches.style).toMatchObject({ hits: 1, misses: 0 })

    await collector.send([...site.pages().values()])
    await collector.settle()
    const { bytes } = await collector.json<Stats>('/__paceline/api/performance/stats')
    const sum = (name: 'hits' | 'misses' | 'bytesSaved'): number =>
      told()
        .flatMap((counts) => Object.values(counts!))
        .reduce((total, count) => total + count[name], 0)
    expect(bytes.worker).toMatchObject({ hits: sum('hits'), misses: sum('misses'), bytesSaved: sum('bytesSaved') })
    // moment alone is larger than that.
    expect(bytes.worker.bytesSaved).toBeGreaterThan(50_000)
  } finally {
    await collector.close()
    await site.close()
    await rm(root, { recursive: true, force: true })
  }
})
