import type { Browser } from '@playwright/test'
import { pairedInterval, type PairedInterval } from './paired-interval.ts'

export interface Cost {
  /** Milliseconds of CPU that the main thread spent in the runtime, times four, per visit. */
  readonly self: { readonly mean: number; readonly low: number; readonly high: number; readonly visits: number }
  /** The longest call in it. */
  readonly longest: number
  /** The same for web-vitals alone. */
  readonly webVitals: { readonly mean: number; readonly low: number; readonly high: number }
  /** With the runtime less without, milliseconds. */
  readonly lcp: PairedInterval
  readonly inp: PairedInterval
}

const THROTTLE = 4
/** Microseconds. */
const BEHIND = 100

/**
 * Visits a page with and without the runtime, in turn, the order changing from pair to pair.
 *
 * @param url of a page; `?with` puts the runtime in, `?web-vitals` that alone
 */
export async function measureCost(browser: Browser, url: string, pairs: number): Promise<Cost> {
  const lcp: number[] = []
  const inp: number[] = []
  const own: number[] = []
  const alone: number[] = []
  let longest = 0
  for (let pair = -1; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? ['?with', '?'] : ['?', '?with']
    const visits = new Map<string, Visit>()
    for (const query of order) visits.set(query, await visit(browser, url + query, false))
    const traced = await visit(browser, `${url}?with`, true)
    const webVitals = await visit(browser, `${url}?web-vitals`, true)
    process.stderr.write(`pair ${pair + 1} of ${pairs}: ${traced.own.toFixed(2)} ms, ${webVitals.own.toFixed(2)} ms\n`)
    // The first pair warms up.
    if (pair < 0) continue
    lcp.push(visits.get('?with')!.lcp - visits.get('?')!.lcp)
    inp.push(visits.get('?with')!.inp - visits.get('?')!.inp)
    own.push(traced.own)
    alone.push(webVitals.own)
    longest = Math.max(longest, traced.longest)
  }
  const { mean, low, high } = pairedInterval(own)
  return {
    self: { mean, low, high, visits: own.length },
    longest,
    webVitals: pairedInterval(alone),
    lcp: pairedInterval(lcp),
    inp: pairedInterval(inp),
  }
}

interface Visit {
  readonly lcp: number
  readonly inp: number
  readonly own: number
  readonly longest: number
}

async function visit(browser: Browser, url: string, isTraced: boolean): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(observe)
  // Throttling is made of pauses, which count as time of whoever is interrupted: CPU time is taken without, and multiplied.
  if (isTraced) await browser.startTracing(page, { categories: ['devtools.timeline'] })
  else await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(1500)
  await page.keyboard.press('Tab')
  await page.mouse.click(5, 5)
  await page.waitForTimeout(1500)
  const { own, longest } = isTraced ? ownTime(await browser.stopTracing()) : { own: 0, longest: 0 }
  const figures = await page.evaluate(read)
  await context.close()
  return { ...figures, own, longest }
}

function observe(): void {
  const seen = { lcp: 0, inp: 0 }
  Object.assign(globalThis, { benchSeen: seen })
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.lcp = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.inp = Math.max(seen.inp, duration)
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}

const read = (): { lcp: number; inp: number } =>
  (globalThis as unknown as { benchSeen: { lcp: number; inp: number } }).benchSeen

interface TraceEvent {
  readonly name: string
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** CPU time of the thread, microseconds. */
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly url?: string } }
}

/** CPU time of everything that was called in the runtime, and of the microtasks behind it; each but once. */
function ownTime(trace: Buffer): { own: number; longest: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const events = traceEvents.filter(({ tdur }) => tdur !== undefined).toSorted((a, b) => a.ts - b.ts)
  let own = 0
  let longest = 0
  let end = 0
  let dispatched = 0
  let thread: number | undefined
  for (const { name, tid, ts, dur = 0, tdur = 0, args } of events) {
    if (name === 'EventDispatch') dispatched = Math.max(dispatched, ts + dur)
    const isOurs = args?.data?.url?.includes('vitals-bench') === true
    // What an observer puts off to a microtask runs right behind it; what runs behind a listener is the app's.
    const isBehind = name === 'RunMicrotasks' && tid === thread && ts - end < BEHIND
    if (ts < end || (!isOurs && !isBehind)) continue
    end = ts + dur
    thread = ts < dispatched ? undefined : tid
    own += (tdur / 1000) * THROTTLE
    longest = Math.max(longest, (tdur / 1000) * THROTTLE)
  }
  return { own, longest }
}
