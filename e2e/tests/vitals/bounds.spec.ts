import { errorsOf, expect, openMeasured, test } from '../../support/vitals/test.ts'

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

test('ten thousand performance entries of a kind stay bounded, and are counted', async ({ page, site }) => {
  const errors = errorsOf(page)
  await page.addInitScript(() => {
    const seen: { type: string | undefined; callback: PerformanceObserverCallback; observer: PerformanceObserver }[] =
      []
    globalThis.PerformanceObserver = class extends PerformanceObserver {
      readonly #callback: PerformanceObserverCallback
      constructor(callback: PerformanceObserverCallback) {
        super(callback)
        this.#callback = callback
      }
      override observe(options?: PerformanceObserverInit): void {
        super.observe(options)
        seen.push({ type: options?.type, callback: this.#callback, observer: this })
      }
    }
    Object.assign(globalThis, {
      deliver(type: string, entries: readonly unknown[]) {
        const list = { getEntries: () => entries } as unknown as PerformanceObserverEntryList
        const asked = seen.filter((one) => one.type === type)
        for (const { callback, observer } of asked) callback(list, observer)
        return asked.length
      },
    })
  })
  const id = await openMeasured(page, site)
  const asked = await page.evaluate(() => {
    const { deliver } = globalThis as unknown as { deliver(type: string, entries: readonly unknown[]): number }
    const many = (entry: (index: number) => object): object[] =>
      Array.from({ length: 10_000 }, (_, index) => entry(index))
    const startTime = performance.now()
    const files = many((index) => ({
      name: `${location.origin}/api/notes/${index}`,
      initiatorType: 'fetch',
      duration: index,
      responseStatus: 200,
      startTime,
      responseEnd: startTime + index,
      transferSize: 300,
      encodedBodySize: 100,
      workerStart: 0,
      contentEncoding: '',
    }))
    const frames = many((index) => ({
      startTime: startTime + index,
      duration: 60,
      renderStart: startTime + index,
      scripts: [
        {
          sourceURL: `${location.origin}/assets/${'x'.repeat(200)}${index}.js`,
          sourceCharPosition: index,
          startTime: startTime + index,
          duration: index,
        },
      ],
    }))
    const shifts = many(() => ({
      value: 0.00001,
      startTime,
      hadRecentInput: false,
      sources: [{ node: document.getElementById('below') }],
    }))
    return [deliver('resource', files), deliver('long-animation-frame', frames), deliver('layout-shift', shifts)]
  })
  for (const observers of asked) expect(observers).toBeGreaterThan(0)
  await page.waitForTimeout(1500)
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(id)?.operationsTotal).toBe(10_000)
  const { operations, culprits, bytes, metrics } = site.pages().get(id)!
  expect(operations).toHaveLength(100)
  expect(bytes!.requests).toBeGreaterThanOrEqual(10_000)
  expect(metrics!.cls).toBeCloseTo(0.1, 3)
  const longest = culprits!.filter(({ metric }) => metric === 'loaf').map(({ char }) => char)
  expect(longest.sort()).toEqual([9995, 9996, 9997, 9998, 9999])
  expect(Math.max(...site.bodies.map((body) => Buffer.byteLength(body)))).toBeLessThan(64 * 1024)
  expect(errors).toEqual([])
})
