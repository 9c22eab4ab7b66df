import type { Page } from '@playwright/test'
import { withApp } from '../../support/temporary-app.ts'
import { developed } from '../../support/vitals/dev-server.ts'
import { slowApp } from '../../support/vitals/slow-app.ts'
import { expect, openMeasured, test } from '../../support/vitals/test.ts'

const row = (page: Page, name: string): ReturnType<Page['locator']> =>
  page.locator('paceline-vitals').getByRole('row', { name })

test('while developing it names the module of a slow handler and of what moved the page', async ({ page }) => {
  await withApp(slowApp, async (root) => {
    const server = await developed(root, {})
    try {
      await page.goto(server.url)
      await page.locator('#slow').click()
      await page.locator('#shift').click()
      await page.waitForTimeout(1500)
      await page.keyboard.press('Alt+Shift+V')
      await expect(row(page, 'INP')).toContainText('src/slow-work.js')
      await expect(row(page, 'INP')).toContainText('src/editor.jsx')
      await expect(row(page, 'CLS')).toContainText('after a change of src/late-banner.jsx')
      await expect(row(page, 'INP')).toHaveClass('broken')
      await expect(page.locator('paceline-vitals').getByText(/\d+ requests, [\d.]+ kB over the network/)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(row(page, 'INP')).toBeHidden()
    } finally {
      await server.close()
    }
  })
})

test.describe('in production', () => {
  test.use({ vitalsOptions: { overlay: 'query', routes: ['/'] } })

  test('it is there when the address asks for it, under a strict policy, and moves nothing', async ({ page, site }) => {
    const messages: string[] = []
    page.on('console', (message) => messages.push(message.text()))
    await openMeasured(page, site, '/?paceline')
    await page.locator('paceline-vitals').getByRole('button').click()
    await expect(row(page, 'LCP')).toContainText('2500 ms')
    await page.locator('#export').click()
    await expect(row(page, '· import')).toContainText('failed')
    await page.waitForTimeout(700)
    expect(await page.evaluate(() => (globalThis as unknown as { seen: { cls: number } }).seen.cls)).toBe(0)
    expect(messages).toEqual([])
    await page.goto(site.url)
    await page.waitForTimeout(500)
    await expect(page.locator('paceline-vitals')).toHaveCount(0)
  })
})
