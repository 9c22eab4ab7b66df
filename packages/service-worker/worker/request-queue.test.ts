import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('location', new URL('https://app.example/app/sw.js'))
  vi.stubGlobal('__WB_DISABLE_DEV_LOGS', true)
  vi.stubGlobal(
    'self',
    Object.assign(new EventTarget(), {
      registration: { scope: 'https://app.example/app/' },
      __WB_DISABLE_DEV_LOGS: true,
    }),
  )
})
afterEach(() => vi.unstubAllGlobals())

const settings = { match: /^\/api\//, maxAgeMinutes: 1 }

test('begins without a complaint where the browser has no background sync and nothing can be sent', async () => {
  const { startRequestQueue } = await import('./request-queue.ts')
  const rejected: unknown[] = []
  const listen = (reason: unknown): void => void rejected.push(reason)
  process.on('unhandledRejection', listen)
  // No IndexedDB either: what waits cannot be read.
  const queue = startRequestQueue(settings, async () => {})
  await queue.replay()
  // Rejections are told of when the microtasks are done.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', listen)
  expect(rejected).toEqual([])
})

test('does not keep a change that the page has given up, where the browser says so', async () => {
  const { startRequestQueue } = await import('./request-queue.ts')
  startRequestQueue(settings, async () => {})
  const controller = new AbortController()
  vi.stubGlobal('fetch', async () => {
    controller.abort()
    throw new TypeError('Failed to fetch')
  })
  const request = new Request('https://app.example/api/notes', {
    method: 'POST',
    body: 'a note',
    signal: controller.signal,
  })
  const answers: Promise<Response>[] = []
  const event = { request, respondWith: (answer: Promise<Response>) => answers.push(answer) }
  self.dispatchEvent(Object.assign(new Event('fetch'), event))
  await expect(answers[0]).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
})
