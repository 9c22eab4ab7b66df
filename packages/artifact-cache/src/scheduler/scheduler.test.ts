import { setImmediate as nextTurn } from 'node:timers/promises'
import { PacelineError, errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import type { Job } from '../artifact.ts'
import { createScheduler } from './scheduler.ts'

/** A job that ends when it is told to. */
function held(label: string, cost = 1, memory = 1, priority: 'build' | 'later' = 'build'): HeldJob {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const started: string[] = []
  const work = (): Promise<string> => {
    started.push(label)
    return promise
  }
  return { label, cost, memory, priority, work, started, end: () => resolve(label), fail: reject }
}

interface HeldJob extends Job<string> {
  readonly started: string[]
  end(): void
  fail(error: unknown): void
}

const failing = (error: unknown, times: number): { job: Job<string>; tries: () => number } => {
  let tries = 0
  const work = async (): Promise<string> => {
    if (tries++ < times) throw error
    return 'made'
  }
  return { job: { label: 'a.js → brotli', cost: 1, memory: 1, work }, tries: () => tries }
}

const tooMany = Object.assign(new Error('too many open files'), { code: 'EMFILE' })

describe('createScheduler', () => {
  it('starts the biggest of one turn first, and no more than there are places', async () => {
    const scheduler = createScheduler({ cores: 2 })
    const jobs = [held('small', 1), held('big', 9), held('middle', 5)]
    const all = jobs.map((job) => scheduler.run(job))
    await nextTurn()
    await nextTurn()
    expect(jobs.map(({ started }) => started.length)).toEqual([0, 1, 1])
    jobs[1]!.end()
    await all[1]
    expect(jobs[0]!.started).toEqual(['small'])
    for (const job of jobs) job.end()
    expect((await Promise.all(all)).map(({ result }) => result)).toEqual(['small', 'big', 'middle'])
  })

  it('counts what this process has, and the process that jobs share once', async () => {
    const begun = async (resident: number, jobs: readonly HeldJob[]): Promise<string[]> => {
      const scheduler = createScheduler({ cores: 9, memory: 100, resident: () => resident })
      const all = jobs.map((job) => scheduler.run(job))
      await nextTurn()
      await nextTurn()
      const labels = jobs.flatMap(({ started }) => started)
      for (const job of jobs) job.end()
      await Promise.all(all)
      return labels
    }
    const outside = (): HeldJob[] => ['a', 'b', 'c'].map((label) => ({ ...held(label, 1, 20), processMemory: 30 }))
    expect(await begun(0, outside())).toEqual(['a', 'b', 'c'])
    expect(await begun(30, outside())).toEqual(['a', 'b'])
    // What runs here is in `resident` already.
    const inside = (): HeldJob[] => ['a', 'b', 'c'].map((label) => held(label, 1, 20))
    expect(await begun(60, inside())).toEqual(['a', 'b', 'c'])
    // Half of the bound is for jobs, however large the process is.
    expect(await begun(9000, inside())).toEqual(['a', 'b'])
  })

  it('starts nothing above the memory bound, but for one that is larger than it by itself', async () => {
    const scheduler = createScheduler({ cores: 4, memory: 100 })
    const jobs = [held('a', 9, 60), held('b', 8, 60), held('c', 7, 40), held('huge', 1, 500)]
    const all = jobs.map((job) => scheduler.run(job))
    await nextTurn()
    await nextTurn()
    const begun = (): string[] => jobs.flatMap(({ started }) => started)
    expect(begun()).toEqual(['a', 'c'])
    jobs[0]!.end()
    jobs[2]!.end()
    await Promise.all([all[0], all[2]])
    expect(begun()).toEqual(['a', 'b', 'c'])
    jobs[1]!.end()
    await all[1]
    expect(begun()).toEqual(['a', 'b', 'c', 'huge'])
    jobs[3]!.end()
    await all[3]
  })

  it('leaves one thread of the pool to files, and gives the places left to work outside it', async () => {
    const scheduler = createScheduler({ cores: 6, poolSize: 4 })
    const pooled = Array.from({ length: 5 }, (_, index) => held(`pool ${index}`, 9 - index))
    const outside = [held('thread 1', 1), held('thread 2', 1)].map((job) => ({ ...job, outsidePool: true }))
    const jobs = [...pooled, ...outside]
    const all = jobs.map((job) => scheduler.run(job))
    await nextTurn()
    await nextTurn()
    expect(jobs.flatMap(({ started }) => started)).toEqual(['pool 0', 'pool 1', 'pool 2', 'thread 1', 'thread 2'])
    for (const job of jobs) job.end()
    await Promise.all(all)
  })

  it('does again what failed for lack of something, and says the label and the cause when that does not help', async () => {
    const scheduler = createScheduler({ pauses: [1, 1] })
    const passing = failing(tooMany, 2)
    expect((await scheduler.run(passing.job)).result).toBe('made')
    const lasting = failing(tooMany, 3)
    await expect(scheduler.run(lasting.job)).rejects.toMatchObject({
      code: 'PACELINE_WORK_FAILED',
      message: expect.stringContaining('`a.js → brotli` could not be made; too many open files'),
      cause: tooMany,
    })
    expect(lasting.tries()).toBe(3)
  })

  it('does not try again what fails for good, and leaves an error of ours as it is', async () => {
    const scheduler = createScheduler({ pauses: [1, 1] })
    const broken = failing(new Error('no image'), 9)
    await expect(scheduler.run(broken.job)).rejects.toThrow('no image')
    expect(broken.tries()).toBe(1)
    const own = new PacelineError('PACELINE_IMAGE_BROKEN', '`a.jpg` is no image.')
    await expect(scheduler.run(failing(own, 9).job)).rejects.toBe(own)
  })

  it('goes on after a failure, also of work that throws at once', async () => {
    const scheduler = createScheduler({ cores: 1 })
    const throws = (): Promise<string> => {
      throw new TypeError('at once')
    }
    const first = scheduler.run({ ...held('a', 9), work: throws })
    const second = held('b')
    const last = scheduler.run(second)
    await expect(first).rejects.toThrow('at once')
    second.end()
    expect((await last).result).toBe('b')
  })

  it('rejects what has not begun when it is cancelled, and lets the rest end', async () => {
    const scheduler = createScheduler({ cores: 1 })
    const [running, waiting] = [held('a', 9), held('b')]
    const all = [scheduler.run(running), scheduler.run(waiting)] as const
    await nextTurn()
    await nextTurn()
    scheduler.cancel('the build failed')
    const error = await all[1].catch((reason: unknown) => reason)
    expect(errorCodes(error)).toEqual(['PACELINE_WORK_CANCELLED'])
    expect((error as Error).message).toBe('`b` was not made; the build failed.')
    running.end()
    expect((await all[0]).result).toBe('a')
    expect(waiting.started).toEqual([])
  })

  it('starts work that was to be done later before the rest of it, once somebody waits for it', async () => {
    const scheduler = createScheduler({ cores: 1 })
    const jobs = [held('build', 9), held('early', 1, 1, 'later'), held('later', 5, 1, 'later')] as const
    const all = jobs.map((job) => scheduler.run(job))
    await nextTurn()
    await nextTurn()
    scheduler.promote(jobs[1])
    jobs[0].end()
    await all[0]
    expect(jobs.map(({ started }) => started.length)).toEqual([1, 1, 0])
    for (const job of jobs) job.end()
    await Promise.all(all)
    expect(scheduler.progress()).toMatchObject({ done: 3, total: 3, share: 1 })
  })

  it('tells how long the work took', async () => {
    const scheduler = createScheduler()
    const job = held('a')
    const finished = scheduler.run(job)
    setTimeout(() => job.end(), 30)
    expect((await finished).ms).toBeGreaterThan(25)
  })
})
