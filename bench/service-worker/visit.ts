import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { ShapedLink } from './shaped-link.ts'

/** What a visit cost. Milliseconds since the navigation began. */
export interface Visit {
  readonly bytes: number
  /** Addresses that were asked of the network. */
  readonly requests: readonly string[]
  /** All that the page has asked for, itself included. */
  readonly asked: number
  readonly fcp: number
  readonly lcp: number
}

/** Opens a page and waits until nothing is under way any more. */
export async function visit(context: BrowserContext, link: ShapedLink, path: string): Promise<Visit> {
  link.reset()
  const page = await context.newPage()
  await page.goto(link.url + path, { waitUntil: 'networkidle' })
  const { bytes, requests } = link
  const measured = await page.evaluate(async () => {
    const lcp = await new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      })
    })
    const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
    return { fcp, lcp, asked: performance.getEntriesByType('resource').length + 1 }
  })
  await page.close()
  return { bytes, requests: [...requests], ...measured }
}

/** Milliseconds from the registration of a worker until it is active, in a browser that has nothing yet. */
export async function installTime(browser: Browser, link: ShapedLink, script: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${link.url}/robots.txt`)
  const ms = await page.evaluate(async (url) => {
    const start = performance.now()
    const registration = await navigator.serviceWorker.register(url)
    const worker = (registration.installing ?? registration.waiting ?? registration.active)!
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (worker.state === 'activated') resolve()
        if (worker.state === 'redundant') reject(new Error(`${url} could not be installed`))
      }
      worker.addEventListener('statechange', look)
      look()
    })
    return performance.now() - start
  }, script)
  await context.close()
  return ms
}

/** Waits until the worker of the app is active, on a page that asks for nothing else. */
export async function untilActive(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const end = performance.now() + 120_000
    while ((await navigator.serviceWorker.getRegistration('/'))?.active?.state !== 'activated') {
      if (performance.now() > end) throw new Error('The worker was not active in two minutes.')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
}
