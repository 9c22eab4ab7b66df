import { expect, test } from 'vitest'
import { handlePush } from './push-notifications.ts'

interface Shown {
  readonly title: string
  readonly data: unknown
}

/** A worker whose notifications lie in a list. */
function workerWith() {
  const shown: Shown[] = []
  const opened: string[] = []
  const registration = {
    scope: 'https://app.example/app/',
    showNotification: async (title: string, { data }: NotificationOptions) => void shown.push({ title, data }),
  }
  const clients = { matchAll: async () => [], openWindow: async (url: string) => void opened.push(url) }
  const worker = Object.assign(new EventTarget(), { registration, clients, location: { host: 'app.example' } })
  handlePush(worker as unknown as ServiceWorkerGlobalScope)
  /** Resolves when all that the worker does has been done. */
  const send = async (type: string, init: object): Promise<void> => {
    const work: Promise<unknown>[] = []
    worker.dispatchEvent(Object.assign(new Event(type), init, { waitUntil: (one: Promise<unknown>) => work.push(one) }))
    await Promise.all(work)
  }
  /** @returns whether the notification was closed */
  const click = async (data: unknown): Promise<boolean> => {
    let isClosed = false
    await send('notificationclick', { notification: { data, close: () => (isClosed = true) } })
    return isClosed
  }
  return { shown, opened, click, push: (message: object) => send('push', { data: { json: () => message } }) }
}

test('a click on what was pushed closes it and opens its address', async () => {
  const { shown, opened, click, push } = workerWith()
  await push({ title: 'A note', url: 'notes/1', options: { data: { mine: 1 } } })
  expect(shown).toMatchObject([{ title: 'A note' }])
  expect(await click(shown[0]!.data)).toBe(true)
  expect(opened).toEqual(['https://app.example/app/notes/1'])
})

test.each([[null], [undefined], ['text'], [{ id: 1 }], [{ url: '/of-the-app' }]])(
  'leaves a notification of the app, with %j, to the app',
  async (data) => {
    const { opened, click } = workerWith()
    expect(await click(data)).toBe(false)
    expect(opened).toEqual([])
  },
)
