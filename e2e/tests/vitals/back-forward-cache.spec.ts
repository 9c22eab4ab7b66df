import { expect, openMeasured, test } from '../../support/vitals/test.ts'

// Playwright turns the cache off.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
})

test('a page that comes back out of the cache is a page of its own', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  await page.goto(`${site.url}/away.html`)
  await page.evaluate(() => history.back())
  await expect.poll(() => [...site.pages().values()].map(({ nav }) => nav)).toContain('back-forward-cache')
  const restored = [...site.pages().values()].find(({ nav }) => nav === 'back-forward-cache')!
  expect(restored.page).not.toBe(id)
  expect(restored.route).toBe(0)
  // The first life has ended with the figures it had.
  expect(site.pages().get(id)!.metrics!.lcp).toBeGreaterThan(0)
})
