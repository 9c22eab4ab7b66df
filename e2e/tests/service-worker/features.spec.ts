import type { Page } from '@playwright/test'
import { notesApp, type Fault } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, test } from '../../support/service-worker/test.ts'

test('keeps changes that could not be sent, counts them, and sends each once, in order, with its key', async ({
  page,
  context,
  site,
}) => {
  test.setTimeout(90_000)
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  await context.setOffline(true)
  const answer = await page.evaluate(async () => {
    const response = await fetch('/api/notes', { method: 'POST', body: 'a note' })
    return { status: response.status, body: (await response.json()) as { queued: boolean; key: string } }
  })
  expect(answer).toMatchObject({ status: 202, body: { queued: true } })
  const changed = await page.evaluate(async () => {
    const headers = { 'Idempotency-Key': 'a key of the app' }
    return (await fetch('/api/notes/1', { method: 'PUT', body: 'a change', headers })).json() as Promise<object>
  })
  expect(changed).toEqual({ queued: true, key: 'a key of the app' })
  const pending = (): Promise<number> =>
    page.evaluate(() =>
      (globalThis as unknown as { worker: { pendingRequests(): Promise<number> } }).worker.pendingRequests(),
    )
  expect(await pending()).toBe(2)
  await context.setOffline(false)
  await expect
    .poll(() => site.posts, { timeout: 30_000 })
    .toEqual([
      { key: answer.body.key, body: 'a note' },
      { key: 'a key of the app', body: 'a change' },
    ])
  await expect.poll(pending).toBe(0)
})

test('keeps a change until a server has answered it, and gives one back that is refused', async ({ page, site }) => {
  await site.deploy(notesApp('one'), { backgroundSync: true })
  await openInstalled(page, `${site.url}/`)
  const answerAll = (status: number, type: string): Fault => {
    return ({ method }, response) =>
      method !== 'GET' && (response.writeHead(status, { 'content-type': type }).end(), true)
  }
  const asked = (): number => site.requests.filter((path) => path.startsWith('/api/')).length
  const replay = async (): Promise<void> => {
    const before = asked()
    await page.evaluate(() => void dispatchEvent(new Event('online')))
    await expect.poll(asked).toBeGreaterThan(before)
  }
  site.fault = answerAll(200, 'text/html')
  const keys = await page.evaluate(async () => {
    const send = async (body: string): Promise<{ key: string }> =>
      (await fetch('/api/notes', { method: 'POST', body })).json() as Promise<{ key: string }>
    return [(await send('one')).key, (await send('two')).key]
  })
  await replay()
  site.fault = answerAll(503, 'application/json')
  await replay()
  site.fault = (request, response, body) =>
    request.headers['idempotency-key'] === keys[0] && answerAll(422, 'application/json')(request, response, body)
  await replay()
  await expect.poll(() => site.posts).toEqual([{ key: keys[1], body: 'two' }])
  // Nobody has listened until now.
  const failed = page.evaluate(
    () =>
      new Promise((resolve) => {
        type Failed = { readonly request: Request; readonly status: number }
        const { worker } = globalThis as unknown as {
          worker: { onServiceWorker(name: string, listener: (failed: Failed) => void): void }
        }
        worker.onServiceWorker('failed', async ({ request, status }) =>
          resolve([status, request.method, request.headers.get('idempotency-key'), await request.text()]),
        )
      }),
  )
  expect(await failed).toEqual([422, 'POST', keys[0], 'one'])
})

test('removes itself and its caches when it is told to', async ({ page, site }) => {
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await site.deploy(notesApp('two'), { selfDestroying: true })
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  expect(await page.evaluate(() => caches.keys())).toEqual([])
  await page.reload()
  await expect(page.locator('h1')).toHaveText('release two')
})

/** What of a worker's global scope has to do with clicks. */
interface ClickScope {
  /** What was asked of the browser. */
  done: string[]
  readonly registration: ServiceWorkerRegistration
  readonly Clients: { prototype: { openWindow: (url: string) => Promise<unknown> } }
  readonly WindowClient: { prototype: { focus: (this: { url: string }) => Promise<unknown> } }
  readonly NotificationEvent: new (type: string, init: { notification: Notification }) => Event
  dispatchEvent(event: Event): boolean
}

/** Has a message delivered as a push service would. */
async function push(page: Page, origin: string, message: object): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      // Those of other tests in this browser are told of, too.
      const own = registrations.findLast(({ scopeURL, isDeleted }) => new URL(scopeURL).origin === origin && !isDeleted)
      if (own) resolve(own.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(message) })
}

const shown = (page: Page): Promise<{ title: string; body: string }[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }))
  })

/**
 * Has a message delivered until its notification is shown: the browser does not say when it could not deliver one, which a push service would
 * then send again. A tag makes of a message that came twice one notification.
 */
async function notify(
  page: Page,
  origin: string,
  message: { readonly title: string; readonly body?: string; readonly url: string },
): Promise<void> {
  const { title, body = '', url } = message
  await expect(async () => {
    await push(page, origin, { title, options: { body, tag: url }, url })
    await expect.poll(() => shown(page), { timeout: 5000 }).toEqual([{ title, body }])
  }).toPass({ timeout: 30_000 })
}

test('shows what is pushed', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { push: true })
  await context.grantPermissions(['notifications'], { origin: site.url })
  await openInstalled(page, `${site.url}/`)
  await notify(page, site.url, { title: 'A note was shared', body: 'Read it', url: '/editor' })
})

test('a click on a notification closes it and goes to the tab that shows its address, or to a new one', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(notesApp('one'), { push: true })
  await context.grantPermissions(['notifications'], { origin: site.url })
  await openInstalled(page, `${site.url}/`)
  const worker = context.serviceWorkers().find((one) => one.url().startsWith(site.url))!
  // Nothing can click what the system draws: neither the DevTools protocol of Chromium 156 nor Playwright 1.65 has a command for it
  // (https://github.com/web-platform-tests/wpt/issues/51125, https://github.com/microsoft/playwright/issues/23954). The event is made from the
  // notification that is shown; what only a hand may do is written down.
  await worker.evaluate(() => {
    const scope = globalThis as unknown as ClickScope
    scope.done = []
    scope.Clients.prototype.openWindow = async (url) => (scope.done.push(`open ${String(url)}`), null)
    scope.WindowClient.prototype.focus = async function (this: { url: string }) {
      scope.done.push(`focus ${this.url}`)
      return this
    }
  })
  const click = (): Promise<string[]> =>
    worker.evaluate(async () => {
      const scope = globalThis as unknown as ClickScope
      const [notification] = await scope.registration.getNotifications()
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification: notification! }))
      // As long as it takes for the first thing to be done, and a moment for a second one that should not be.
      for (let waited = 0; waited < 10_000 && scope.done.length === 0; waited += 50)
        await new Promise((resolve) => setTimeout(resolve, 50))
      await new Promise((resolve) => setTimeout(resolve, 200))
      return scope.done.splice(0)
    })
  for (const [url, expected] of [
    ['/editor', `open ${site.url}/editor`],
    ['.', `focus ${site.url}/`],
    ['http://[no address', `focus ${site.url}/`],
  ] as const) {
    await notify(page, site.url, { title: 'A note was shared', url })
    expect(await click()).toEqual([expected])
    await expect.poll(() => shown(page)).toEqual([])
  }
})
