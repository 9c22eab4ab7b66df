import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { countingProxy } from '../../support/service-worker/counting-proxy.ts'
import { checkForUpdate, expect, test, untilActivated } from '../../support/service-worker/test.ts'

test('updates the precache with deltas', async ({ page }) => {
  const root = await mkdtemp(join(tmpdir(), 'paceline-sw-deltas-'))
  const release = (name: string): Promise<void> => deploy(root, name, { serviceWorker: { precache: 'all' } })
  await release('one')
  const site = await servedWithPaceline(root)
  const proxy = await countingProxy(site.url)
  try {
    await page.goto(`${proxy.url}/`)
    await untilActivated(page)
    const stored = await page.evaluate(async () => {
      let bytes = 0
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) bytes += (await (await cache.match(request))!.blob()).size
      }
      return bytes
    })
    await release('two')
    // The server looks for a new release once a second.
    const worker = await readFile(join(root, 'dist/sw.js'), 'utf8')
    await expect.poll(async () => (await fetch(`${site.url}/sw.js`)).text()).toBe(worker)
    proxy.reset()
    await checkForUpdate(page)
    await expect(page.getByRole('status')).toBeVisible()
    expect(proxy.encodings).toContainEqual(expect.stringMatching(/^dc[bz]$/))
    // Headers are most of it: the app is small.
    expect(proxy.bytes / stored).toBeLessThan(0.05)
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.locator('h1')).toHaveText('Release two, 1970')
  } finally {
    await proxy.close()
    await site.close()
    await rm(root, { recursive: true, force: true })
  }
})
