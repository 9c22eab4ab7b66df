import { expect, test } from '../../support/test.ts'

const NAVIGATION = { accept: 'text/html,application/xhtml+xml' }

test('a missing asset is a 404 and never the document', async ({ request }) => {
  const response = await request.get('/assets/photos-page-gone0000.js', { headers: NAVIGATION })
  expect(response.status()).toBe(404)
  expect(await response.text()).not.toContain('<html')
})

test('hashed files are kept for ever, the document is asked for every time', async ({ page, request }) => {
  await page.goto('/')
  const script = await page.locator('script[type="module"][src]').first().getAttribute('src')
  const asset = await request.get(script!)
  expect(asset.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
  const document = await request.get('/settings/team', { headers: NAVIGATION })
  expect(document.headers()['cache-control']).toBe('no-cache')
})

test.describe('an API that says no', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('is an error with another try, not an empty page', async ({ page }) => {
    await page.route('**/api/projects', (route) =>
      route.fulfill({ status: 400, json: { statusCode: 400, message: 'The studio is being moved.' } }),
    )
    await page.goto('/projects')
    await expect(page.getByRole('alert')).toContainText('The studio is being moved.')
    await page.unroute('**/api/projects')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('link', { name: 'North Ridge' })).toBeVisible()
  })

  test('names the project that does not exist', async ({ page }) => {
    await page.goto('/projects/atlantis')
    await expect(page.getByRole('alert')).toContainText('There is no project "atlantis".')
  })
})
