import type { Page } from '@playwright/test'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, openInstalled, test, waitForEvent } from '../../support/service-worker/test.ts'

const auto = { update: 'auto', precache: 'all' } as const

/** What another tab in front of this one does to it. */
function hide(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** How often a page was told of a new release. */
function timesTold(page: Page): Promise<number> {
  return page.evaluate(
    () => (globalThis as unknown as { seen: { name: string }[] }).seen.filter(({ name }) => name === 'update').length,
  )
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
