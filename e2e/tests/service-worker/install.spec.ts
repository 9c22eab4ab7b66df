import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

test('shows every visited page without a network', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await page.getByRole('link').click()
  await expect(page.locator('p')).toHaveText('editor of one')
  await context.setOffline(true)
  await page.reload()
  await expect(page).toHaveURL(/\/editor$/)
  await expect(page.locator('p')).toHaveText('editor of one')
  await page.goto(`${site.url}/`)
  await expect(page.locator('section')).toHaveText('home')
})

test('stores what the first visit has downloaded without downloading it again', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const scripts = site.requests.filter((path) => /^\/assets\/(?!sw-runtime-)/.test(path))
  expect(scripts.length).toBe(new Set(scripts).size)
  expect((await storedBodies(page)).map(({ url }) => new URL(url).pathname)).toEqual(expect.arrayContaining(scripts))
})

test('answers a repeated visit without a request for any file', async ({ page, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  site.requests.length = 0
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
  expect(site.requests.filter((path) => path !== '/sw.js')).toEqual([])
  const stats = await page.evaluate(() =>
    (
      globalThis as unknown as { worker: { cacheStats(): Promise<{ hitRate: number; bytesSaved: number }> } }
    ).worker.cacheStats(),
  )
  expect(stats.hitRate).toBe(1)
  expect(stats.bytesSaved).toBeGreaterThan(500)
})

test('works below a folder', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), {}, '/app/')
  await page.goto(`${site.url}/app/index.html`)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await context.setOffline(true)
  await page.goto(`${site.url}/app/anything`)
  await expect(page.locator('h1')).toHaveText('release one')
})

test('works under a policy without inline code and eval', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'))
  site.fault = (_request, response) => {
    response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:")
    return false
  }
  await openInstalled(page, `${site.url}/`)
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})

test('leaves the page that brought it alone by option, and serves the next one', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { claim: false })
  await page.goto(`${site.url}/`)
  const state = (): Promise<readonly [boolean, string | undefined]> =>
    page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready
      return [navigator.serviceWorker.controller !== null, active?.state] as const
    })
  await expect.poll(state).toEqual([false, 'activated'])
  await page.reload()
  expect(await state()).toEqual([true, 'activated'])
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})
