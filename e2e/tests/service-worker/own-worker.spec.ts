import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, hide, openInstalled, test, waitForEvent } from '../../support/service-worker/test.ts'

const WORKER = fileURLToPath(import.meta.resolve('@paceline/service-worker/worker'))

/** A worker as somebody writes it: `import.meta` is understood in modules only. */
const ownWorker = (more = ''): string => `
const urls = self.__WB_MANIFEST.map(({ url }) => url)
self.addEventListener('install', (event) => event.waitUntil(caches.open('own').then((cache) => cache.addAll(urls))))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', ({ data }) => { if (data?.type === 'SKIP_WAITING') self.skipWaiting() })
self.addEventListener('fetch', (event) => { if (event.request.method === 'GET') event.respondWith(answer(event.request)) })
async function answer(request) {
  const cache = await caches.open('own')
  return (await cache.match(request.mode === 'navigate' ? 'index.html' : request)) ?? fetch(request)
}
${more}
`

const kinds = [
  ['classic', ownWorker()],
  ['module', ownWorker("if (new URL(import.meta.url).pathname !== '/sw.js') throw new Error(import.meta.url)")],
] as const

for (const [type, source] of kinds) {
  test(`runs a worker of one's own as a ${type} script, and updates it`, async ({ page, context, site }) => {
    const options = { strategy: 'injectManifest', source: 'src/sw.js', type, precache: 'all' } as const
    await site.deploy({ ...notesApp('one'), 'src/sw.js': source }, options)
    await openInstalled(page, `${site.url}/`)
    await context.setOffline(true)
    await page.goto(`${site.url}/editor`)
    await expect(page.locator('main p')).toHaveText('editor of one')
    await context.setOffline(false)
    await site.deploy({ ...notesApp('two'), 'src/sw.js': source.replaceAll("'own'", "'own-two'") }, options)
    await checkForUpdate(page)
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.locator('h1')).toHaveText('release two')
  })
}

test('does not reload a tab that is sending something, where a worker of its own watches uploads', async ({
  page,
  site,
}) => {
  const options = { strategy: 'injectManifest', source: 'src/sw.js', precache: 'all', update: 'auto' } as const
  const watching = `import { watchUploads } from '${WORKER}'\nwatchUploads()\n${ownWorker()}`
  await site.deploy({ ...notesApp('one'), 'src/sw.js': watching }, options)
  await openInstalled(page, `${site.url}/`)
  const arrived = Promise.withResolvers<ServerResponse>()
  site.fault = ({ url }, response) => url === '/api/upload' && (arrived.resolve(response), true)
  await page.evaluate(() => void fetch('/api/upload', { method: 'POST', body: 'a film' }))
  const answer = await arrived.promise
  await site.deploy({ ...notesApp('two'), 'src/sw.js': watching.replaceAll("'own'", "'own-two'") }, options)
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await hide(page)
  await page.waitForTimeout(500)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true)
  answer.writeHead(201).end()
  await expect(async () => {
    await hide(page)
    await expect(page.locator('h1')).toHaveText('release two', { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
})

test('says that a worker of its own does not take over, and goes on', async ({ page, site }) => {
  const options = { strategy: 'injectManifest', source: 'src/sw.js', precache: 'all' } as const
  const deaf = ownWorker().replace('SKIP_WAITING', 'something else')
  await site.deploy({ ...notesApp('one'), 'src/sw.js': deaf }, options)
  await openInstalled(page, `${site.url}/`)
  await site.deploy({ ...notesApp('two'), 'src/sw.js': deaf.replaceAll("'own'", "'own-two'") }, options)
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  expect(await waitForEvent(page, 'problem')).toMatchObject({ reason: 'takeover' })
  await expect(page.locator('h1')).toHaveText('release one')
})

test('runs the worker that is made as a module', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { type: 'module', precache: 'all' })
  const types: unknown[] = []
  await page.exposeFunction('noteType', (type: unknown) => void types.push(type))
  await page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype
    ServiceWorkerContainer.prototype.register = function (url, options) {
      ;(globalThis as unknown as { noteType(type: unknown): void }).noteType(options?.type)
      return register.call(this, url, options)
    }
  })
  await openInstalled(page, `${site.url}/`)
  expect(types).toEqual(['module'])
  await context.setOffline(true)
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
  await context.setOffline(false)
  await site.deploy(notesApp('two'), { type: 'module', precache: 'all' })
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
})
