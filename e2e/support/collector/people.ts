import { test as base } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { BROWSER } from './run-collector.ts'

/**
 * A browser that says it is one. Headless browsers are programs, which are kept apart; and what a page leaves to the browser to send goes out with the
 * browser's own user agent, not with that of the context.
 */
export const test = base.extend<object, { people: Browser }>({
  people: [
    async ({ playwright, launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), `--user-agent=${BROWSER}`]
      const browser = await playwright.chromium.launch({ ...launchOptions, args })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
