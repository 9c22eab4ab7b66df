import type { Request } from '@playwright/test'
import { PAGES } from '../../support/playground-pages.ts'
import { untilActivated } from '../../support/service-worker/test.ts'
import { expect, test } from '../../support/test.ts'

test.use({
  serviceWorkers: 'allow',
  // What is not kept, by its own word or since it is no answer: beacons, changes, whether the server is up, what was never asked for.
  expectedErrors: [/Failed to load resource: net::ERR_(?:INTERNET_DISCONNECTED|FAILED)/],
})

test('the playground shows every page that was visited without a network, after a reload', async ({
  page,
  context,
}) => {
  test.setTimeout(600_000)
  await page.goto('/')
  await untilActivated(page)
  const asked = new Set<Request>()
  page.on('request', (request) => void (request.url().includes('/api/') && asked.add(request)))
  const ended = (request: Request): void => void asked.delete(request)
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  for (const [path, heading] of PAGES) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText([heading])
    // What a page asks for when it is there.
    await page.waitForTimeout(300)
    await expect.poll(() => asked.size, path).toBe(0)
  }

  await context.setOffline(true)
  for (const [path, heading] of PAGES) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText([heading])
    await expect(page.getByRole('alert'), path).toHaveCount(0)
  }
})

test('the playground shows pages offline that were never visited, as far as nothing has to be asked', async ({
  page,
  context,
}) => {
  await page.goto('/')
  await untilActivated(page)
  await context.setOffline(true)
  for (const [path, heading] of [
    ['/credits', 'Credits'],
    ['/settings/about', 'About Lumen'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText([heading])
  }
})
