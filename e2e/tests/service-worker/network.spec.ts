import type { FixtureFiles } from '@paceline/testkit'
import { notesApp, type Fault } from '../../support/service-worker/test-site.ts'
import {
  checkForUpdate,
  expect,
  openInstalled,
  storedBodies,
  test,
  waitForEvent,
} from '../../support/service-worker/test.ts'

test.use({
  expectedErrors: [/Failed to load resource|Failed to fetch dynamically imported module|Failed to load module script/],
})

const portal: Fault = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Log in to the Wi-Fi</h1>')
  return true
}
const isPart = (url: string): boolean => /^\/part-\d+\.json$/.test(url)
const parts = 20

function appOfParts(release: string): FixtureFiles {
  const files = Array.from({ length: parts }, (_, index) => [`public/part-${index}.json`, `{"part":${index}}`])
  return { ...notesApp(release), ...Object.fromEntries(files) }
}

test('goes on where an installation was when the network was lost, without downloading anything again', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(appOfParts('one'), { precache: 'all' })
  let answered = 0
  site.fault = (request) => {
    if (answered < 8) {
      if (isPart(request.url ?? '')) answered++
      return false
    }
    request.socket.destroy()
    return true
  }
  await page.goto(`${site.url}/`)
  expect(await waitForEvent(page, 'problem')).toMatchObject({ reason: 'network' })
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) === undefined), {
      timeout: 20_000,
    })
    .toBe(true)
  const before = (await storedBodies(page)).filter(({ body }) => body.startsWith('{"part"')).length
  expect(before).toBe(8)

  site.fault = undefined
  site.requests.length = 0
  await openInstalled(page, `${site.url}/`)
  expect(site.requests.filter(isPart)).toHaveLength(parts - before)
  expect((await storedBodies(page)).filter(({ body }) => body.startsWith('{"part"'))).toHaveLength(parts)
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
})

test('shows the app behind a captive portal, keeps nothing of it, and takes the update afterwards', async ({
  page,
  site,
}) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'))
  site.fault = portal
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release one')
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => 'updated', String)),
  ).toMatch(/Error/)
  // It is not stored, and the portal has a page in its place.
  await page.getByRole('link').click()
  expect(await waitForEvent(page, 'missing')).toMatchObject({ action: 'offline' })
  await page.evaluate(() => fetch('/api/notes').then((response) => response.text()))
  expect((await storedBodies(page)).filter(({ body }) => body.includes('Wi-Fi'))).toEqual([])

  site.fault = undefined
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
})

test('answers for the API behind a captive portal with what is stored, and else with what has come', async ({
  page,
  site,
}) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  const ask = (path: string): Promise<string> =>
    page.evaluate(async (url) => (await fetch(url)).text().catch(String), path)
  expect(await ask('/api/notes')).toBe('[1]')
  await expect.poll(async () => (await storedBodies(page)).some(({ url }) => url.endsWith('/api/notes'))).toBe(true)
  site.fault = portal
  expect(await ask('/api/notes')).toBe('[1]')
  expect(await ask('/api/never-asked')).toContain('Log in to the Wi-Fi')
  // What the server says itself is its answer, and no stored one is better.
  site.fault = (_request, response) => (response.writeHead(403, { 'content-type': 'text/html' }).end('not you'), true)
  expect(await ask('/api/notes')).toBe('not you')
})

test('keeps no page of a captive portal where the server makes the pages', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { shell: false })
  await openInstalled(page, `${site.url}/`)
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
  const pages = async (): Promise<string[]> =>
    (await storedBodies(page)).flatMap(({ url, body }) => (/<h1>Log in|<main id="app">/.test(body) ? [url] : []))
  await expect.poll(pages).toContain(`${site.url}/editor`)
  site.fault = portal
  await page.goto(`${site.url}/never-seen`)
  await expect(page.locator('h1')).toHaveText('Log in to the Wi-Fi')
  // Shown from the cache, and asked for again behind it.
  await page.goto(`${site.url}/editor`)
  await expect(page.locator('main p')).toHaveText('editor of one')
  await expect.poll(() => site.requests.filter((path) => path === '/editor').length).toBeGreaterThan(1)
  await page.reload()
  await expect(page.locator('main p')).toHaveText('editor of one')
  expect(await pages()).not.toContain(`${site.url}/never-seen`)
})

for (const [name, fault] of [
  ['answers 500', (_request, response) => (response.writeHead(500).end('broken'), true)],
  [
    'cuts every body off',
    (request, response, body) => {
      response.writeHead(200, { 'content-type': 'text/javascript', 'content-length': body.length })
      response.write(body.subarray(0, 10), () => request.socket.destroy())
      return true
    },
  ],
] satisfies [string, Fault][]) {
  test(`goes on with the release it has while the server ${name}`, async ({ page, site }) => {
    await site.deploy(notesApp('one'), { precache: 'all' })
    await openInstalled(page, `${site.url}/`)
    const files = async (): Promise<string[]> =>
      (await storedBodies(page)).flatMap(({ url }) => (url.includes('?__paceline=') ? [url] : [])).toSorted()
    const stored = await files()
    await site.deploy(notesApp('two'), { precache: 'all' })
    // The script of the new worker gets through; nothing else does.
    site.fault = (request, response, body) =>
      !/^\/(?:sw\.js|assets\/sw-runtime)/.test(request.url ?? '') && fault(request, response, body)
    await checkForUpdate(page)
    await waitForEvent(page, 'problem')
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).installing === null), {
        timeout: 20_000,
      })
      .toBe(true)
    await page.reload()
    await expect(page.locator('h1')).toHaveText('release one')
    await page.getByRole('link').click()
    await expect(page.locator('main p')).toHaveText('editor of one')
    expect(stored.length).toBeGreaterThan(3)
    expect(await files()).toEqual(stored)

    site.fault = undefined
    await checkForUpdate(page)
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.locator('main p')).toHaveText('editor of two')
  })
}
