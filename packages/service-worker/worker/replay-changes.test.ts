import { afterEach, expect, test, vi } from 'vitest'
import { isNext, replayChanges, Unanswered, type QueuedChange } from './replay-changes.ts'

afterEach(() => vi.useRealTimers())

const MINUTE = 60_000
const URL_OF_NOTES = 'https://app.example/api/notes'
const OTHER_URL = 'https://app.example/api/tags'

/** A queue in memory, and what a server was sent and answered. */
function queueOf(bodies: readonly string[], answers: readonly (number | 'portal' | 'offline')[], age = 0) {
  let waiting = bodies.map((body, id) => ({
    id,
    timestamp: Date.now() - age,
    requestData: { url: 'https://app.example/api/notes', method: 'POST', body: new TextEncoder().encode(body).buffer },
  })) as QueuedChange[]
  const failed: Omit<QueuedChange, 'id'>[] = []
  const sent: string[] = []
  const replay = (): Promise<void> =>
    replayChanges({
      waiting: {
        getAll: async () => [...waiting],
        deleteEntry: async (id) => void (waiting = waiting.filter((change) => change.id !== id)),
      },
      failed: { pushEntry: async (change) => void failed.push(change) },
      maxAgeMs: 10 * MINUTE,
      send: async (request) => {
        expect(waiting[0]?.id, 'it is still in the queue').toBeDefined()
        sent.push(await request.text())
        const answer = answers[sent.length - 1]
        if (answer === undefined || answer === 'offline') throw new TypeError('Failed to fetch')
        if (answer === 'portal') return new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } })
        return new Response(null, { status: answer })
      },
    })
  const left = (): string[] =>
    waiting.map(({ requestData }) => new TextDecoder().decode(requestData.body as ArrayBuffer))
  return { replay, sent, failed, left }
}

test('sends what waits in its order, and empties the queue', async () => {
  const { replay, sent, left, failed } = queueOf(['one', 'two', 'three'], [201, 200, 204])
  await replay()
  expect(sent).toEqual(['one', 'two', 'three'])
  expect(left()).toEqual([])
  expect(failed).toEqual([])
})

test.each([503, 500, 429, 408, 'portal', 'offline'] as const)(
  'keeps a change and all behind it where the answer is %s',
  async (answer) => {
    const { replay, sent, left, failed } = queueOf(['one', 'two', 'three'], [201, answer, 201, 201])
    await expect(replay()).rejects.toThrow(Unanswered)
    expect(sent).toEqual(['one', 'two'])
    expect(left()).toEqual(['two', 'three'])
    await replay()
    expect(sent).toEqual(['one', 'two', 'two', 'three'])
    expect(left()).toEqual([])
    expect(failed).toEqual([])
  },
)

test('writes down what a server refuses, and goes on with the next', async () => {
  const { replay, left, failed } = queueOf(['one', 'two'], [422, 201])
  await replay()
  expect(left()).toEqual([])
  expect(failed).toEqual([expect.objectContaining({ metadata: { status: 422 } })])
  expect(new TextDecoder().decode(failed[0]!.requestData.body as ArrayBuffer)).toBe('one')
})

test('sends nothing that got too old, and says so', async () => {
  const { replay, sent, left, failed } = queueOf(['one'], [201], 11 * MINUTE)
  await replay()
  expect(sent).toEqual([])
  expect(left()).toEqual([])
  expect(failed).toEqual([expect.objectContaining({ metadata: { status: 0 } })])
})

test('a change is next when all that wait have been answered, those that come meanwhile, too', async () => {
  let waiting = 3
  const replay = async (): Promise<void> => void waiting--
  expect(
    await isNext(URL_OF_NOTES, { urls: async () => Array.from({ length: waiting }, () => URL_OF_NOTES), replay }),
  ).toBe(true)
  expect(waiting).toBe(0)
})

test('a change is next where nothing waits, or nothing can', async () => {
  const replay = (): Promise<void> => Promise.reject(new Error('asked for nothing'))
  expect(await isNext(URL_OF_NOTES, { urls: async () => [], replay })).toBe(true)
  expect(await isNext(URL_OF_NOTES, { urls: () => Promise.reject(new Error('no storage')), replay })).toBe(true)
})

test('a change is not next where those before it are not answered, or not within 10 seconds', async () => {
  const urls = async (): Promise<string[]> => [URL_OF_NOTES]
  expect(await isNext(OTHER_URL, { urls, replay: () => Promise.reject(new Unanswered('/api/notes')) })).toBe(false)
  vi.useFakeTimers()
  const answer = isNext(OTHER_URL, { urls, replay: () => new Promise(() => {}) })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await answer).toBe(false)
})

test('where the server answers, but not to what waits, changes of other addresses are next', async () => {
  const urls = async (): Promise<string[]> => [URL_OF_NOTES]
  const replay = (): Promise<void> => Promise.reject(new Unanswered('/api/notes', new Response('', { status: 500 })))
  expect(await isNext(OTHER_URL, { urls, replay })).toBe(true)
  expect(await isNext(`${URL_OF_NOTES}?again`, { urls, replay })).toBe(false)
})
