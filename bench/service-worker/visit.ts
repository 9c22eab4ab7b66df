import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { ShapedLink, Transfer } from './shaped-link.ts'

/** What a visit cost. Milliseconds since the navigation began. */
export interface Visit {
  /** What was asked of the network. */
  readonly transfers: readonly Transfer[]
  /** All that the page has asked for, itself included. */
  readonly asked: number
  readonly fcp: number
  readonly lcp: number
}

/** Stays until the browser has looked for a new worker, which it does a second after the page was loaded, or so. */
export async function untilLooked(page: Page): Promise<void> {
  await page.waitForTimeout(3000)
}

/** Bytes that came down for these, headers included. */
export function bytesOf(transfers: readonly Transfer[]): number {
  return transfers.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Whether somebody else than the build answers: the app's own API, and where its visitors' figures go. */
export function isLive({ path }: Transfer): boolean {
  return /^\/(?:api|__paceline)\//.test(path)
}

/**
 * Opens a page and waits until nothing is under way any more.
 *
 * @param stay what to wait for afterwards; what is downloaded meanwhile is part of the visit
 */
export async function visit(
  context: BrowserContext,
  link: ShapedLink,
  path: string,
  stay: (page: Page) => Promise<void> = async () => {},
): Promise<Visit> {
  link.reset()
  const page = await context.newPage()
  await page.goto(link.url + path, { waitUntil: 'networkidle' })
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
  await stay(page)
  await page.close()
  return { transfers: [...link.transfers], ...measured }
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
