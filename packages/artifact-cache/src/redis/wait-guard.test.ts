import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { guardWaiting } from './wait-guard.ts'
import type { WaitGuard, WaitOver } from './wait-guard.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A guard with 500 ms for silence and 900 ms in all; it says when waiting was over. */
function guarded(): { guard: WaitGuard; ends: { why: WaitOver; at: number }[] } {
  const ends: { why: WaitOver; at: number }[] = []
  const begun = performance.now()
  const guard = guardWaiting({
    silence: 500,
    budget: 900,
    over(why) {
      ends.push({ why, at: performance.now() - begun })
      guard.end(new Error(why))
    },
  })
  return { guard, ends }
}

const after = (ms: number): Promise<string> => new Promise((done) => setTimeout(() => done('answer'), ms))
const never = (): Promise<never> => new Promise(() => {})
const settled = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    (value) => String(value),
    (error: Error) => error.message,
  )

it('waits for an answer, and leaves no timer behind', async () => {
  const { guard, ends } = guarded()
  const answer = settled(guard.wait(after(300)))
  await vi.advanceTimersByTimeAsync(300)
  expect(await answer).toBe('answer')
  expect(vi.getTimerCount()).toBe(0)
  expect(guard.spent()).toBeCloseTo(300, -1)
  expect(ends).toEqual([])
})

it('ends the waiting of all at once when nothing is heard', async () => {
  const { guard, ends } = guarded()
  const answers = [1, 2, 3].map(() => settled(guard.wait(never())))
  await vi.advanceTimersByTimeAsync(2000)
  expect(await Promise.all(answers)).toEqual(['silent', 'silent', 'silent'])
  expect(ends).toEqual([{ why: 'silent', at: 500 }])
  expect(vi.getTimerCount()).toBe(0)
})

it('counts the time that many wait at once only once', async () => {
  const { guard, ends } = guarded()
  const answers = Array.from({ length: 50 }, (_, index) => settled(guard.wait(after(100 + index))))
  await vi.advanceTimersByTimeAsync(1000)
  expect(await Promise.all(answers)).toEqual(answers.map(() => 'answer'))
  expect(guard.spent()).toBeLessThan(200)
  expect(ends).toEqual([])
})

it('ends it for good when answers come one after the other, each in time, but slowly', async () => {
  const { guard, ends } = guarded()
  const said: string[] = []
  const asking = (async () => {
    for (let n = 0; n < 4; n++) said.push(await settled(guard.wait(after(400))))
  })()
  await vi.advanceTimersByTimeAsync(3000)
  await asking
  expect(said.slice(0, 3)).toEqual(['answer', 'answer', 'slow'])
  expect(ends[0]).toEqual({ why: 'slow', at: 900 })
})

it('goes on with slow answers that save more than they cost', async () => {
  const { guard, ends } = guarded()
  const asking = (async () => {
    for (let n = 0; n < 10; n++) {
      await guard.wait(after(400))
      guard.credit(1000)
    }
  })()
  await vi.advanceTimersByTimeAsync(5000)
  await asking
  expect(ends).toEqual([])
})

it('does not blame Redis for the time that the build keeps the event loop busy', async () => {
  let now = 0
  const over = vi.fn<(why: WaitOver) => void>()
  const guard = guardWaiting({ silence: 500, budget: 900, over, now: () => now })
  const answer = guard.wait(after(60))
  // Five seconds go by before the first timer has its turn.
  now = 5000
  await vi.advanceTimersByTimeAsync(20)
  expect(over).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60)
  expect(await answer).toBe('answer')
  expect(guard.spent()).toBeLessThan(100)
})

it('waits on as long as something is heard', async () => {
  const { guard, ends } = guarded()
  const answer = settled(guard.wait(after(800)))
  await vi.advanceTimersByTimeAsync(400)
  guard.heard()
  await vi.advanceTimersByTimeAsync(400)
  expect(await answer).toBe('answer')
  expect(ends).toEqual([])
})
