import type { ServerResponse } from 'node:http'
import type { FixtureFiles } from '@paceline/testkit'
import type { TestSite } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, hide, test, untilControlled } from '../../support/service-worker/test.ts'

/** An app that leaves the worker to the plugin. Its picture may keep it from having loaded. */
function plainApp(release: string): FixtureFiles {
  return {
    'index.html':
      '<!doctype html><html lang="en"><head><title>Plain</title><link rel="icon" href="data:,"></head><body><h1></h1><main></main><button type="button">More</button><img alt="" src="/hang.svg"><script type="module" src="/src/main.js"></script></body></html>',
    'public/hang.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'src/main.js': [
      'globalThis.failures = 0',
      "addEventListener('vite:preloadError', () => failures++)",
      "globalThis.late = () => import('virtual:paceline/service-worker')",
      "const main = document.querySelector('main')",
      `document.querySelector('h1').textContent = 'release ${release}'`,
      `main.innerHTML = '<input aria-label="Text"><input aria-label="Name" value="Ada">'`,
      "document.querySelector('button').onclick = () => import('./more.js').then(({ more }) => (main.textContent = more), () => {})",
      "addEventListener('load', () => fetch('/api/shown').catch(() => {}))",
    ].join('\n'),
    'src/more.js': `export const more = 'more of ${release}'`,
  }
}

const PAGE_SIDE = /^\/assets\/service-worker-.+\.js$/

/** Answers nothing for the picture until it is told to. @returns tells it */
function hold(site: TestSite): () => void {
  const held: ServerResponse[] = []
  site.fault = ({ url }, response) => url === '/hang.svg' && held.push(response) > 0
  return () => {
    site.fault = undefined
    for (const response of held) response.writeHead(200, { 'content-type': 'image/svg+xml' }).end()
  }
}

const pageSides = (site: TestSite): string[] => site.requests.filter((path) => PAGE_SIDE.test(path))

test.describe('with a visit without a network', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('comes after all that the page shows, and once', async ({ page, context, site }) => {
    await site.deployPublished(plainApp('one'))
    await page.goto(`${site.url}/`)
    await untilControlled(page)
    const shown = site.requests.indexOf('/api/shown')
    const first = site.requests.findIndex((path) => PAGE_SIDE.test(path))
    expect(shown).toBeGreaterThan(0)
    expect(first).toBeGreaterThan(shown)
    expect(site.requests.indexOf('/sw.js')).toBeGreaterThan(first)
    expect(pageSides(site)).toHaveLength(1)

    // Without a network the next visit has it, too.
    await context.setOffline(true)
    await page.reload()
    const holds = (): Promise<boolean> =>
      page.evaluate(async () =>
        (await navigator.locks.query()).held!.some(({ name }) => name!.startsWith('paceline:/:')),
      )
    await expect.poll(holds).toBe(true)
    expect(await page.evaluate(() => (globalThis as unknown as { failures: number }).failures)).toBe(0)
  })
})

test('knows of what was typed before it came', async ({ page, site }) => {
  await site.deployPublished(plainApp('one'), { update: 'auto' })
  const release = hold(site)
  await page.goto(`${site.url}/`, { waitUntil: 'domcontentloaded' })
  await page.getByLabel('Text').pressSequentially('draft')
  // All at once, as a browser fills in: nothing tells what it held before.
  await page.getByLabel('Name').fill('')
  expect(pageSides(site)).toEqual([])
  release()
  await untilControlled(page)
  const isUnsaved = (): Promise<boolean> =>
    page.evaluate(async () =>
      (await (globalThis as unknown as { late(): Promise<{ hasUnsavedInput(): boolean }> }).late()).hasUnsavedInput(),
    )
  expect(await isUnsaved()).toBe(true)

  await site.deployPublished(plainApp('two'), { update: 'auto' })
  await checkForUpdate(page)
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state))
    .toBe('installed')
  await hide(page)
  await page.waitForTimeout(500)
  await expect(page.locator('h1')).toHaveText('release one')
  await page.getByLabel('Name').evaluate((input) => input.remove())
  expect(await isUnsaved()).toBe(true)
  // As it was before somebody typed. What became of the name is not known before the address changes.
  await page.getByLabel('Text').fill('')
  expect(await isUnsaved()).toBe(true)
  await page.evaluate(() => history.pushState(null, '', '/saved'))
  expect(await isUnsaved()).toBe(false)
  await hide(page)
  await expect(page.locator('h1')).toHaveText('release two')
})

test.describe('a chunk that is gone before it came', () => {
  test.use({ expectedErrors: [/Failed to load resource|Failed to fetch dynamically imported module/] })

  test('is recovered from: it comes at once, by the name that it has in every release', async ({ page, site }) => {
    await site.deployPublished(plainApp('one'))
    hold(site)
    await page.goto(`${site.url}/`, { waitUntil: 'domcontentloaded' })
    await expect(page.locator('h1')).toHaveText('release one')
    await site.deployPublished(plainApp('two'))
    expect(pageSides(site)).toEqual([])
    await page.getByRole('button').click()
    await expect(page.locator('h1')).toHaveText('release two')
    expect(pageSides(site)).toHaveLength(1)
    await page.getByRole('button').click()
    await expect(page.locator('main')).toHaveText('more of two')
  })

  test('is no reason to reload what was typed away', async ({ page, site }) => {
    await site.deployPublished(plainApp('one'))
    hold(site)
    await page.goto(`${site.url}/`, { waitUntil: 'domcontentloaded' })
    await page.getByLabel('Text').fill('draft')
    await site.deployPublished(plainApp('two'))
    await page.getByRole('button').click()
    await expect(page.getByRole('status')).toContainText('A new version is available.')
    await expect(page.locator('h1')).toHaveText('release one')
    await expect(page.getByLabel('Text')).toHaveValue('draft')
  })
})

test.describe('while it cannot be had', () => {
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('the app hears nothing of it, and it is tried again when the browser is back online', async ({ page, site }) => {
    await site.deployPublished(plainApp('one'))
    site.fault = ({ url }, response) => {
      if (!PAGE_SIDE.test(url ?? '')) return false
      response.writeHead(503).end()
      return true
    }
    await page.goto(`${site.url}/`)
    await expect.poll(() => pageSides(site).length).toBe(1)
    site.fault = undefined
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await untilControlled(page)
    expect(await page.evaluate(() => (globalThis as unknown as { failures: number }).failures)).toBe(0)
  })
})
