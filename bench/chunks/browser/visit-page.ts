import type { Browser, CDPSession, Page } from '@playwright/test'
import { interactiveTime, type Interval, type LoadTrace } from '@paceline/lab'

/** ms since the navigation began. */
export interface Visit {
  readonly fcp: number
  readonly tti: number
}

/**
 * Slow 4G and a slow phone as Lighthouse applies them in DevTools:
 * https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js (`mobileSlow4G`, devtools). 1.6 Mbit/s and 150 ms
 * of round trip become these, since DevTools delays requests, not packets.
 */
const NETWORK = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
}
const CPU_SLOWDOWN = 4
const DEADLINE = 90_000

/**
 * A first visit: empty cache, slow network, slow processor, until the page has been quiet for five seconds.
 *
 * @throws {Error} When the page shows nothing, throws, or never comes to rest.
 */
export async function visitPage(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    const failures: string[] = []
    page.on('pageerror', (error) => failures.push(error.message))
    await page.addInitScript(observeLongTasks)
    const session = await context.newCDPSession(page)
    const requests = await watchRequests(session)
    await session.send('Network.emulateNetworkConditions', NETWORK)
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
    await page.goto(url, { waitUntil: 'commit', timeout: DEADLINE })
    const deadline = Date.now() + DEADLINE
    for (;;) {
      if (failures.length > 0) throw new Error(`\`${url}\` does not run; ${failures[0]}. Open it in a browser.`)
      const trace = await readTrace(page, requests)
      const tti = trace === undefined ? undefined : interactiveTime(trace)
      if (trace !== undefined && tti !== undefined) return { fcp: trace.fcp, tti }
      if (Date.now() > deadline)
        throw new Error(`\`${url}\` does not come to rest in ${DEADLINE / 1000} s: ${unrest(trace, requests)}.`)
      await page.waitForTimeout(500)
    }
  } finally {
    await context.close()
  }
}

/** What keeps a page from being done, for the error. */
function unrest(trace: LoadTrace | undefined, requests: WatchedRequests): string {
  const open = requests.open()
  const last = trace?.longTasks.at(-1)
  return [
    trace === undefined ? 'it has painted nothing' : `first paint at ${trace.fcp.toFixed()} ms`,
    open.length === 0 ? 'no request is open' : `open are ${open.join(', ')}`,
    last === undefined ? 'no long task' : `the last long task began at ${last.start.toFixed()} ms`,
  ].join('; ')
}

interface WatchedRequests {
  /** Addresses of those that have no end yet. */
  open(): string[]
  /** Requests so far, on the clock of a page whose time began at `origin` (ms since the epoch). */
  since(origin: number): Interval[]
}

/** Chromium's network times are seconds of a clock of its own; each request also says when it began by the wall. */
async function watchRequests(session: CDPSession): Promise<WatchedRequests> {
  const requests = new Map<string, { url: string; start: number; end: number; wall: number }>()
  session.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    if (request.method !== 'GET') return
    requests.set(requestId, { url: request.url, start: timestamp, end: Infinity, wall: wallTime })
  })
  const end = ({ requestId, timestamp }: { requestId: string; timestamp: number }): void => {
    const request = requests.get(requestId)
    if (request !== undefined) request.end = timestamp
  }
  session.on('Network.loadingFinished', end)
  session.on('Network.loadingFailed', end)
  await session.send('Network.enable')
  return {
    open: () => [...requests.values()].flatMap(({ url, end }) => (end === Infinity ? [url] : [])),
    since: (origin) =>
      [...requests.values()].map(({ start, end, wall }) => {
        const began = wall * 1000 - origin
        return { start: began, end: began + (end - start) * 1000 }
      }),
  }
}

interface Observed {
  longTasks?: Interval[]
}

/** Runs in the page, before its scripts. */
function observeLongTasks(): void {
  const tasks: Interval[] = ((window as Observed).longTasks = [])
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, end: startTime + duration })
  }).observe({ type: 'longtask', buffered: true })
}

async function readTrace(page: Page, requests: WatchedRequests): Promise<LoadTrace | undefined> {
  const seen = await page.evaluate(() => {
    const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
    return {
      origin: performance.timeOrigin,
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      domContentLoaded: navigation?.domContentLoadedEventEnd ?? 0,
      longTasks: (window as Observed).longTasks ?? [],
      until: performance.now(),
    }
  })
  const { origin, fcp, ...rest } = seen
  if (fcp === undefined || rest.domContentLoaded === 0) return undefined
  return { fcp, ...rest, requests: requests.since(origin) }
}
