import type { Page } from '@playwright/test'
import type { ShapedLink } from '../service-worker/shaped-link.ts'
import { bytesOf } from '../service-worker/visit.ts'

/** Browsers look for a new worker about a second after a page was loaded, and peers' workers begin to store after that. */
const QUIET_MS = 4000
const LOOK_MS = 250
const DEADLINE_MS = 120_000

/**
 * Stays on a page until nothing has come down for a while and no worker is being installed.
 *
 * @throws {Error} When that does not happen in two minutes.
 */
export async function untilSettled(page: Page, link: ShapedLink): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS
  let last = -1
  let since = Date.now()
  while (Date.now() < deadline) {
    const now = bytesOf(link.transfers)
    if (now !== last || (await isInstalling(page))) {
      last = now
      since = Date.now()
    }
    if (Date.now() - since > QUIET_MS) return
    await page.waitForTimeout(LOOK_MS)
  }
  throw new Error(`\`${page.url()}\` is still loading after ${DEADLINE_MS / 1000} s. Look what its worker waits for.`)
}

/** A page that is just being replaced is asked again. */
async function isInstalling(page: Page): Promise<boolean> {
  try {
    return await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      return registration?.installing != null
    })
  } catch {
    return true
  }
}
