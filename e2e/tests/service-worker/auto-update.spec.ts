import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, hide, openInstalled, test, waitForEvent } from '../../support/service-worker/test.ts'

const auto = { update: 'auto', precache: 'all' } as const

/** How often a page was told of a new release. */
function timesTold(page: Page): Promise<number> {
  return page.evaluate(
    () => (globalThis as unknown as { seen: { name: string }[] }).seen.filter(({ name }) => name === 'update').length,
  )
}

/** Whether the new worker still waits to take over. */
function isWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)
}

test('of three tabs reloads the one that nobody sees, and leaves that in use and that with a draft', async ({
  page: hidden,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), auto)
  const [inUse, withDraft] = [await context.newPage(), await context.newPage()]
  await openInstalled(hidden, `${site.url}/`)
  await openInstalled(inUse, `${site.url}/`)
  await openInstalled(withDraft, `${site.url}/editor`)
  await withDraft.getByLabel('Text').fill('not to be lost')
  await site.deploy(notesApp('two'), auto)
  await checkForUpdate(hidden)
  for (const tab of [hidden, inUse, withDraft]) await waitForEvent(tab, 'update')
  await hide(withDraft)
  await hide(hidden)
  await expect(hidden.locator('h1')).toHaveText('release two')
  // Both hear that another worker has taken over, and go on with their own release.
  for (const tab of [inUse, withDraft]) {
    await expect.poll(() => timesTold(tab)).toBeGreaterThan(1)
    await expect(tab.locator('h1')).toHaveText('release one')
  }
  await inUse.getByRole('link').click()
  await expect(inUse.locator('main p')).toHaveText('editor of one')
  await expect(withDraft.getByLabel('Text')).toHaveValue('not to be lost')

  await withDraft.getByLabel('Text').fill('')
  for (const tab of [inUse, withDraft]) {
    await hide(tab)
    await expect(tab.locator('h1')).toHaveText('release two')
  }
})

test('reloads a tab that is seen once nobody has used it for a minute', async ({ page, site }) => {
  await page.clock.install()
  await site.deploy(notesApp('one'), auto)
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'), auto)
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await page.clock.fastForward(40_000)
  await page.keyboard.press('Shift')
  await page.clock.fastForward(40_000)
  await expect(page.locator('h1')).toHaveText('release one')
  await page.clock.fastForward(40_000)
  await expect(page.locator('h1')).toHaveText('release two')
})

for (const [name, end] of [
  ['is answered', (answer: ServerResponse) => void answer.writeHead(201).end()],
  ['is broken off', (answer: ServerResponse) => void answer.destroy()],
  ['is given up', undefined],
] as const) {
  test.describe(() => {
    test.use({ expectedErrors: [/Failed to load resource/] })
    test(`waits for an upload that takes half an hour, and reloads when it ${name}`, async ({ page, site }) => {
      await page.clock.install()
      await site.deploy(notesApp('one'), auto)
      await openInstalled(page, `${site.url}/`)
      await page.reload()
      await waitForEvent(page, 'ready')
      const arrived = Promise.withResolvers<ServerResponse>()
      site.fault = ({ url }, response) => {
        if (url === '/api/upload') arrived.resolve(response)
        return url === '/api/upload'
      }
      const giveUp = await page.evaluateHandle(() => {
        const controller = new AbortController()
        fetch('/api/upload', { method: 'POST', body: 'a film', signal: controller.signal }).catch(() => {})
        return controller
      })
      const answer = await arrived.promise
      await site.deploy(notesApp('two'), auto)
      await checkForUpdate(page)
      await waitForEvent(page, 'update')
      await page.clock.fastForward(30 * 60_000)
      await hide(page)
      await page.waitForTimeout(500)
      expect(await isWaiting(page)).toBe(true)
      // Where the connection broke, the browser tries again.
      site.fault = ({ url }, response) => {
        if (url === '/api/upload') response.destroy()
        return url === '/api/upload'
      }
      if (end) end(answer)
      else await giveUp.evaluate((controller) => controller.abort())
      await expect(async () => {
        await hide(page)
        await expect(page.locator('h1')).toHaveText('release two', { timeout: 1000 })
      }).toPass({ timeout: 20_000 })
    })
  })
}

test.describe(() => {
  // The beacon is never answered.
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('does not wait for what outlives the tab', async ({ page, site }) => {
    await site.deploy(notesApp('one'), auto)
    await openInstalled(page, `${site.url}/`)
    const arrived = Promise.withResolvers<void>()
    site.fault = ({ url }) => {
      if (url === '/api/beacon') arrived.resolve()
      return url === '/api/beacon'
    }
    await page.evaluate(() => navigator.sendBeacon('/api/beacon', 'seen'))
    await arrived.promise
    await site.deploy(notesApp('two'), auto)
    await checkForUpdate(page)
    await waitForEvent(page, 'update')
    await hide(page)
    await expect.poll(() => isWaiting(page)).toBe(false)
  })
})

test('looks for a new release by itself every hour', async ({ page, site }) => {
  await page.clock.install()
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'))
  await page.clock.fastForward(50 * 60_000)
  await expect(page.getByRole('status')).toHaveCount(0)
  await page.clock.fastForward(15 * 60_000)
  await expect(page.getByRole('status')).toContainText('A new version is available.')
})
