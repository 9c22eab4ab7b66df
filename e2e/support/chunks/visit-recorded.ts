import type { Browser, Page } from '@playwright/test'

/** What one visit did, as far as two builds of one app have to agree on it. */
export interface RecordedVisit {
  /** Modules in the order in which they ran. */
  readonly ran: readonly string[]
  /** What the page shows. */
  readonly text: string
  /** Every element with what it does not have in common with the root element. */
  readonly styles: readonly string[]
  readonly errors: readonly string[]
}

export interface VisitOptions {
  /** Waits until the page is there. */
  readonly ready: string
  /** Leaves out what no two visits have in common. */
  readonly ignore?: string
  /** Instead of a cold visit, addresses that the app goes to before by itself: `window.go(path)`. */
  readonly before?: readonly string[]
}

/** For a while nothing has run and nothing was added: a slow machine shows a page long after the network came to rest. */
const SETTLED = `(() => {
  const count = (globalThis.ran ?? []).length + document.querySelectorAll('*').length
  const last = globalThis.lastCount ?? { count: -1 }
  if (last.count !== count) globalThis.lastCount = { count, since: performance.now() }
  return last.count === count && performance.now() - last.since > 500
})()`

/** From which every visit counts: what a page says of today is the same on both sides of midnight. */
const NOON = '2026-11-20T12:00:00Z'

/** Visits an address in a browser context of its own: empty cache, the same day, no motion. */
export async function visitRecorded(browser: Browser, url: string, options: VisitOptions): Promise<RecordedVisit> {
  return withRecorder(browser, (visit) => visit(url, options))
}

export type Visit = (url: string, options: VisitOptions) => Promise<RecordedVisit>

/** One tab for one visit after the other. A site whose answers nobody may keep is visited cold each time, without the start of a process. */
export async function withRecorder<Result>(browser: Browser, use: (visit: Visit) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  try {
    await context.clock.setSystemTime(NOON)
    const page = await context.newPage()
    return await use((url, options) => recordVisit(page, url, options))
  } finally {
    await context.close()
  }
}

async function recordVisit(page: Page, url: string, options: VisitOptions): Promise<RecordedVisit> {
  const errors: string[] = []
  const note = (error: Error): void => void errors.push(error.message)
  page.on('pageerror', note)
  try {
    const [first, ...next] = [...(options.before ?? []), new URL(url).pathname]
    await page.goto(new URL(first!, url).href, { waitUntil: 'networkidle' })
    await page.waitForFunction(options.ready)
    for (const path of next) await page.evaluate(`window.go(${JSON.stringify(path)})`)
    await page.waitForFunction(SETTLED)
    const seen = await page.evaluate(readPage, options.ignore ?? '')
    return { ...seen, errors }
  } finally {
    page.off('pageerror', note)
  }
}

/** Runs in the page. */
function readPage(ignore: string): Omit<RecordedVisit, 'errors'> {
  // Sizes and places follow from the rules, and from fonts that may still be on their way.
  const places =
    /^(?:-webkit-)?(?:(?:inline|block)-size|width|height|inset|top|right|bottom|left|perspective-origin|transform-origin)/
  // Both names of one property are computed; a script sets one of them. Sides are those of a page from left to right.
  const sides: Readonly<Record<string, string>> = {
    'block-start': 'top',
    'block-end': 'bottom',
    'inline-start': 'left',
    'inline-end': 'right',
    'block-size': 'height',
    'inline-size': 'width',
  }
  const physical = (name: string): string => name.replace(/(?:block|inline)-(?:start|end|size)/, (side) => sides[side]!)
  const root = getComputedStyle(document.documentElement)
  // Custom properties come in any order.
  const names = [...root].filter((name) => !places.test(name)).sort()
  const elements = [...document.querySelectorAll('html, body, body *:not(script)')]
  const styles = elements
    .filter((element) => ignore === '' || !element.closest(ignore))
    .map((element, index) => {
      const style = getComputedStyle(element)
      // An editor measures its lines, now before and now after the font is there, and sets what follows from it.
      const set = new Set([...(element as HTMLElement).style].map(physical))
      const own = names
        .filter((name) => !set.has(physical(name)))
        .filter((name) => index === 0 || style.getPropertyValue(name) !== root.getPropertyValue(name))
      const rules = own.map((name) => `${name}: ${style.getPropertyValue(name).replaceAll(location.origin, '')}`)
      return `${element.tagName.toLowerCase()} { ${rules.join('; ')} }`
    })
  // What was measured is never the same twice.
  const text = document.body.innerText.replace(/\d+(?:\.\d+)? m?s\b/g, 'a time')
  return { ran: (window as { ran?: string[] }).ran ?? [], text, styles }
}
