import type { Browser } from '@playwright/test'
import { pairedInterval, type PairedInterval } from './paired-interval.ts'

export interface Influence {
  /** With the runtime less without, milliseconds. */
  readonly lcp: PairedInterval
  readonly inp: PairedInterval
}

const THROTTLE = 4

/**
 * Visits a page with and without a program, in turn, the order changing from pair to pair.
 *
 * @param url of a page; `?runtime=NAME` puts the program in
 */
export async function measureInfluence(browser: Browser, url: string, name: string, pairs: number): Promise<Influence> {
  const lcp: number[] = []
  const inp: number[] = []
  const visitWith = (): Promise<Visit> => visit(browser, `${url}?runtime=${encodeURIComponent(name)}`)
  const visitWithout = (): Promise<Visit> => visit(browser, url)
  // The first pair warms up.
  for (let pair = -1; pair < pairs; pair++) {
    const isFirst = pair % 2 === 0
    const before = isFirst ? await visitWith() : undefined
    const without = await visitWithout()
    const having = before ?? (await visitWith())
    if (pair < 0) continue
    lcp.push(having.lcp - without.lcp)
    inp.push(having.inp - without.inp)
    process.stderr.write(`pair ${pair + 1} of ${pairs}: LCP ${lcp.at(-1)!.toFixed(0)} ms, INP ${inp.at(-1)!} ms\n`)
  }
  return { lcp: pairedInterval(lcp), inp: pairedInterval(inp) }
}

interface Visit {
  readonly lcp: number
  readonly inp: number
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(observe)
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(1500)
  await page.keyboard.press('Tab')
  await page.mouse.click(5, 5)
  await page.waitForTimeout(1500)
  const figures = await page.evaluate(read)
  await context.close()
  return figures
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
