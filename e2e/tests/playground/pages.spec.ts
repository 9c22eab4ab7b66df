import { PAGES } from '../../support/playground-pages.ts'
import { expect, test } from '../../support/test.ts'

for (const [path, heading] of PAGES) {
  test(`${path} shows one heading, a title of its own and nothing beyond the edge of a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(path, { waitUntil: 'networkidle' })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText([heading])
    await expect(page).toHaveTitle(/Lumen/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.locator('meta[name="description"]')).toHaveCount(1)
    await expect(page.getByRole('alert')).toHaveCount(0)
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(beyond).toBe(0)
  })
}

test('every picture of the gallery is a real one and has a description', async ({ page }) => {
  await page.goto('/photos')
  const pictures = page.getByRole('main').getByRole('img')
  await expect(pictures).toHaveCount(13)
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded()
    await expect(picture).toHaveAttribute('alt', /\w+ \w+/)
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300)
  }
})

test('a page that was opened by a click has the focus on its heading and is announced', async ({ page }) => {
  await page.goto('/dashboard')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calendar' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Calendar' })).toBeFocused()
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: 'Calendar · Lumen' })).toHaveCount(1)
})

test('the menu of a narrow screen opens, leads to a page and closes', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/dashboard')
  await page.getByRole('button', { name: 'Open the menu' }).press('Enter')
  const menu = page.getByRole('dialog', { name: 'Menu' })
  await menu.getByRole('link', { name: 'Notes' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Notes' })).toBeVisible()
  await expect(menu).toBeHidden()
})

test('two keys one after the other lead to a page, and are text in a field', async ({ page }) => {
  await page.goto('/dashboard')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.type('gp')
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search the studio' }).pressSequentially('gd')
  await expect(page).toHaveURL(/\/projects$/)
})
