import type { Page } from '@playwright/test'
import { notesApp } from '../../support/service-worker/test-site.ts'
import {
  checkForUpdate,
  expect,
  openInstalled,
  storedBodies,
  test,
  waitForEvent,
} from '../../support/service-worker/test.ts'

const ofRelease = async (page: Page, release: string): Promise<number> =>
  (await storedBodies(page)).filter(({ body }) => new RegExp(`(?:release|editor of) ${release}`).test(body)).length

test('serves ten tabs: one download, one switch, and the old files until the last of them has changed over', async ({
  page,
  context,
  site,
}) => {
  test.setTimeout(120_000)
  await site.deploy(notesApp('one'), { precache: 'all' })
  const others = await Promise.all(Array.from({ length: 9 }, () => context.newPage()))
  const tabs = [page, ...others]
  await Promise.all(tabs.map((tab) => openInstalled(tab, `${site.url}/`)))
  const downloads = site.requests.filter((path) => /editor/.test(path))
  expect(downloads).toHaveLength(1)

  await site.deploy(notesApp('two'), { precache: 'all' })
  site.requests.length = 0
  await Promise.all(tabs.map(checkForUpdate))
  for (const tab of tabs) await expect(tab.getByRole('status')).toContainText('A new version is available.')
  expect(site.requests.filter((path) => /editor/.test(path))).toHaveLength(1)

  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
  for (const tab of others) {
    await tab.getByRole('link').click()
    await expect(tab.locator('main p')).toHaveText('editor of one')
    await tab.getByLabel('Text').fill('not to be lost')
  }
  for (const tab of others.slice(1)) {
    await tab.getByRole('button', { name: 'Reload' }).click()
    await expect(tab.locator('h1')).toHaveText('release two')
    await waitForEvent(tab, 'ready')
  }
  await expect(others[0]!.getByLabel('Text')).toHaveValue('not to be lost')
  expect(await ofRelease(page, 'one')).toBeGreaterThan(0)
  await others[0]!.getByRole('button', { name: 'Reload' }).click()
  await expect(others[0]!.locator('h1')).toHaveText('release two')
  await waitForEvent(others[0]!, 'ready')
  await expect.poll(() => ofRelease(page, 'one')).toBe(0)
})

test('hides the prompt in every tab when it is put off in one', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  const other = await context.newPage()
  await openInstalled(other, `${site.url}/`)
  await site.deploy(notesApp('two'))
  await checkForUpdate(page)
  await expect(other.getByRole('status')).toBeVisible()
  await page.getByRole('button', { name: 'Later' }).click()
  for (const tab of [page, other]) await expect(tab.getByRole('status')).toHaveCount(0)
})

test('offers a release that was put off not again, but the next one', async ({ page, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'))
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Later' }).click()
  await checkForUpdate(page)
  await expect(page.getByRole('status')).toHaveCount(0)
  await site.deploy(notesApp('three'))
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release three')
})

test('goes back to an older release', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  for (const release of ['two', 'one']) {
    await site.deploy(notesApp(release), { precache: 'all' })
    await checkForUpdate(page)
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.locator('h1')).toHaveText(`release ${release}`)
    await waitForEvent(page, 'ready')
  }
  await expect.poll(() => ofRelease(page, 'two')).toBe(0)
  await context.setOffline(true)
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
})

test('gives a tab of an old release a lazy file that was stored when it was used, and that no release has any more', async ({
  page,
  context,
  site,
}) => {
  // Without the HTTP cache, which might have it, too.
  site.fault = (request, response, body) => {
    if (!/editor/.test(request.url ?? '') || body.length === 0) return false
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }).end(body)
    return true
  }
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  const other = await context.newPage()
  await openInstalled(other, `${site.url}/`)
  await page.getByRole('link').click()
  await expect(page.locator('main p')).toHaveText('editor of one')
  await expect.poll(() => ofRelease(page, 'one')).toBeGreaterThan(1)
  await site.deploy(notesApp('two'))
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
  await other.getByRole('link').click()
  await expect(other.locator('main p')).toHaveText('editor of one')
})
