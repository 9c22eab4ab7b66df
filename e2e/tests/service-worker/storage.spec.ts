import type { Page } from '@playwright/test'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test, waitForEvent } from '../../support/service-worker/test.ts'

test.use({ expectedErrors: [/Failed to load resource/] })

/** Sets how much the site may store; nothing: what the browser thinks. */
async function setQuota(page: Page, origin: string, quotaSize?: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })
  // The override ends with the session.
}

const large = 'x'.repeat(400_000)
const ofLarge = (page: Page): Promise<number> =>
  storedBodies(page).then((stored) => stored.filter(({ body }) => body.includes(large)).length)

test('says that the storage is full, goes on without a worker, and is installed once there is room', async ({
  page,
  context,
  site,
}) => {
  await site.deploy({ ...notesApp('one'), 'public/terms.json': JSON.stringify(large) }, { precache: 'all' })
  await page.goto(`${site.url}/robots.txt`)
  await setQuota(page, site.url, 100_000)
  await page.goto(`${site.url}/`)
  expect(await waitForEvent(page, 'problem')).toMatchObject({ reason: 'quota', url: 'terms.json' })
  await page.getByRole('link').click()
  await expect(page.locator('main p')).toHaveText('editor of one')
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null)
  expect(await ofLarge(page)).toBe(0)

  await setQuota(page, site.url)
  await openInstalled(page, `${site.url}/`)
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})

test('leaves out a file for which there is no room when the app works without it', async ({ page, context, site }) => {
  await site.deploy({ ...notesApp('one'), 'public/film.mp4': large }, { precache: 'all' })
  await page.goto(`${site.url}/robots.txt`)
  await setQuota(page, site.url, 100_000)
  await openInstalled(page, `${site.url}/`)
  expect(await waitForEvent(page, 'problem')).toMatchObject({ reason: 'quota', url: 'film.mp4' })
  expect(await ofLarge(page)).toBe(0)
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})

test('makes room for a release out of what was only kept in passing', async ({ page, site }) => {
  const answers = 'y'.repeat(400_000)
  await site.deploy({
    ...notesApp('one'),
    'public/photo.svg': `<svg xmlns="http://www.w3.org/2000/svg"><!--${answers}--></svg>`,
  })
  await openInstalled(page, `${site.url}/`)
  await page.evaluate(async () => {
    const image = new Image()
    image.src = '/photo.svg'
    await image.decode().catch(() => {})
  })
  const kept = async (): Promise<number> =>
    (await storedBodies(page)).filter(({ body }) => body.includes(answers)).length
  await expect.poll(kept).toBe(1)
  await setQuota(page, site.url, 700_000)
  await site.deploy({ ...notesApp('two'), 'public/terms.json': JSON.stringify(large) }, { precache: 'all' })
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await waitForEvent(page, 'update')
  expect(await kept()).toBe(0)
  expect(await ofLarge(page)).toBe(1)
})

test('goes on, and says so, where the browser refuses to store anything', async ({ page, site }) => {
  await site.deploy(notesApp('one'))
  const refusal = "CacheStorage.prototype.open = async () => { throw new DOMException('denied', 'SecurityError') }\n"
  site.fault = (request, response, body) => {
    if (request.url !== '/sw.js') return false
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(refusal + body.toString())
    return true
  }
  await page.goto(`${site.url}/`)
  expect(await waitForEvent(page, 'problem')).toMatchObject({
    reason: 'storage',
    message: expect.stringMatching(/denied/),
  })
  await page.getByRole('link').click()
  await expect(page.locator('main p')).toHaveText('editor of one')
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null)
})

test('goes on when the visitor deletes the data of the site under an open page, and starts anew', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: site.url, storageTypes: 'all' })
  await page.getByRole('link').click()
  await expect(page.locator('main p')).toHaveText('editor of one')
  await page.getByLabel('Text').fill('draft')
  expect(await page.evaluate(() => caches.keys())).toEqual([])

  await openInstalled(page, `${site.url}/`)
  expect((await storedBodies(page)).some(({ body }) => body.includes('editor of one'))).toBe(true)
  await context.setOffline(true)
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
})

test('answers from the network for what the browser evicts in mid-use, and stores it again', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: site.url, storageTypes: 'cache_storage' })
  expect(await storedBodies(page)).toEqual([])
  await page.getByRole('link').click()
  await expect(page.locator('main p')).toHaveText('editor of one')
  await page.reload()
  await expect(page.locator('main p')).toHaveText('editor of one')
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('main p')).toHaveText('editor of one')
})
