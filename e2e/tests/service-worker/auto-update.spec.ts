import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import type { FixtureFiles } from '@paceline/testkit'
import { notesApp, TestSite } from '../../support/service-worker/test-site.ts'
import {
  checkForUpdate,
  expect,
  hide,
  openInstalled,
  show,
  test,
  waitForEvent,
} from '../../support/service-worker/test.ts'

const auto = { update: 'auto', precache: 'all' } as const

/** The app with more in its script, and a chunk that nothing has loaded yet. */
function appWith(release: string, more: string): FixtureFiles {
  const files = notesApp(release)
  return {
    ...files,
    'src/main.js': `${String(files['src/main.js'])}\n${more}`,
    'src/more.js': `export const more = 'more of ${release}'`,
  }
}

/** How often a page was told of a new release. */
function timesTold(page: Page): Promise<number> {
  return page.evaluate(
    () => (globalThis as unknown as { seen: { name: string }[] }).seen.filter(({ name }) => name === 'update').length,
  )
}

/** Counts how often a page asks a worker to take over. To be called before it is opened. */
async function countSwitches(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counting = globalThis as unknown as { asked: number }
    counting.asked = 0
    const { postMessage } = ServiceWorker.prototype as { postMessage(message: unknown, ...rest: unknown[]): void }
    ServiceWorker.prototype.postMessage = function (message: { paceline?: string }, ...rest: unknown[]) {
      if (message.paceline === 'skip-waiting') counting.asked++
      postMessage.call(this, message, ...rest)
    }
  })
}

function timesAsked(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { asked: number }).asked)
}

/** Whether the new worker still waits to take over. */
function isWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)
}

test('of three tabs reloads the one that nobody sees, and leaves that in use and that with a draft', async ({
  page: hidden,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), auto)
  const [inUse, withDraft] = [await context.newPage(), await context.newPage()]
  await openInstalled(hidden, `${site.url}/`)
  await openInstalled(inUse, `${site.url}/`)
  await openInstalled(withDraft, `${site.url}/editor`)
  await withDraft.getByLabel('Text').fill('not to be lost')
  await site.deploy(notesApp('two'), auto)
  await checkForUpdate(hidden)
  for (const tab of [hidden, inUse, withDraft]) await waitForEvent(tab, 'update')
  await hide(withDraft)
  await hide(hidden)
  await expect(hidden.locator('h1')).toHaveText('release two')
  // Both hear that another worker has taken over, and go on with their own release.
  for (const tab of [inUse, withDraft]) {
    await expect.poll(() => timesTold(tab)).toBeGreaterThan(1)
    await expect(tab.locator('h1')).toHaveText('release one')
  }
  await inUse.getByRole('link').click()
  await expect(inUse.locator('main p')).toHaveText('editor of one')
  await expect(withDraft.getByLabel('Text')).toHaveValue('not to be lost')

  await withDraft.getByLabel('Text').fill('')
  for (const tab of [inUse, withDraft]) {
    await hide(tab)
    await expect(tab.locator('h1')).toHaveText('release two')
  }
})

test('reloads a tab that is seen once nobody has used it for a minute', async ({ page, site }) => {
  await page.clock.install()
  await site.deploy(notesApp('one'), auto)
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'), auto)
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await page.clock.fastForward(40_000)
  await page.keyboard.press('Shift')
  await page.clock.fastForward(40_000)
  await expect(page.locator('h1')).toHaveText('release one')
  await page.clock.fastForward(40_000)
  await expect(page.locator('h1')).toHaveText('release two')
})

test('looks again before it reloads: what is typed while the worker takes its time stays', async ({ page, site }) => {
  await countSwitches(page)
  const app = (release: string): FixtureFiles => appWith(release, "globalThis.more = () => import('./more.js')")
  await site.deploy(app('one'), auto)
  await openInstalled(page, `${site.url}/editor`)
  await page.reload()
  await waitForEvent(page, 'ready')
  // What the old worker still answers keeps the new one from taking over.
  const arrived = Promise.withResolvers<ServerResponse>()
  site.fault = ({ url }, response) => url === '/api/slow' && (arrived.resolve(response), true)
  await page.evaluate(() => void fetch('/api/slow'))
  const answer = await arrived.promise
  await site.deploy(app('two'), auto)
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await hide(page)
  await expect.poll(() => timesAsked(page)).toBe(1)
  expect(await isWaiting(page)).toBe(true)
  await show(page)
  await page.getByLabel('Text').fill('draft')
  answer.writeHead(200).end()
  const states = (): Promise<unknown> =>
    page.evaluate(async () => {
      const { waiting, active } = await navigator.serviceWorker.ready
      return [waiting, active?.state]
    })
  await expect.poll(states).toEqual([null, 'activated'])
  await hide(page)
  await page.waitForTimeout(500)
  await expect(page.getByLabel('Text')).toHaveValue('draft')
  await expect(page.locator('h1')).toHaveText('release one')
  // The old release, with the new worker: its files are there, also those that it has not asked for yet.
  expect(
    await page.evaluate(() => (globalThis as unknown as { more(): Promise<{ more: string }> }).more()),
  ).toMatchObject({ more: 'more of one' })

  await page.getByLabel('Text').fill('')
  await hide(page)
  await expect(page.locator('h1')).toHaveText('release two')
})

test('does not reload again and again where two servers have two releases', async ({ page, site }) => {
  const other = await TestSite.start()
  try {
    await site.deploy(notesApp('one'), auto)
    await other.deploy(notesApp('two'), auto)
    await openInstalled(page, `${site.url}/`)
    let turn = 0
    const isPage = (url: string | undefined): boolean => url === '/' || url?.startsWith('/index.html') === true
    site.fault = ({ url }, response, body) => {
      if (url === '/sw.js') turn++
      // Each worker finds its own page, and all other files have names of their own.
      if (url === '/sw.js' || isPage(url) ? turn % 2 === 0 : body.length > 0) return false
      void (async () => {
        const answer = await fetch(other.url + url)
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! })
        response.end(Buffer.from(await answer.arrayBuffer()))
      })()
      return true
    }
    let loads = 0
    page.on('load', () => loads++)
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    })
    await checkForUpdate(page)
    await hide(page)
    await expect.poll(() => loads).toBe(3)
    await waitForEvent(page, 'update')
    await page.waitForTimeout(2000)
    expect(loads).toBe(3)
    await show(page)
    await page.getByRole('link').click()
    const release = await page.locator('h1').textContent()
    await expect(page.locator('main p')).toHaveText(release!.replace('release', 'editor of'))
  } finally {
    await other.close()
  }
})

test('does not reload while a worker of the page sends something', async ({ page, site }) => {
  await page.clock.install()
  await countSwitches(page)
  const app = (release: string): FixtureFiles => ({
    ...appWith(
      release,
      "globalThis.send = () => new Worker(new URL('./sender.js', import.meta.url), { type: 'module' })",
    ),
    'src/sender.js': "void fetch('/api/upload', { method: 'POST', body: 'a film' })",
  })
  await site.deploy(app('one'), auto)
  await openInstalled(page, `${site.url}/`)
  const arrived = Promise.withResolvers<ServerResponse>()
  site.fault = ({ url }, response) => url === '/api/upload' && (arrived.resolve(response), true)
  await page.evaluate(() => void (globalThis as unknown as { send(): void }).send())
  const answer = await arrived.promise
  await site.deploy(app('two'), auto)
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  await page.clock.fastForward(4 * 60_000)
  await hide(page)
  await page.clock.fastForward(20_000)
  expect(await timesAsked(page)).toBe(0)
  answer.writeHead(201).end()
  // Nobody but that worker knows that it has ended.
  await page.clock.fastForward(60_000)
  await hide(page)
  await expect(page.locator('h1')).toHaveText('release two')
})

for (const [name, end] of [
  ['is answered', (answer: ServerResponse) => void answer.writeHead(201).end()],
  ['is broken off', (answer: ServerResponse) => void answer.destroy()],
  ['is given up', undefined],
] as const) {
  test.describe(() => {
    test.use({ expectedErrors: [/Failed to load resource/] })
    test(`waits for an upload that takes half an hour, and reloads when it ${name}`, async ({ page, site }) => {
      await page.clock.install()
      await site.deploy(notesApp('one'), auto)
      await openInstalled(page, `${site.url}/`)
      await page.reload()
      await waitForEvent(page, 'ready')
      const arrived = Promise.withResolvers<ServerResponse>()
      site.fault = ({ url }, response) => {
        if (url === '/api/upload') arrived.resolve(response)
        return url === '/api/upload'
      }
      const giveUp = await page.evaluateHandle(() => {
        const controller = new AbortController()
        fetch('/api/upload', { method: 'POST', body: 'a film', signal: controller.signal }).catch(() => {})
        return controller
      })
      const answer = await arrived.promise
      await site.deploy(notesApp('two'), auto)
      await checkForUpdate(page)
      await waitForEvent(page, 'update')
      await page.clock.fastForward(30 * 60_000)
      await hide(page)
      await page.waitForTimeout(500)
      expect(await isWaiting(page)).toBe(true)
      // Where the connection broke, the browser tries again.
      site.fault = ({ url }, response) => {
        if (url === '/api/upload') response.destroy()
        return url === '/api/upload'
      }
      if (end) end(answer)
      else await giveUp.evaluate((controller) => controller.abort())
      await expect(async () => {
        await hide(page)
        await expect(page.locator('h1')).toHaveText('release two', { timeout: 1000 })
      }).toPass({ timeout: 20_000 })
    })
  })
}

test.describe(() => {
  // The beacon is never answered.
  test.use({ expectedErrors: [/Failed to load resource/] })

  test('does not wait for what outlives the tab', async ({ page, site }) => {
    await site.deploy(notesApp('one'), auto)
    await openInstalled(page, `${site.url}/`)
    const arrived = Promise.withResolvers<void>()
    site.fault = ({ url }) => {
      if (url === '/api/beacon') arrived.resolve()
      return url === '/api/beacon'
    }
    await page.evaluate(() => navigator.sendBeacon('/api/beacon', 'seen'))
    await arrived.promise
    await site.deploy(notesApp('two'), auto)
    await checkForUpdate(page)
    await waitForEvent(page, 'update')
    await hide(page)
    await expect.poll(() => isWaiting(page)).toBe(false)
  })
})

test('looks for a new release by itself every hour', async ({ page, site }) => {
  await page.clock.install()
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'))
  await page.clock.fastForward(50 * 60_000)
  await expect(page.getByRole('status')).toHaveCount(0)
  await page.clock.fastForward(15 * 60_000)
  await expect(page.getByRole('status')).toContainText('A new version is available.')
})
