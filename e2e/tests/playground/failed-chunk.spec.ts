import type { Page } from '@playwright/test'
import { expect, test } from '../../support/test.ts'

// One pattern: a list of two would be taken for a value and its options.
test.use({ expectedErrors: [/Failed to (load resource|fetch dynamically imported module)/] })

const openPhotographs = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Photographs' }).click()

test('a page that does not arrive is replaced in place, announced, and shown when it is tried again', async ({
  page,
}) => {
  await page.goto('/dashboard', { waitUntil: 'networkidle' })
  await page.route('**/assets/photos-page-*.js', (route) => route.abort())
  await openPhotographs(page)
  await expect(page.getByRole('heading', { level: 1, name: 'This page did not arrive.' })).toBeFocused()
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: 'This page did not arrive.' })).toHaveCount(1)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()

  await page.unroute('**/assets/photos-page-*.js')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Photographs' })).toBeFocused()
})

test('a chunk of a release that is gone is survived by a reload, without a click', async ({ page }) => {
  await page.goto('/dashboard', { waitUntil: 'networkidle' })
  let isGone = true
  await page.route('**/assets/photos-page-*.js', (route) =>
    isGone ? route.fulfill({ status: 404, body: 'gone' }) : route.continue(),
  )
  // The page that comes with the reload is of another release.
  page.on('request', (request) => (isGone &&= !request.isNavigationRequest()))
  await openPhotographs(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Photographs' })).toBeVisible()
})

test('a chunk that no reload brings is left to the page, which offers one', async ({ page }) => {
  await page.goto('/dashboard', { waitUntil: 'networkidle' })
  await page.route('**/assets/photos-page-*.js', (route) => route.fulfill({ status: 404, body: 'gone' }))
  // A slow machine tells of the load of the first document only now.
  await page.evaluate(() => document.documentElement.setAttribute('data-first', ''))
  await openPhotographs(page)
  await expect(page.locator('html:not([data-first])')).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1, name: 'This page did not arrive.' })).toBeVisible()
  await page.unroute('**/assets/photos-page-*.js')
  await page.getByRole('button', { name: 'Reload Lumen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Photographs' })).toBeVisible()
})

test('a page that fails on a cold visit still has the navigation around it', async ({ page }) => {
  await page.route('**/assets/calendar-page-*.js', (route) => route.abort())
  await page.goto('/calendar')
  await expect(page.getByRole('heading', { level: 1, name: 'This page did not arrive.' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Notes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
})

test('a page of the settings that fails leaves the other pages of the settings in reach', async ({ page }) => {
  await page.goto('/settings', { waitUntil: 'networkidle' })
  await page.route('**/assets/billing-page-*.js', (route) => route.abort())
  const settings = page.getByRole('navigation', { name: 'Settings' })
  await settings.getByRole('link', { name: 'Billing' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'This page did not arrive.' })).toBeVisible()
  await settings.getByRole('link', { name: 'Team' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Team' })).toBeVisible()
})

test('offline, a page that was never opened says that it is not on this device', async ({ page, context }) => {
  await page.goto('/dashboard', { waitUntil: 'networkidle' })
  await context.setOffline(true)
  await openPhotographs(page)
  await expect(page.getByRole('heading', { level: 1, name: 'This page is not on this device yet.' })).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Photographs' })).toBeVisible()
})

test('a note stays in sight when its editor does not arrive, and gets it at the next try', async ({ page }) => {
  await page.route('**/assets/markdown-editor-*.js', (route) => route.abort())
  await page.goto('/notes/shot-list')
  await expect(page.getByRole('alert')).toContainText('The editor did not arrive')
  await expect(page.getByLabel('Title')).toHaveValue('Shot list: North Ridge')
  await page.unroute('**/assets/markdown-editor-*.js')
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('textbox', { name: 'Text of Shot list: North Ridge' })).toBeVisible()
})
