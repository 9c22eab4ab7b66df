import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, test } from '../../support/service-worker/test.ts'

test('keeps a change that could not be sent, counts it, and sends it once with its key', async ({
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
  const pending = (): Promise<number> =>
    page.evaluate(() =>
      (globalThis as unknown as { worker: { pendingRequests(): Promise<number> } }).worker.pendingRequests(),
    )
  expect(await pending()).toBe(1)
  await context.setOffline(false)
  await expect.poll(() => site.posts, { timeout: 30_000 }).toEqual([{ key: answer.body.key, body: 'a note' }])
  await expect.poll(pending).toBe(0)
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

test('shows what is pushed', async ({ page, context, site }) => {
  await site.deploy(notesApp('one'), { push: true })
  await context.grantPermissions(['notifications'], { origin: site.url })
  await openInstalled(page, `${site.url}/`)
  const session = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      // Those of other tests in this browser are told of, too.
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(site.url) && !isDeleted)
      if (own) resolve(own.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: site.url,
    registrationId,
    data: JSON.stringify({ title: 'A note was shared', options: { body: 'Read it' }, url: '/editor' }),
  })
  const shown = (): Promise<{ title: string; body: string }[]> =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }))
    })
  await expect.poll(shown).toEqual([{ title: 'A note was shared', body: 'Read it' }])
})
