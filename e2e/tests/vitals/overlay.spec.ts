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
      await expect(row(page, 'first load')).toContainText('no budget while developing')
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
    await expect(page.getByRole('region', { name: 'Vitals of this page' })).toBeInViewport({ ratio: 1 })
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

test.describe('beside the budgets of the build', () => {
  test.use({
    vitalsOptions: { overlay: 'query', routes: ['/', '/notes/:id'] },
    budgetsOptions: {
      severity: 'warn',
      routes: { '*': { firstLoad: '1 kB' }, '/': { firstLoad: '100 kB', requests: 2 } },
    },
  })

  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

  test('it says what landing on the route has downloaded, as the report says it', async ({ page, site }) => {
    site.isCompressed = true
    await openMeasured(page, site, '/?paceline')
    await page.keyboard.press('Alt+Shift+V')
    const { firstLoad } = site.report.routes.find(({ module }) => module === 'index.html')!
    await expect(row(page, 'first load')).toContainText(`${kilobytes(firstLoad.brotli)}100.0 kB`)
    await expect(row(page, 'first load')).not.toHaveClass('broken')
    await expect(row(page, 'first load')).not.toContainText('not as')
    await expect(row(page, 'requests')).toContainText(`requests${firstLoad.requests}2`)
    // What is loaded after the person did something belongs to what was done.
    await page.locator('#call').click()
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.src = '/assets/later.js'
      document.head.append(script)
    })
    await page.locator('#export').click()
    await expect(row(page, '· import')).toBeVisible()
    await expect(row(page, 'requests')).toContainText(`requests${firstLoad.requests}2`)
  })

  test('an overrun is one, and a server that does not compress is none', async ({ page, site }) => {
    site.isCompressed = true
    await openMeasured(page, site, '/notes/zoe?paceline')
    await page.keyboard.press('Alt+Shift+V')
    await expect(row(page, 'first load')).toHaveClass('broken')
    site.isCompressed = false
    await openMeasured(page, site, '/notes/zoe?paceline')
    await page.keyboard.press('Alt+Shift+V')
    await expect(row(page, 'first load')).toContainText('not judged')
    await expect(row(page, 'first load')).not.toHaveClass('broken')
    await openMeasured(page, site, '/free?paceline')
    await page.keyboard.press('Alt+Shift+V')
    await expect(row(page, 'first load')).toContainText('no budget for this route')
  })
})
