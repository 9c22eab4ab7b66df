import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { expect, storedBodies, test as base, untilActivated } from '../../support/service-worker/test.ts'

/** A folder whose `dist` is served with the archive of its releases. */
const test = base.extend<{ app: { readonly root: string; readonly dist: string; serve(): Promise<string> } }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs off its parameter.
  app: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), 'paceline-sw-first-'))
    const dist = join(root, 'dist')
    const closing: (() => Promise<void>)[] = []
    const serve = async (): Promise<string> => {
      const site = await servedWithPaceline(root)
      closing.push(() => site.close())
      return site.url
    }
    await use({ root, dist, serve })
    for (const close of closing) await close()
    await rm(root, { recursive: true, force: true })
  },
})

const withWorker = { serviceWorker: true } as const

async function filesIn(dist: string): Promise<Map<string, string>> {
  const names = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const paths = names.map(({ parentPath, name }) => join(parentPath, name).slice(dist.length + 1))
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(dist, path), 'base64')] as const)),
  )
}

/** The server looks for a new release once a second. */
async function served(url: string, dist: string): Promise<void> {
  const page = await readFile(join(dist, 'index.html'), 'utf8')
  await expect.poll(async () => (await fetch(url)).text()).toBe(page)
}

test('adds its own files and the registration to the output, and leaves every other file as it was', async ({
  app: { root, dist },
}) => {
  test.setTimeout(120_000)
  await deploy(root, 'one')
  const before = await filesIn(dist)
  await deploy(root, 'one', withWorker)
  const after = await filesIn(dist)
  const plain = (files: readonly string[]): string[] => files.filter((file) => !/\.(?:br|gz|zst|dcb|dcz)$/.test(file))
  // The list of the archive names the release, which is another one.
  const isEntry = (file: string): boolean =>
    /^(?:index\.html|assets\/index-[\w-]+\.js|paceline-releases\.json)$/.test(file)
  const differing = plain([...before.keys()].filter((file) => before.get(file) !== after.get(file)))
  expect(differing.filter((file) => !isEntry(file))).toEqual([])
  const added = plain([...after.keys()].filter((file) => !before.has(file) && !isEntry(file)))
  expect(added.toSorted()).toEqual([
    expect.stringMatching(/^assets\/service-worker-[\w-]+\.js$/),
    expect.stringMatching(/^assets\/sw-runtime-[\w-]+\.js$/),
    'sw.js',
  ])
})

test('works at the first visit, after a reload and without a network, and keeps what the app has stored', async ({
  page,
  context,
  app: { root, dist, serve },
}) => {
  test.setTimeout(120_000)
  await deploy(root, 'one')
  const url = await serve()
  await page.goto(url)
  await page.evaluate(async () => {
    localStorage.setItem('draft', 'kept')
    document.cookie = 'session=kept'
    await (await caches.open('of the app')).put('/kept', new Response('kept'))
  })
  const ofApp = (): Promise<unknown> =>
    page.evaluate(async () => [
      localStorage.getItem('draft'),
      document.cookie,
      await (await caches.match('/kept', { cacheName: 'of the app' }))?.text(),
    ])

  await deploy(root, 'two', withWorker)
  await served(url, dist)
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(url)
  await expect(page.locator('h1')).toHaveText('Release two, 1970')
  await untilActivated(page)
  // Nobody has asked for it: no page is reloaded and nobody is prompted for the first worker.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await expect(page.getByRole('status')).toHaveCount(0)
  expect(loads).toBe(1)
  await page.getByRole('button', { name: 'About' }).click()
  await expect(page.locator('body > p')).toHaveText('About release two')

  await page.reload()
  await expect(page.locator('h1')).toHaveText('Release two, 1970')
  await expect(page.getByRole('status')).toHaveCount(0)
  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('h1')).toHaveText('Release two, 1970')
  await page.getByRole('button', { name: 'About' }).click()
  await expect(page.locator('body > p')).toHaveText('About release two')
  expect(await ofApp()).toEqual(['kept', 'session=kept', 'kept'])
})

test('leaves a tab alone that was opened before there was a worker: its lazy file comes from the archive', async ({
  page,
  context,
  app: { root, dist, serve },
}) => {
  test.setTimeout(120_000)
  await deploy(root, 'one')
  const url = await serve()
  await page.goto(url)
  await deploy(root, 'two', withWorker)
  await served(url, dist)
  let loads = 0
  page.on('load', () => loads++)
  const other = await context.newPage()
  await other.goto(url)
  await untilActivated(other)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.getByRole('button', { name: 'About' }).click()
  await expect(page.locator('body > p')).toHaveText('About release one')
  expect(loads).toBe(0)
})

test('a lazy file of an earlier release that was never stored comes from the archive, without a reload', async ({
  page,
  context,
  app: { root, dist, serve },
}) => {
  test.setTimeout(120_000)
  await deploy(root, 'one', withWorker)
  const url = await serve()
  await page.goto(url)
  await untilActivated(page)
  await deploy(root, 'two', withWorker)
  await served(url, dist)
  let loads = 0
  page.on('load', () => loads++)
  // Another tab runs the new release already: its worker knows nothing of the file.
  const other = await context.newPage()
  await other.goto(url)
  await other.getByRole('button', { name: 'Reload' }).click()
  await expect(other.locator('h1')).toHaveText('Release two, 1970')
  expect((await storedBodies(page)).filter(({ body }) => body.includes('About release one'))).toEqual([])
  await page.getByRole('button', { name: 'About' }).click()
  await expect(page.locator('body > p')).toHaveText('About release one')
  await expect(page.locator('h1')).toHaveText('Release one, 1970')
  expect(loads).toBe(0)
})

base.describe('without an archive', () => {
  // The app catches nothing, and its page has gone before the browser can say what was thrown.
  base.use({ expectedErrors: [/Failed to load resource|Failed to fetch dynamically imported module|^$/] })
  test('the same file costs one reload into the new release', async ({ page, app: { root, dist, serve } }) => {
    test.setTimeout(120_000)
    const options = { ...withWorker, delivery: { releases: 0, deltas: false } }
    await deploy(root, 'one', options)
    const url = await serve()
    await page.goto(url)
    await untilActivated(page)
    await deploy(root, 'two', options)
    await served(url, dist)
    let loads = 0
    page.on('load', () => loads++)
    await page.getByRole('button', { name: 'About' }).click()
    await expect(page.locator('h1')).toHaveText('Release two, 1970')
    await page.getByRole('button', { name: 'About' }).click()
    await expect(page.locator('body > p')).toHaveText('About release two')
    expect(loads).toBe(1)
  })
})
