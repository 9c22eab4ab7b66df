import type { Page } from '@playwright/test'
import { notesApp, type Fault } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, test } from '../../support/service-worker/test.ts'

test.use({ expectedErrors: [/Failed to load resource/] })

const isChange: Fault = ({ method }) => method !== 'GET'
const lost: Fault = (request, ...rest) => isChange(request, ...rest) && (request.socket.destroy(), true)
const answerAll =
  (status: number, type: string): Fault =>
  (request, response, body) =>
    isChange(request, response, body) && (response.writeHead(status, { 'content-type': type }).end('<h1>No</h1>'), true)

/** @returns the status of the answer */
const put = (page: Page, body: string, url = '/api/notes/1'): Promise<number> =>
  page.evaluate(async ([to, text]) => (await fetch(to!, { method: 'PUT', body: text! })).status, [url, body])

const pending = (page: Page): Promise<number> =>
  page.evaluate(() =>
    (globalThis as unknown as { worker: { pendingRequests(): Promise<number> } }).worker.pendingRequests(),
  )

test('sends a change behind those that wait, and not before them', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  site.fault = lost
  expect(await put(page, 'v1')).toBe(202)
  site.fault = undefined
  expect(await put(page, 'v2')).toBe(201)
  expect(site.posts.map(({ body }) => body)).toEqual(['v1', 'v2'])
  expect(await pending(page)).toBe(0)
})

test('keeps a change behind those that still get no answer', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  site.fault = lost
  expect(await put(page, 'v1')).toBe(202)
  site.fault = answerAll(503, 'application/json')
  expect(await put(page, 'v2')).toBe(202)
  site.fault = undefined
  expect(await put(page, 'v3')).toBe(201)
  expect(site.posts.map(({ body }) => body)).toEqual(['v1', 'v2', 'v3'])
})

test("gives the page a server's refusals, also those that are pages, and its redirections", async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  for (const status of [403, 413, 500, 502]) {
    site.fault = answerAll(status, 'text/html')
    expect(await put(page, 'refused')).toBe(status)
  }
  site.fault = (request, response, body) =>
    isChange(request, response, body) && (response.writeHead(303, { location: '/done.html' }).end(), true)
  await site.deploy({ ...notesApp('one'), 'public/done.html': '<h1>Done</h1>' }, { backgroundSync: true })
  expect(await put(page, 'led to a page')).toBe(200)
  expect(await pending(page)).toBe(0)
})

test('keeps nothing of a change that the page has given up, which Chromium goes on sending', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  let answer = (): void => {}
  const arrived = new Promise<void>((resolve) => {
    site.fault = (request, response, body) => {
      if (!isChange(request, response, body)) return false
      answer = () => void response.writeHead(201).end()
      resolve()
      return true
    }
  })
  const outcome = page.evaluate(() => {
    const controller = new AbortController()
    Object.assign(globalThis, { controller })
    const init = { method: 'PUT', body: 'given up', signal: controller.signal }
    return fetch('/api/notes/1', init).then(String, ({ name }: Error) => name)
  })
  await arrived
  await page.evaluate(() => (globalThis as unknown as { controller: AbortController }).controller.abort())
  expect(await outcome).toBe('AbortError')
  // Its workers are not told (w3c/ServiceWorker#1544): this is answered to nobody.
  answer()
  site.fault = undefined
  expect(await put(page, 'another')).toBe(201)
  expect(await pending(page)).toBe(0)
  expect(site.posts.map(({ body }) => body)).toEqual(['another'])
})

test('keeps changes of two apps of one origin apart', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true }, '/a/')
  await openInstalled(page, `${site.url}/a/`)
  site.fault = lost
  expect(await put(page, 'of a')).toBe(202)
  await site.deploy(notesApp('one'), { backgroundSync: true }, '/b/')
  await openInstalled(page, `${site.url}/b/`)
  expect(await put(page, 'of b')).toBe(202)
  expect(await pending(page)).toBe(1)
  site.fault = undefined
  expect(await put(page, 'more of b')).toBe(201)
  expect(site.posts.map(({ body }) => body)).toEqual(['of b', 'more of b'])
})
