import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

test.describe('without a network', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  const page404 = '<!doctype html><title>Offline</title><link rel="icon" href="data:,"><h1>no network</h1>'

  test('shows pages that were visited, and else the offline page, where no page answers for all', async ({
    page,
    context,
    site,
  }) => {
    await site.deploy({ ...notesApp('one'), 'public/offline.html': page404 }, { shell: false, offline: 'offline.html' })
    await openInstalled(page, `${site.url}/`)
    await page.goto(`${site.url}/editor`)
    await expect(page.locator('main p')).toHaveText('editor of one')
    await context.setOffline(true)
    await page.reload()
    await expect(page.locator('main p')).toHaveText('editor of one')
    await page.goto(`${site.url}/never-seen`)
    await expect(page.locator('h1')).toHaveText('no network')
  })

  test('answers for the API with what it has answered before', async ({ page, context, site }) => {
    await site.deploy(notesApp('one'))
    await openInstalled(page, `${site.url}/`)
    const ask = (headers: Record<string, string> = {}): Promise<string> =>
      page.evaluate(
        async (init) => {
          const response = await fetch('/api/notes', init).catch(() => undefined)
          return response ? await response.text() : 'failed'
        },
        { headers },
      )
    expect(await ask()).toBe('[1]')
    await expect.poll(async () => (await storedBodies(page)).some(({ url }) => url.endsWith('/api/notes'))).toBe(true)
    await context.setOffline(true)
    expect(await ask()).toBe('[1]')
    expect(await ask({ authorization: 'Bearer x' })).toBe('failed')
  })
})

test('gives a part of a stored file to who asks for a part', async ({ page, site }) => {
  await site.deploy({ ...notesApp('one'), 'public/film.mp4': 'x'.repeat(1000) }, { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const part = await page.evaluate(async () => {
    const response = await fetch('/film.mp4', { headers: { range: 'bytes=100-199' } })
    return {
      status: response.status,
      range: response.headers.get('content-range'),
      length: (await response.text()).length,
    }
  })
  expect(part).toEqual({ status: 206, range: 'bytes 100-199/1000', length: 100 })
})

test("asks the app's own routes of Workbox before those that every worker has", async ({ page, site }) => {
  await site.deploy(notesApp('one'), {
    runtimeCaching: [
      {
        urlPattern: /\/api\/rates/,
        handler: 'CacheFirst',
        options: { cacheName: 'rates', expiration: { maxEntries: 2 }, cacheableResponse: { statuses: [200] } },
      },
      { urlPattern: ({ url }) => url.pathname === '/made', handler: async () => new Response('made by the worker') },
    ],
  })
  await openInstalled(page, `${site.url}/`)
  const ask = (path: string): Promise<string> => page.evaluate(async (url) => (await fetch(url)).text(), path)
  const stored = (): Promise<string[]> =>
    page.evaluate(async () => (await (await caches.open('rates')).keys()).map(({ url }) => new URL(url).search))
  expect(await ask('/api/rates?of=1')).toBe('[1]')
  await expect.poll(stored).toEqual(['?of=1'])
  // By default the network is asked first, each time.
  expect(await ask('/api/rates?of=1')).toBe('[1]')
  expect(site.requests.filter((path) => path === '/api/rates')).toHaveLength(1)
  for (const of of [2, 3]) await ask(`/api/rates?of=${of}`)
  await expect.poll(stored).toEqual(['?of=2', '?of=3'])
  expect(await ask('/made')).toBe('made by the worker')
})

test('caches nothing that is turned off, and leaves to the network what is denied', async ({ page, site }) => {
  const strategies = { assets: false, images: false, api: false } as const
  await site.deploy(notesApp('one'), { strategies, deny: [/^\/private\//] })
  await openInstalled(page, `${site.url}/`)
  await page.evaluate(async () => {
    await fetch('/api/notes')
    const picture = new Image()
    picture.src = '/api/photo.png'
    await picture.decode().catch(() => {})
  })
  await page.goto(`${site.url}/private/account`)
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
  expect(site.requests).toContain('/private/account')
  expect(site.requests).not.toContain('/editor')
  expect(await page.evaluate(() => caches.keys())).toEqual(['paceline-precache:/'])
})

test.describe("Workbox's own options of a route", () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('show a page of the precache in place of one that cannot be had, and tell pages of an answer that has changed', async ({
    page,
    context,
    site,
  }) => {
    const sorry = '<!doctype html><title>Sorry</title><link rel="icon" href="data:,"><h1>no guide here</h1>'
    await site.deploy(
      { ...notesApp('one'), 'public/sorry.html': sorry },
      {
        runtimeCaching: [
          {
            urlPattern: ({ url }) => url.pathname.startsWith('/guide'),
            handler: 'NetworkOnly',
            options: { precacheFallback: { fallbackURL: '/sorry.html' } },
          },
          {
            urlPattern: /\/api\/prices/,
            handler: 'StaleWhileRevalidate',
            options: { cacheName: 'prices', broadcastUpdate: { channelName: 'prices', options: {} } },
          },
        ],
      },
    )
    await openInstalled(page, `${site.url}/`)
    let version = 0
    site.fault = ({ url }, response) =>
      url === '/api/prices' && (response.writeHead(200, { etag: `"${++version}"` }).end('[]'), true)
    const updated = await page.evaluate(async () => {
      const heard = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener(
          'message',
          ({ data }: MessageEvent<{ type?: string; payload?: { cacheName: string } }>) =>
            data.type === 'CACHE_UPDATED' && resolve(data.payload?.cacheName),
        )
      })
      await fetch('/api/prices')
      while (!(await caches.match('/api/prices'))) await new Promise((resolve) => setTimeout(resolve, 20))
      await fetch('/api/prices')
      return heard
    })
    expect(updated).toBe('prices')
    await context.setOffline(true)
    await page.goto(`${site.url}/guide/1`)
    await expect(page.locator('h1')).toHaveText('no guide here')
  })
})
