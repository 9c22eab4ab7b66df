import type { Page } from '@playwright/test'
import { errorsOf, expect, openMeasured, test } from '../../support/vitals/test.ts'

test('a page says that it was opened, as what, and of which build', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  const [opened] = site.beacons
  expect(opened).toMatchObject({
    v: 1,
    page: id,
    seq: 0,
    type: 'opened',
    route: 0,
    nav: 'navigate',
    device: 'desktop',
    sampleRate: 1,
  })
  expect(opened!.release).toMatch(/^[0-9a-f]{12}$/)
  expect(opened!.page).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(Math.abs(Date.now() - opened!.at)).toBeLessThan(10_000)
})

test('what was measured arrives after a navigation, as of the page that was left', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  await page.locator('#slow').click()
  await page.waitForTimeout(300)
  await page.locator('#away').click()
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
  await expect.poll(() => site.pages().size).toBe(2)
})

test('what was measured arrives when the tab is closed', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  await page.close()
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
})

test('what was measured arrives when the page crashes', async ({ page, site, context }) => {
  const id = await openMeasured(page, site)
  await page.locator('#slow').click()
  // web-vitals waits for an idle moment, a second at most, and it is armed anew once a second: what is younger is lost.
  await page.waitForTimeout(3500)
  const session = await context.newCDPSession(page)
  void session.send('Page.crash').catch(() => {})
  await expect.poll(() => site.pages().get(id)?.metrics?.inp, { timeout: 20_000 }).toBeGreaterThan(140)
})

test('without a network it waits, and arrives when the network is back', async ({ page, site, context }) => {
  const id = await openMeasured(page, site)
  await context.setOffline(true)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  expect(site.pages().get(id)?.metrics?.inp).toBeUndefined()
  await context.setOffline(false)
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
})

test('what a page measured without a network is sent by the next one', async ({ page, site, context }) => {
  const id = await openMeasured(page, site)
  await context.setOffline(true)
  await page.locator('#slow').click()
  await page.waitForTimeout(3500)
  await page.close()
  await context.setOffline(false)
  expect(site.pages().get(id)?.metrics?.inp).toBeUndefined()
  const other = await context.newPage()
  await other.goto(site.url)
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
})

for (const status of [0, 500]) {
  test(`an endpoint that ${status === 0 ? 'hangs up' : 'fails'} is told later, and the page sees no error`, async ({
    page,
    site,
  }) => {
    const errors = errorsOf(page)
    site.status = status
    await page.goto(site.url)
    await page.waitForTimeout(1000)
    const id = site.pages().size
    site.status = 204
    await page.goto(`${site.url}/away.html`)
    await expect.poll(() => site.pages().size).toBeGreaterThan(id + 1)
    expect(errors).toEqual([])
  })
}

test('a strict policy lets it through, without a word', async ({ page, site }) => {
  const messages: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  await openMeasured(page, site)
  await page.locator('#slow').click()
  await page.goto('about:blank')
  expect(messages).toEqual([])
})

test('a page that says it does not want to be followed sends nothing', async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  await page.goto(site.url)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  await page.close()
  expect(site.beacons).toEqual([])
})

test('a visitor who saves data sends nothing', async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
  await page.goto(site.url)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  await page.close()
  expect(site.beacons).toEqual([])
})

/** Chromium prerenders nothing while it is remote-controlled: what it tells a page is told by hand. */
function prerendered(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    let isHidden = true
    Object.defineProperty(document, 'prerendering', { get: () => isHidden })
    Object.assign(globalThis, {
      activate() {
        isHidden = false
        Object.defineProperty(PerformanceNavigationTiming.prototype, 'activationStart', { value: performance.now() })
        document.dispatchEvent(new Event('prerenderingchange', { bubbles: true }))
      },
    })
  })
}

test('a page that nobody sees yet sends nothing, and says what it was once it is seen', async ({ page, site }) => {
  const errors = errorsOf(page)
  await prerendered(page)
  await page.goto(site.url)
  await page.locator('#call').click()
  await page.waitForTimeout(3000)
  expect(site.beacons).toEqual([])
  await page.evaluate(() => (globalThis as unknown as { activate(): void }).activate())
  await expect.poll(() => [...site.pages().values()].map(({ nav }) => nav)).toEqual(['prerender'])
  expect(errors).toEqual([])
})

test('a page that nobody ever saw is no visit', async ({ page, site, context }) => {
  await prerendered(page)
  await page.goto(site.url)
  await page.locator('#call').click()
  await page.waitForTimeout(3000)
  await page.close()
  // The beacon of one that is seen comes later than any of it.
  const other = await context.newPage()
  await openMeasured(other, site)
  expect(site.pages().size).toBe(1)
})

test.describe('with consent', () => {
  test.use({ vitalsOptions: { consent: 'required', routes: ['/'] } })

  test('nothing is sent before it is given, and what came before is not lost', async ({ page, site }) => {
    await page.goto(site.url)
    await page.locator('#export').click()
    await page.waitForTimeout(1500)
    expect(site.beacons).toEqual([])
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
    await page.evaluate(() => (globalThis as unknown as { grant(): void }).grant())
    await expect.poll(() => site.beacons.length).toBe(1)
    await page.goto('about:blank')
    await expect.poll(() => [...site.pages().values()][0]?.operations?.length).toBe(2)
    expect([...site.pages().values()][0]!.metrics!.lcp).toBeGreaterThan(0)
  })

  test('nothing is sent when it is never given', async ({ page, site }) => {
    await page.goto(site.url)
    await page.locator('#slow').click()
    await page.waitForTimeout(1500)
    await page.goto(`${site.url}/away.html`)
    await page.close()
    expect(site.beacons).toEqual([])
  })

  test('nothing more is sent once it is taken back', async ({ page, site }) => {
    await page.goto(site.url)
    await page.evaluate(() => (globalThis as unknown as { grant(): void }).grant())
    await expect.poll(() => site.beacons.length).toBe(1)
    await page.locator('#slow').click()
    await page.evaluate(() => (globalThis as unknown as { revoke(): void }).revoke())
    await page.waitForTimeout(1500)
    await page.goto('about:blank')
    await page.waitForTimeout(300)
    expect(site.beacons).toHaveLength(1)
  })
})
