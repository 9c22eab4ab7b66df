import { createServer } from 'vite'
import { serviceWorker, type ServiceWorkerOptions } from '@paceline/service-worker'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'
import { withApp } from '../../support/temporary-app.ts'

/** Runs something on the address of a dev server. */
async function inDev(options: ServiceWorkerOptions, use: (url: string, root: string) => Promise<void>): Promise<void> {
  await withApp(notesApp('one'), async (root) => {
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1' },
      plugins: serviceWorker(options),
    })
    await server.listen()
    try {
      await use(server.resolvedUrls!.local[0]!, root)
    } finally {
      await server.close()
    }
  })
}

test('the dev server has a worker by option, which stores nothing of what is being worked on', async ({ page }) => {
  await inDev({ dev: true }, async (url) => {
    await openInstalled(page, url)
    expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(`${url}sw.js`)
    await page.reload()
    await expect(page.locator('h1')).toHaveText('release one')
    const own = (await storedBodies(page)).map(({ url: stored }) => new URL(stored).pathname)
    expect(own.filter((path) => !path.startsWith('/__paceline/'))).toEqual([])
  })
})

test('the dev server has none unless it is told', async ({ page }) => {
  await inDev({}, async (url) => {
    await page.goto(url)
    await expect(page.locator('h1')).toHaveText('release one')
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  })
})
