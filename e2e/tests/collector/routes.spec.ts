import type { Beacon } from '@paceline/kit'
import { expect, test } from '@playwright/test'
import { runCollector } from '../../support/collector/run-collector.ts'
import { BAD as AFTER, GOOD as BEFORE, upload, visits } from '../../support/collector/visits.ts'

/** Visits to a route of a release, by its number there. */
function visitsTo(release: string, route: number, lcp: number): Beacon[] {
  return Array.from({ length: 100 }, () => ({ ...visits(release, 1, Date.now()).at(-1)!, route, metrics: { lcp } }))
}

test('a route is its path on the dashboard, whatever its number in each release', async ({ page }) => {
  const collector = await runCollector()
  try {
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    const { routes, ...rest } = upload(AFTER)
    const inserted = { ...routes[0]!, id: '/inserted', path: '/inserted' }
    await collector.push(BEFORE)
    await collector.push({ ...rest, routes: [routes[0]!, inserted, ...routes.slice(1)] })
    const planted = {
      [BEFORE]: [1000, 2000, 3000],
      [AFTER]: [1000, 7000, 2000, 3000],
    }
    for (const [release, values] of Object.entries(planted))
      for (const [route, lcp] of values.entries()) await collector.send(visitsTo(release, route, lcp))
    await collector.settle()

    await page.goto(`${collector.url}/__paceline/dashboard/`)
    const rows = page.getByRole('region', { name: 'LCP by route' }).locator('tbody tr')
    await expect(rows).toHaveText([
      /^\/2001,0/,
      /^\/notes2002,0/,
      /^\/notes\/:id200(?:2,9|3,0)/,
      /^\/inserted100(?:6,9|7,0)/,
    ])
    await page.getByRole('combobox', { name: 'Route' }).selectOption('/notes')
    await expect(page.locator('.tiles')).toContainText('Pages200')
    expect(new URL(page.url()).hash).toBe('#route=%2Fnotes')
    const compared = page.getByRole('region', { name: 'Release against release' }).locator('tbody tr')
    await expect(compared).toHaveText([/no difference seen$/])

    const newest = page.locator('.live li').first()
    await collector.send(visitsTo(AFTER, 1, 7000).slice(0, 1))
    await expect(newest).toContainText('/inserted')
    await collector.send(visitsTo(BEFORE, 1, 2000).slice(0, 1))
    await expect(newest).toContainText('/notes')
    expect(problems).toEqual([])
  } finally {
    await collector.close()
  }
})

test('the dashboard breaks a metric down by navigation type, each by itself', async ({ page }) => {
  const collector = await runCollector()
  try {
    await collector.send(visitsTo(BEFORE, 0, 3000))
    await collector.send(visitsTo(BEFORE, 0, 1000).map((beacon) => ({ ...beacon, nav: 'reload' as const })))
    await collector.settle()
    await page.goto(`${collector.url}/__paceline/dashboard/`)
    await page.getByRole('combobox', { name: 'By' }).selectOption('navigation')
    const rows = page.getByRole('region', { name: 'LCP by navigation' }).locator('tbody tr')
    await expect(rows).toHaveText([/^navigate100(?:2,9|3,0)/, /^reload1001,0/])
  } finally {
    await collector.close()
  }
})
