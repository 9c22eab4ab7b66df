import { moduleAt, readCharTable } from '@paceline/build-graph'
import { ERROR_LINE } from '@paceline/kit'
import type { Page } from '@playwright/test'
import { expect, openMeasured, test } from '../../support/vitals/test.ts'

/** Errors of the page, whatever they came from. */
function errorsOf(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  return errors
}

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

test('ten thousand operations and hostile names stay under 64 kB, and are counted', async ({ page, site }) => {
  const errors = errorsOf(page)
  const id = await openMeasured(page, site)
  await page.evaluate(() => {
    const bus = (globalThis as unknown as { paceline$: { push(message: unknown): void } }).paceline$
    const hostile = '\u0000"\\<script>\ud800'.repeat(1000)
    for (let index = 0; index < 10_000; index++) bus.push(['operation', hostile + index, index, true])
    const button = document.getElementById('slow')!
    button.id = hostile
    button.className = hostile.replaceAll(/\s/g, '-')
    button.click()
    for (const message of [null, 'x', ['operation'], ['operation', Symbol('x'), NaN, 'yes'], [{}]]) bus.push(message)
  })
  await page.waitForTimeout(1500)
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(id)?.operationsTotal).toBeGreaterThanOrEqual(10_000)
  const beacon = site.pages().get(id)!
  expect(beacon.operations).toHaveLength(100)
  // A uniform sample: the middle of it is the middle of all.
  const mean = beacon.operations!.reduce((sum, { ms }) => sum + ms, 0) / 100
  expect(mean).toBeGreaterThan(3500)
  expect(mean).toBeLessThan(6500)
  expect(Math.max(...site.bodies.map((body) => Buffer.byteLength(body)))).toBeLessThan(64 * 1024)
  expect(errors).toEqual([])
})

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
  // What waits is bounded, however many pages could not be told.
  const waiting = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('paceline$')
        opening.onsuccess = () => {
          const all = opening.result.transaction('q').objectStore('q').count()
          all.onsuccess = () => resolve(all.result)
        }
      }),
  )
  expect(waiting).toBeLessThanOrEqual(20)
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
  await page.locator('#reject').click()
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
