import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

const dot = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

/** Shows a picture, and says whether it could be. */
function showPicture(page: Page, url: string): Promise<boolean> {
  return page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    return image.decode().then(
      () => true,
      () => false,
    )
  }, url)
}

async function storedPaths(page: Page, part: string): Promise<string[]> {
  const urls = (await storedBodies(page)).map(({ url }) => new URL(url).pathname)
  return urls.filter((path) => path.includes(part)).toSorted()
}

test('answers for the API with what it has answered before while the server takes too long', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { strategies: { api: { timeoutSeconds: 1 } } })
  await openInstalled(page, `${site.url}/`)
  const ask = (): Promise<string> => page.evaluate(async () => (await fetch('/api/notes')).text())
  expect(await ask()).toBe('[1]')
  await expect.poll(() => storedPaths(page, '/api/notes')).toHaveLength(1)
  // The server hears the question, and does not answer.
  const unanswered: ServerResponse[] = []
  site.fault = (request, response) => request.url === '/api/notes' && unanswered.push(response) > 0
  site.requests.length = 0
  expect(await ask()).toBe('[1]')
  expect(site.requests).toEqual(['/api/notes'])
  // Until then, the browser asks nothing else at the same address.
  for (const response of unanswered) response.end('[1]')
  // An answer that is in time comes before what is stored.
  site.fault = (request, response) => {
    if (request.url !== '/api/notes') return false
    response.writeHead(200, { 'content-type': 'application/json' }).end('[1,2]')
    return true
  }
  expect(await ask()).toBe('[1,2]')
})

test.describe(() => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('gives no answer of the API that is older than it may be, however often it was asked for', async ({
    page,
    context,
    site,
  }) => {
    await site.deploy(notesApp('one'), { strategies: { api: { maxAgeSeconds: 10 } } })
    await openInstalled(page, `${site.url}/`)
    const ask = (): Promise<string> =>
      page.evaluate(() =>
        fetch('/api/notes').then(
          (response) => response.text(),
          () => 'failed',
        ),
      )
    expect(await ask()).toBe('[1]')
    await expect.poll(() => storedPaths(page, '/api/notes')).toHaveLength(1)
    await context.setOffline(true)
    expect(await ask()).toBe('[1]')
    await expect.poll(ask, { intervals: [1000], timeout: 25_000 }).toBe('failed')
  })
})

test('keeps as many pictures as it may, and those that were shown last', async ({ page, site }) => {
  const names = Array.from({ length: 5 }, (_, index) => `picture-${index}.svg`)
  const files = Object.fromEntries(names.map((name) => [`public/${name}`, dot]))
  await site.deploy({ ...notesApp('one'), ...files }, { strategies: { images: { maxEntries: 2 } } })
  await openInstalled(page, `${site.url}/`)
  for (const name of names) {
    expect(await showPicture(page, `/${name}`)).toBe(true)
    await expect.poll(() => storedPaths(page, name)).toHaveLength(1)
  }
  await expect.poll(() => storedPaths(page, 'picture-')).toEqual(['/picture-3.svg', '/picture-4.svg'])
})

test('shows pictures of other origins, and stores nothing of what it cannot look into', async ({ page, site }) => {
  await site.deploy({ ...notesApp('one'), 'public/dot.svg': dot })
  await openInstalled(page, `${site.url}/`)
  const other = site.url.replace('127.0.0.1', 'localhost')
  expect(await showPicture(page, `${other}/dot.svg`)).toBe(true)
  const type = await page.evaluate(async (url) => (await fetch(url, { mode: 'no-cors' })).type, `${other}/dot.svg`)
  expect(type).toBe('opaque')
  // What is of its own origin is stored by the same two ways of asking.
  expect(await showPicture(page, '/dot.svg')).toBe(true)
  await expect.poll(() => storedPaths(page, 'dot.svg')).toEqual(['/dot.svg'])
  expect((await storedBodies(page)).filter(({ url }) => new URL(url).hostname === 'localhost')).toEqual([])
})

test('asks for a page while the worker starts, and shows the stored one before the new', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { shell: false })
  await openInstalled(page, `${site.url}/`)
  const preloads: (string | string[] | undefined)[] = []
  let visits = 0
  site.fault = (request, response, body) => {
    if (request.url !== '/editor' || request.headers['sec-fetch-mode'] !== 'navigate') return false
    preloads.push(request.headers['service-worker-navigation-preload'])
    const html = body.toString().replace('<title>Notes', `<title>Visit ${++visits}`)
    response.writeHead(200, { 'content-type': 'text/html' }).end(html)
    return true
  }
  const stored = async (): Promise<string[]> =>
    (await storedBodies(page)).filter(({ url }) => url.endsWith('/editor')).map(({ body }) => body)
  await page.goto(`${site.url}/editor`)
  await expect(page).toHaveTitle('Visit 1')
  // One request, and that one was the browser's own, before the worker had looked.
  expect(preloads).toEqual(['true'])
  await expect.poll(stored).toEqual([expect.stringContaining('Visit 1')])
  await page.goto(`${site.url}/editor`)
  await expect(page).toHaveTitle('Visit 1')
  await expect.poll(stored).toEqual([expect.stringContaining('Visit 2')])
  expect(preloads).toEqual(['true', 'true'])
})
