import { routedApp } from '@paceline/testkit'
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

test.describe('of the routes', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('has those without a network that most visits begin on, though nobody has visited them here', async ({
    page,
    context,
    site,
  }) => {
    const app = notesApp('one')
    const router = Object.entries(routedApp({ '/editor': './editor.js', '/help': './help.js' })).filter(([file]) =>
      file.includes('router'),
    )
    await site.deploy(
      {
        ...app,
        ...Object.fromEntries(router),
        'src/main.js': `${String(app['src/main.js'])}\nimport { router } from './router.js'\nglobalThis.routes = router`,
        'src/help.js': "export const page = 'help'\n",
      },
      { precache: { routes: { mostVisited: 1, visits: { '/editor': 3, '/help': 1.5, '*': 0.1 } } } },
    )
    await openInstalled(page, `${site.url}/`)
    await context.setOffline(true)
    const loads = await page.evaluate(async () => {
      const { routes } = globalThis as unknown as { routes: { path: string; lazy: () => Promise<unknown> }[] }
      return Promise.all(
        routes.map(({ path, lazy }) =>
          lazy().then(
            () => `${path} loads`,
            () => `${path} fails`,
          ),
        ),
      )
    })
    expect(loads).toEqual(['/editor loads', '/help fails'])
    await page.goto(`${site.url}/editor`)
    await expect(page.locator('p')).toHaveText('editor of one')
  })
})
