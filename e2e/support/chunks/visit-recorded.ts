import type { Browser } from '@playwright/test'

/** What one visit did, as far as two builds of one app have to agree on it. */
export interface RecordedVisit {
  /** Modules in the order in which they ran. */
  readonly ran: readonly string[]
  /** What the page shows. */
  readonly text: string
  /** Every element with a hash of its computed style. */
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

/** Visits an address in a browser context of its own: empty cache, fixed clock, no motion. */
export async function visitRecorded(browser: Browser, url: string, options: VisitOptions): Promise<RecordedVisit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  try {
    const [first, ...next] = [...(options.before ?? []), new URL(url).pathname]
    await page.goto(new URL(first!, url).href, { waitUntil: 'networkidle' })
    await page.waitForFunction(options.ready)
    for (const path of next) await page.evaluate(`window.go(${JSON.stringify(path)})`)
    const seen = await page.evaluate(readPage, options.ignore ?? '')
    return { ...seen, errors }
  } finally {
    await context.close()
  }
}

/** Runs in the page. */
function readPage(ignore: string): Omit<RecordedVisit, 'errors'> {
  const elements = [...document.querySelectorAll('body *:not(script)')].filter(
    (element) => !ignore || !element.closest(ignore),
  )
  const styles = elements.map((element) => {
    const style = getComputedStyle(element)
    let hash = 0
    for (const name of style) {
      // Sizes and places follow from the rules, and from fonts that may still be on their way.
      if (
        /^(?:-webkit-)?(?:inline-size|block-size|width|height|perspective-origin|transform-origin|transition|animation)/.test(
          name,
        )
      )
        continue
      for (const char of `${name}:${style.getPropertyValue(name)}`)
        hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0
    }
    return `${element.tagName.toLowerCase()} ${hash}`
  })
  return { ran: (window as { ran?: string[] }).ran ?? [], text: document.body.innerText, styles }
}
