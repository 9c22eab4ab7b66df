import type { ServerResponse } from 'node:http'
import type { FixtureFiles } from '@paceline/testkit'
import { notesApp } from '../../support/service-worker/test-site.ts'
import {
  checkForUpdate,
  expect,
  hide,
  openInstalled,
  storedBodies,
  test,
  waitForEvent,
} from '../../support/service-worker/test.ts'

test('offers a new release in both tabs; one switches, the other goes on with what is typed', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const other = await context.newPage()
  await openInstalled(other, `${site.url}/`)
  await site.deploy(notesApp('two'), { precache: 'all' })
  await checkForUpdate(page)
  for (const tab of [page, other]) await expect(tab.getByRole('status')).toContainText('A new version is available.')

  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
  await expect(other.locator('h1')).toHaveText('release one')
  // Its chunk is gone from the server, and was never loaded into this tab.
  await other.getByRole('link').click()
  await other.getByLabel('Text').fill('not to be lost')
  await expect(other.locator('main p')).toHaveText('editor of one')
  await expect(other.getByLabel('Text')).toHaveValue('not to be lost')

  await other.getByRole('button', { name: 'Reload' }).click()
  await expect(other.locator('h1')).toHaveText('release two')
})

test('keeps files of the old release while a tab runs it, and not longer', async ({ page, context, site }) => {
  const ofOne = async (): Promise<number> =>
    (await storedBodies(page)).filter(({ body }) => /release one|editor of one/.test(body)).length
  await site.deploy(notesApp('one'), { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  const other = await context.newPage()
  await openInstalled(other, `${site.url}/`)
  await site.deploy(notesApp('two'), { precache: 'all' })
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
  await waitForEvent(page, 'ready')
  expect(await ofOne()).toBeGreaterThan(0)
  await other.close()
  await page.reload()
  await waitForEvent(page, 'ready')
  await expect.poll(ofOne).toBe(0)
})

test('downloads only what has changed', async ({ page, site }) => {
  const text = { 'public/licence.txt': 'not hashed' }
  await site.deploy({ ...notesApp('one'), ...text }, { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  site.requests.length = 0
  // What is not asked for now is in the precache.
  await (await page.context().newCDPSession(page)).send('Network.clearBrowserCache')
  await site.deploy(
    { ...notesApp('one'), ...text, 'src/editor.js': "export const page = '<p>another editor</p>'\n" },
    { precache: 'all' },
  )
  await checkForUpdate(page)
  await expect(page.getByRole('status')).toBeVisible()
  expect(site.requests.filter((path) => /\.css$|licence/.test(path))).toEqual([])
  expect(site.requests.filter((path) => /editor.*\.js$/.test(path))).toHaveLength(1)
})

test('shows nothing where the app shows its own', async ({ page, site }) => {
  const appOf = (release: string): FixtureFiles => ({
    ...notesApp(release),
    'src/main.js': `${String(notesApp(release)['src/main.js'])}\nworker.registerServiceWorker({ prompt: false })`,
  })
  await site.deploy(appOf('one'), { register: false })
  await openInstalled(page, `${site.url}/`)
  await site.deploy(appOf('two'), { register: false })
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await expect(page.getByRole('status')).toHaveCount(0)
})

test('updates by itself, but not while something is typed', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { update: 'auto', precache: 'all' })
  await openInstalled(page, `${site.url}/editor`)
  await page.getByLabel('Text').fill('draft')
  await site.deploy(notesApp('two'), { update: 'auto', precache: 'all' })
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await hide(page)
  await page.waitForTimeout(500)
  await expect(page.locator('h1')).toHaveText('release one')
  await page.getByLabel('Text').fill('')
  await hide(page)
  await expect(page.locator('h1')).toHaveText('release two')
  expect(context.pages()).toHaveLength(1)
})

test.describe('a chunk that is gone', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('is a reason to reload once, into the new release', async ({ page, site }) => {
    await site.deploy(notesApp('one'), { precache: { exclude: ['assets/editor*'] } })
    await openInstalled(page, `${site.url}/`)
    await site.deploy(notesApp('two'))
    await page.getByRole('link').click()
    await expect(page.locator('h1')).toHaveText('release two')
    await expect(page.locator('main p')).toHaveText('editor of two')
  })

  test('brings the new release to somebody who comes back to it, also before the page has loaded', async ({
    page,
    site,
  }) => {
    const app = (release: string): FixtureFiles => {
      const files = notesApp(release)
      // Of another origin: what the old worker still answers would keep the new one from taking over.
      const image = `<img alt="" src="${site.url.replace('127.0.0.1', 'localhost')}/hang.svg">`
      const html = String(files['index.html']).replace('<main', `${image}<main`)
      return { ...files, 'index.html': html, 'public/hang.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }
    }
    const options = { precache: { exclude: ['assets/editor*'] } }
    await site.deploy(app('one'), options)
    await openInstalled(page, `${site.url}/`)
    await site.deploy(app('two'), options)
    const held: ServerResponse[] = []
    site.fault = ({ url }, response) => url === '/hang.svg' && held.push(response) > 0
    await page.goto(`${site.url}/editor`, { waitUntil: 'commit' })
    // Chromium looks for a new worker only when the page has loaded.
    expect(await waitForEvent(page, 'missing')).toMatchObject({ action: 'waiting' })
    await expect(page.locator('h1')).toHaveText('release one')
    for (const response of held) response.writeHead(404).end()
    await expect(page.locator('h1')).toHaveText('release two')
    await expect(page.locator('main p')).toHaveText('editor of two')
  })

  test('waits for a release that takes long to download', async ({ page, site }) => {
    const precache = { exclude: ['assets/editor*'], include: ['*.txt'] }
    await site.deploy(notesApp('one'), { precache })
    await openInstalled(page, `${site.url}/`)
    await site.deploy({ ...notesApp('two'), 'public/large.txt': 'large' }, { precache })
    const arrived = Promise.withResolvers<ServerResponse>()
    site.fault = ({ url }, response) => url === '/large.txt' && (arrived.resolve(response), true)
    await page.clock.install()
    await page.getByRole('link').click()
    expect(await waitForEvent(page, 'missing')).toMatchObject({ action: 'waiting' })
    const answer = await arrived.promise
    await page.clock.fastForward(60_000)
    await expect(page.locator('h1')).toHaveText('release one')
    answer.writeHead(200, { 'content-type': 'text/plain' }).end('large')
    await expect(page.locator('main p')).toHaveText('editor of two')
  })

  test('is no reason to reload while the new release cannot be had, and is one later', async ({ page, site }) => {
    const precache = { exclude: ['assets/editor*'] }
    await site.deploy(notesApp('one'), { precache })
    await openInstalled(page, `${site.url}/`)
    await site.deploy({ ...notesApp('two'), 'src/main.css': 'body { color: red }' }, { precache })
    let loads = 0
    page.on('load', () => loads++)
    site.fault = ({ url }, response) => {
      if (!url?.endsWith('.css')) return false
      response.writeHead(500).end()
      return true
    }
    await page.getByRole('link').click()
    await expect.poll(() => waitForEvent(page, 'missing')).toMatchObject({ action: 'lost' })
    expect(loads).toBe(0)
    site.fault = undefined
    // Chromium asks again for a module that it could not have.
    await page.getByRole('link').click()
    await expect(page.locator('main p')).toHaveText('editor of two')
    expect(loads).toBe(1)
  })
})

test.describe('without a release that would help', () => {
  test.use({
    expectedErrors: [
      /Failed to load resource|Failed to fetch dynamically imported module|Failed to load module script/,
    ],
  })

  for (const [answer, status] of [
    ['says that it is gone', 404],
    ['has its page in place of it', 200],
  ] as const) {
    test(`does not reload again and again for a chunk where the server ${answer}`, async ({ page, site }) => {
      await site.deploy(notesApp('one'))
      await openInstalled(page, `${site.url}/`)
      site.fault = (request, response) => {
        if (!/editor.*\.js$/.test(request.url ?? '')) return false
        response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><title>Notes</title>')
        return true
      }
      let loads = 0
      page.on('load', () => loads++)
      await page.getByRole('link').click()
      await page.waitForEvent('load')
      expect(await waitForEvent(page, 'missing')).toMatchObject({ action: 'lost' })
      await page.waitForTimeout(1000)
      expect(loads).toBe(1)
    })
  }

  test('does not reload away what is typed', async ({ page, site }) => {
    await site.deploy({
      ...notesApp('one'),
      'src/main.js': `${String(notesApp('one')['src/main.js'])}\nglobalThis.more = () => import('./more.js')`,
      'src/more.js': 'export const more = 1',
    })
    await openInstalled(page, `${site.url}/editor`)
    await page.getByLabel('Text').fill('draft')
    await site.deploy(notesApp('two'))
    await page.evaluate(() => (globalThis as unknown as { more(): Promise<unknown> }).more().catch(() => {}))
    expect(await waitForEvent(page, 'missing')).toMatchObject({ action: 'kept' })
    await expect(page.getByLabel('Text')).toHaveValue('draft')
    await expect(page.getByRole('status')).toBeVisible()
  })
})
