import type { Fault } from '../../support/service-worker/test-site.ts'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test, waitForEvent } from '../../support/service-worker/test.ts'

test.use({ expectedErrors: [/Failed to load resource/] })

/** The editor's chunk is what goes wrong: the page does not need it to start. */
const onEditor =
  (fault: Fault): Fault =>
  (request, response, body) =>
    /editor.*\.js$/.test(request.url ?? '') && fault(request, response, body)

const faults: readonly [name: string, reason: string, fault: Fault][] = [
  [
    'a captive portal answers 200 with its own page',
    'html',
    (_request, response) => (response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>'), true),
  ],
  ['the server answers 500', 'status', (_request, response) => (response.writeHead(500).end('broken'), true)],
  [
    'a body is truncated',
    'length',
    (_request, response, body) => (
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(body.subarray(0, 10)),
      true
    ),
  ],
  [
    'a body is another of the same length',
    'hash',
    (_request, response, body) => (
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(Buffer.alloc(body.length, 32)),
      true
    ),
  ],
]

for (const [name, reason, fault] of faults) {
  test(`refuses to store it when ${name}, says so, and goes on when it is over`, async ({ page, context, site }) => {
    await site.deploy(notesApp('one'), { precache: 'all' })
    site.fault = onEditor(fault)
    await page.goto(`${site.url}/`)
    expect(await waitForEvent(page, 'problem')).toMatchObject({ reason, url: expect.stringMatching(/editor/) })
    await expect(page.locator('h1')).toHaveText('release one')
    const stored = await storedBodies(page)
    expect(stored.filter(({ url }) => /editor.*\.js/.test(url))).toEqual([])
    site.fault = undefined
    site.requests.length = 0
    await page.reload()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    // What was stored by the interrupted installation is not downloaded again.
    const downloaded = site.requests.filter((path) => /^\/assets\/(?!sw-runtime-)/.test(path))
    expect(downloaded).toEqual([expect.stringMatching(/editor/)])
    await context.setOffline(true)
    await page.goto(`${site.url}/editor`)
    await expect(page.locator('p')).toHaveText('editor of one')
  })
}

test('fetches what the browser has thrown away, compared again', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name)
  })
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})
