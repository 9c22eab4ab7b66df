import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Readiness } from './readiness.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

describe('Readiness', () => {
  it('asks the store once a second, however many want to know, and tells what changed', async () => {
    let problem: string | undefined
    const check = vi.fn<() => Promise<string | undefined>>(async () => problem)
    const changed = vi.fn<(problem: string | undefined) => void>()
    const readiness = new Readiness({ check, changed })
    const ask = async (times: number): Promise<unknown[]> => [
      ...new Set(await Promise.all(Array.from({ length: times }, () => readiness.problem()))),
    ]
    expect(await ask(50)).toEqual([undefined])
    problem = 'The disk is full.'
    expect(await ask(50)).toEqual([undefined])
    expect(check).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await ask(50)).toEqual(['The disk is full.'])
    problem = undefined
    await vi.advanceTimersByTimeAsync(1000)
    expect(await ask(50)).toEqual([undefined])
    expect(check).toHaveBeenCalledTimes(3)
    expect(changed.mock.calls).toEqual([['The disk is full.'], [undefined]])
  })

  it('answers when the store does not, asks it no second time meanwhile, and recovers', async () => {
    const hung = Promise.withResolvers<undefined>()
    const check = vi.fn<() => Promise<undefined>>(() => hung.promise)
    const readiness = new Readiness({ check, changed: () => {} })
    for (let round = 0; round < 3; round++) {
      const answer = readiness.problem()
      await vi.advanceTimersByTimeAsync(2000)
      expect(await answer).toContain('does not answer within 2 s')
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(check).toHaveBeenCalledTimes(1)
    hung.resolve(undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(await readiness.problem()).toBeUndefined()
    expect(check).toHaveBeenCalledTimes(2)
  })

  it('takes a store that throws for one that is not ready', async () => {
    const check = () => Promise.reject(new Error('/secret/path'))
    const problem = await new Readiness({ check, changed: () => {} }).problem()
    expect(problem).toBe('The store cannot be asked.')
  })
})
