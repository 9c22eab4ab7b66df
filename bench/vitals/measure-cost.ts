import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { openBarePage, type BarePage } from './bare-page.ts'
import { CATEGORIES, mainThreadTime, type MainThreadTime, type TraceEvent } from './main-thread.ts'
import { pairedInterval, type PairedInterval } from './paired-interval.ts'
import { PROGRAM } from './serve-with-runtime.ts'

/** What a program costs the main thread per visit: milliseconds of CPU, times four. */
export interface Cost extends MainThreadTime {
  readonly name: string
  readonly total: PairedInterval
}

/** Throttling is made of pauses, which count as time of whoever is interrupted: CPU time is taken without, and multiplied. */
const THROTTLE = 4
/** The first half of a visit has the loading, the second one the interactions. */
const HALF_MS = 3000

/**
 * Visits a page with each program, in turn.
 *
 * @param url of a page; `?runtime=NAME` puts a program in
 */
export async function measureCost(
  browser: Browser,
  url: string,
  names: readonly string[],
  visits: number,
): Promise<Cost[]> {
  const times = new Map(names.map((name) => [name, [] as MainThreadTime[]]))
  // The first round warms up.
  for (let round = -1; round < visits; round++) {
    for (const [name, seen] of times) {
      const time = await visit(browser, `${url}?runtime=${encodeURIComponent(name)}`)
      if (round >= 0) seen.push(time)
    }
    process.stderr.write(`round ${round + 1} of ${visits}\n`)
  }
  return Array.from(times, ([name, seen]) => summarise(name, seen))
}

function summarise(name: string, times: readonly MainThreadTime[]): Cost {
  const mean = (of: (time: MainThreadTime) => number): number =>
    (times.reduce((sum, time) => sum + of(time), 0) / times.length) * THROTTLE
  return {
    name,
    total: pairedInterval(times.map(({ compile, evaluate, calls }) => (compile + evaluate + calls) * THROTTLE)),
    compile: mean(({ compile }) => compile),
    evaluate: mean(({ evaluate }) => evaluate),
    calls: mean(({ calls }) => calls),
    longest: Math.max(...times.map(({ longest }) => longest)) * THROTTLE,
  }
}

async function visit(browser: Browser, url: string): Promise<MainThreadTime> {
  const page = await openBarePage(browser)
  try {
    await browser.startTracing(undefined, { categories: [...CATEGORIES] })
    await page.send('Page.navigate', { url })
    await sleep(HALF_MS)
    await interact(page)
    await sleep(HALF_MS)
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
    return mainThreadTime(traceEvents, PROGRAM)
  } finally {
    await page.close()
  }
}

/** A key and a click, where nothing is. */
async function interact(page: BarePage): Promise<void> {
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  const point = { x: 5, y: 5, button: 'left', clickCount: 1 }
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...point })
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...point })
}
