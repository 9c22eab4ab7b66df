import type { Page } from '@playwright/test'
import { expect, test as base } from '../test.ts'
import { TestSite } from './test-site.ts'

/** Playwright's `test` with a site of its own. */
export const test = base.extend<{ site: TestSite }>({
  serviceWorkers: 'allow',
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs off its parameter.
  site: async ({}, use) => {
    const site = await TestSite.start()
    await use(site)
    await site.close()
  },
})

/** Opens a page and waits until its worker controls it and everything is stored. */
export async function openInstalled(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await untilControlled(page)
  await waitForEvent(page, 'ready')
}

/** Waits until the worker is there: `ready` is already while it is being activated, when nothing can be pushed to it. */
export async function untilActivated(page: Page): Promise<void> {
  // `waitForFunction` takes a promise for true, whatever becomes of it.
  const state = (): Promise<unknown> => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  await expect.poll(state).toBe('activated')
}

/** Waits until the worker is there, and has taken over the page. */
export async function untilControlled(page: Page): Promise<void> {
  await untilActivated(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

interface Seen {
  readonly name: string
  readonly detail: Record<string, unknown>
}

/** Waits until the page side has told of something, and gives the last of it. */
export async function waitForEvent(page: Page, name: string): Promise<Record<string, unknown>> {
  const handle = await page.waitForFunction((wanted) => {
    const { seen } = globalThis as typeof globalThis & { seen?: Seen[] }
    const detail = seen?.findLast((event) => event.name === wanted)?.detail
    return detail && JSON.parse(JSON.stringify(detail))
  }, name)
  return (await handle.jsonValue()) as Record<string, unknown>
}

/** Makes the browser look for a new release now. */
export async function checkForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
  })
}

/** What a page hears when another tab comes before it, and what it says of itself from then on. */
export function hide(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** What a page hears when somebody comes back to it, after `hide`. */
export function show(page: Page): Promise<void> {
  return page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState')
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** Every body in every cache of the page's origin, with its address. */
export function storedBodies(page: Page): Promise<{ readonly url: string; readonly body: string }[]> {
  return page.evaluate(async () => {
    const bodies = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        bodies.push({ url: request.url, body: await (await cache.match(request))!.text() })
      }
    }
    return bodies
  })
}

export { expect }
