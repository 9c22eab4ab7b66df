import { chromium } from '@playwright/test'
import type { Browser, BrowserContext, Page } from '@playwright/test'

/** Starts the Chromium that the runner has found. */
export async function launchChromium(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = env['PACELINE_CHROMIUM']
  if (executablePath === undefined || executablePath === '')
    throw new Error(
      '`PACELINE_CHROMIUM` is not set. Run these tests with `npm run test:matrix`, which finds a browser.',
    )
  const args = (env['PACELINE_CHROMIUM_FLAGS'] ?? '').split(/\s+/).filter((flag) => flag !== '')
  return await chromium.launch({ executablePath, args, chromiumSandbox: !args.includes('--no-sandbox') })
}

/** A page of a browser without any past, and what went wrong in it. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, exceptions, and answers of 400 and more. */
  readonly problems: string[]
  readonly close: () => Promise<void>
}

export async function openVisit(browser: Browser): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
  })
  return { page, context, problems, close: () => context.close() }
}

/** The heading of a page, once it is `title`; what is there otherwise after a while. */
export async function headingOf(page: Page, title: string): Promise<string | null> {
  const heading = page.locator('h1')
  await heading
    .filter({ hasText: new RegExp(`^${title}$`) })
    .waitFor({ timeout: 15_000 })
    .catch(() => {})
  return await heading
    .first()
    .textContent({ timeout: 1000 })
    .catch(() => null)
}

/** Waits until a service worker answers for the page, and all that it wants is stored. */
export async function serviceWorkerReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      )
  })
}
