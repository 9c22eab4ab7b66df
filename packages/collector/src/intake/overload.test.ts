import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MAX_BEACON_BYTES } from '@paceline/kit'
import type { Beacon } from '@paceline/kit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Receipt, Store } from '../store/store.ts'
import { beacon, pageId } from '../testing/beacons.ts'
import { BROWSER } from '../testing/run-collector.ts'
import { GroupCommit } from './group-commit.ts'
import { Intake } from './intake.ts'
import { emptyIntakeCounts } from './intake-counts.ts'

const MOST_BYTES = 32 * 1024 * 1024
const AT = Date.UTC(2026, 10, 20, 12)
const SOON = { timeout: 30_000, interval: 5 }

/** A body that is as large as one may be, of which little is to be read. */
function large(page: number): string {
  return JSON.stringify(beacon({ page: pageId(page) })).padEnd(MAX_BEACON_BYTES)
}

/** An intake over HTTP whose store stores nothing before `release`. */
async function heldIntake() {
  const held = Promise.withResolvers<void>()
  const stored = new Set<string>()
  const append: Store['append'] = async (deliveries) => {
    await held.promise
    for (const { body } of deliveries) stored.add((JSON.parse(body.toString()) as Beacon).page)
    return { verdicts: deliveries.map(() => 'stored'), beacons: deliveries.length, problems: {} }
  }
  const options = { cors: [], trustProxy: false, now: () => AT, failed: () => {} }
  const intake = new Intake({ ...options, store: { append } as Store })
  const server = createServer((request, response) => intake.handle(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    held.resolve()
    await intake.close()
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const headers = { 'content-type': 'text/plain', 'user-agent': BROWSER }
  const post = (body: string): Promise<Response> => fetch(url, { method: 'POST', body, headers })
  return { intake, stored, post, release: held.resolve }
}

describe('under overload', () => {
  it('answers 503 with Retry-After, counts it, holds no more than it may, and has all that it answered 204', async () => {
    const { intake, stored, post, release } = await heldIntake()
    const { counts } = intake
    const sent: Promise<Response>[] = []
    while (counts.waitingBytes < MOST_BYTES) {
      for (let index = 0; index < 64; index++) sent.push(post(large(sent.length)))
      await vi.waitFor(() => expect(counts.waiting).toBe(sent.length), SOON)
    }
    expect(sent).toHaveLength(MOST_BYTES / MAX_BEACON_BYTES)
    for (let time = 1; time <= 3; time++) {
      const refused = await post(JSON.stringify(beacon({ page: pageId(9000 + time) })))
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
      expect([counts.answers, counts.waiting, counts.waitingBytes]).toEqual([{ 503: time }, sent.length, MOST_BYTES])
    }
    release()
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([204]))
    expect((await post(large(9999))).status).toBe(204)
    const all = sent.length + 1
    expect(counts).toMatchObject({ answers: { 204: all, 503: 3 }, beacons: all, waiting: 0, waitingBytes: 0 })
    expect(stored.size).toBe(all)
  })
})

describe('GroupCommit', () => {
  /** With a store that answers when it is told to. */
  function held() {
    const counts = emptyIntakeCounts()
    const answers: (() => void)[] = []
    const append = vi.fn<Store['append']>(
      (deliveries) =>
        new Promise<Receipt>((resolve) =>
          answers.push(() =>
            resolve({ verdicts: deliveries.map(() => 'stored'), beacons: deliveries.length, problems: {} }),
          ),
        ),
    )
    const commits = new GroupCommit({ append } as unknown as Store, counts, () => {})
    return { counts, append, answers, commits }
  }

  const delivery = (bytes: number) => ({ body: Buffer.alloc(bytes), at: AT, country: '', bot: false })

  it.each([
    ['20,000 bodies', 10, 20_000],
    ['32 MB', 64 * 1024, 512],
  ])(
    'is full at %s, whether they wait or are on their way to the disk, and has room when they are there',
    async (_title, bytes, most) => {
      const { counts, append, answers, commits } = held()
      const verdicts: unknown[] = []
      const add = () => commits.add(delivery(bytes), (verdict) => verdicts.push(verdict))
      for (let index = 1; index < most; index++) add()
      await vi.waitFor(() => expect(append).toHaveBeenCalled())
      expect(commits.isFull).toBe(false)
      add()
      expect(commits.isFull).toBe(true)
      expect([counts.waiting, counts.waitingBytes]).toEqual([most, most * bytes])
      // Two groups at once, of a thousand each: the rest waits.
      expect(append.mock.calls.length).toBeLessThanOrEqual(2)
      const drained = commits.drain()
      while (verdicts.length < most) {
        for (const answer of answers.splice(0)) answer()
        await new Promise((resolve) => setImmediate(resolve))
      }
      await drained
      expect(new Set(verdicts)).toEqual(new Set(['stored']))
      expect(Math.max(...append.mock.calls.map(([group]) => group.length))).toBeLessThanOrEqual(1000)
      expect(commits.isFull).toBe(false)
      expect([counts.waiting, counts.waitingBytes, counts.beacons]).toEqual([0, 0, most])
    },
  )

  it('takes back what it counted when the store fails, and goes on', async () => {
    const counts = emptyIntakeCounts()
    const failures: string[] = []
    const append = vi
      .fn<Store['append']>()
      .mockRejectedValueOnce(new Error('no space'))
      .mockResolvedValue({ verdicts: ['stored'], beacons: 1, problems: {} })
    const commits = new GroupCommit({ append } as unknown as Store, counts, ({ message }) => failures.push(message))
    onTestFinished(() => commits.drain())
    const send = () => new Promise((resolve) => commits.add(delivery(100), resolve))
    expect(await send()).toBeUndefined()
    expect([counts.waiting, counts.waitingBytes, counts.beacons, failures]).toEqual([0, 0, 0, ['no space']])
    expect(await send()).toBe('stored')
    expect([counts.waiting, counts.waitingBytes, counts.beacons]).toEqual([0, 0, 1])
  })
})
