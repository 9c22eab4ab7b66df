import { moduleAt, readCharTable } from '@paceline/build-graph'
import { ERROR_LINE } from '@paceline/kit'
import type { Page } from '@playwright/test'
import { STRICT_POLICY } from '../../support/vitals/collecting-site.ts'
import { errorsOf, expect, openMeasured, test } from '../../support/vitals/test.ts'

test('without fetchLater the last figures leave when the page is hidden', async ({ page, site }) => {
  const errors = errorsOf(page)
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'fetchLater'))
  const id = await openMeasured(page, site)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  expect(site.pages().get(id)?.metrics?.inp).toBeUndefined()
  await page.goto(`${site.url}/away.html`)
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
  expect(errors).toEqual([])
})

test('where fetchLater is over its quota and sendBeacon refuses, a fetch outlives the page', async ({ page, site }) => {
  const errors = errorsOf(page)
  await page.addInitScript(() => {
    const fetchLater = (): never => {
      throw new DOMException('no more', 'QuotaExceededError')
    }
    Object.assign(globalThis, { fetchLater })
    navigator.sendBeacon = () => false
  })
  const id = await openMeasured(page, site)
  await page.locator('#slow').click()
  await page.waitForTimeout(300)
  await page.goto(`${site.url}/away.html`)
  await expect.poll(() => site.pages().get(id)?.metrics?.inp).toBeGreaterThan(140)
  expect(errors).toEqual([])
})

const OLD = {
  'without PerformanceObserver': () => Reflect.deleteProperty(globalThis, 'PerformanceObserver'),
  'without a Navigation API': () => Object.defineProperty(globalThis, 'navigation', { value: undefined }),
  'without IndexedDB': () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
  'whose IndexedDB is full or forbidden': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError')
    }
  },
  'without any of the new interfaces': () => {
    for (const name of [
      'fetchLater',
      'requestIdleCallback',
      'PerformanceEventTiming',
      'LayoutShift',
      'PerformanceLongAnimationFrameTiming',
    ]) {
      Reflect.deleteProperty(globalThis, name)
    }
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: ['navigation', 'resource', 'paint'] })
    Object.defineProperty(globalThis, 'navigation', { value: undefined })
    Reflect.deleteProperty(Performance.prototype, 'memory')
  },
  'whose clock jumps': () => {
    let jump = 0
    const now = Date.now
    Date.now = () => now() + (jump = jump > 0 ? -1e12 : 1e12)
  },
  'whose document has lost the tag': () =>
    new MutationObserver(() => document.querySelector('[data-paceline]')?.remove()).observe(document, {
      childList: true,
      subtree: true,
    }),
}

for (const [name, old] of Object.entries(OLD)) {
  test(`a browser ${name} shows the page as ever`, async ({ page, site }) => {
    const errors = errorsOf(page)
    await page.addInitScript(old)
    await page.goto(site.url)
    await page.locator('#slow').click()
    await page.locator('#go').click()
    await page.waitForTimeout(1300)
    await expect(page.locator('#view h2').first()).toHaveText('A note, line 0')
    await page.goto(`${site.url}/away.html`)
    // web-vitals itself, in the app, needs what some of these browsers have not.
    expect(errors.filter((error) => !/supportedEntryTypes|PerformanceObserver/.test(error))).toEqual([])
  })
}

test('an endpoint that is blocked, as by an extension, costs the page nothing but a refused request', async ({
  page,
  site,
}) => {
  const errors = errorsOf(page)
  await page.route('**/__paceline/beacon', (route) => route.abort('blockedbyclient'))
  await page.goto(site.url)
  await page.locator('#slow').click()
  await page.waitForTimeout(1500)
  expect(site.beacons).toEqual([])
  expect(errors).toEqual([])
  expect(await waitingIn(page)).toBeLessThanOrEqual(20)
})

/** Beacons that wait, which are bounded however many pages could not be told. */
function waitingIn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('paceline$')
        opening.onsuccess = () => {
          const all = opening.result.transaction('q').objectStore('q').count()
          all.onsuccess = () => resolve(all.result)
        }
      }),
  )
}

test('a policy that forbids the endpoint costs the page nothing, and what it held back is sent once it is mended', async ({
  page,
  site,
}) => {
  const errors = errorsOf(page)
  site.policy = STRICT_POLICY.replace("connect-src 'self'", "connect-src 'none'")
  expect(site.policy).not.toBe(STRICT_POLICY)
  for (let visit = 0; visit < 3; visit++) {
    await page.goto(site.url)
    await page.locator('#slow').click()
    await expect(page.locator('#view')).toHaveText('done')
    await page.waitForTimeout(2500)
  }
  expect(site.beacons).toEqual([])
  const waiting = await waitingIn(page)
  expect(waiting).toBeGreaterThan(0)
  expect(waiting).toBeLessThanOrEqual(20)
  site.policy = STRICT_POLICY
  await page.goto(site.url)
  await expect.poll(() => site.pages().size).toBeGreaterThan(1)
  expect(errors).toEqual([])
})

test('an endpoint that never answers holds nothing back', async ({ page, site }) => {
  const errors = errorsOf(page)
  site.delay = 60_000
  await page.goto(site.url)
  await page.locator('#slow').click()
  await expect(page.locator('#view')).toHaveText('done')
  await page.goto(`${site.url}/away.html`)
  await expect(page.getByText('Away')).toBeVisible()
  expect(site.beacons).toEqual([])
  expect(errors).toEqual([])
})

test('an error says its place, which leads to its module, and nothing of its text', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  for (let index = 0; index < 3; index++) await page.locator('#throw').click()
  // The browser tells of a rejection in a task of its own, which a page that is left does not get to.
  const rejected = page.waitForEvent('pageerror')
  await page.locator('#reject').click()
  await rejected
  // Of another origin, or of nowhere: nobody could find it.
  await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { filename: 'about:blank', lineno: 1, colno: 1 })))
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(id)?.errors?.unhandled).toBe(5)
  const places = site
    .pages()
    .get(id)!
    .culprits!.filter(({ metric }) => metric === 'error')
  expect(places).toHaveLength(2)
  for (const { file, char, ms } of places) {
    const served = site.report.files.find((one) => one.file.endsWith(`/${file}`))!
    const table = (await readCharTable(site.reports, served.hash))!
    const start = [0, ...(table.lines ?? [])][Math.floor(char / ERROR_LINE) - 1]!
    expect(moduleAt(table, start + (char % ERROR_LINE) - 1)).toBe('src/broken.js')
    expect(ms).toBe(0)
  }
  expect(site.bodies.join('')).not.toContain('zoe')
})

test('what names neither a file nor an element is not sent', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  await page.evaluate(() => {
    const end = performance.now() + 150
    while (performance.now() < end);
  })
  await page.waitForTimeout(500)
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(id)?.metrics?.lcp).toBeGreaterThan(0)
  expect(site.beacons.flatMap(({ culprits = [] }) => culprits).filter(({ file, target }) => !file && !target)).toEqual(
    [],
  )
})
