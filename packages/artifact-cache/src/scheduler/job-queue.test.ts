import { describe, expect, it } from 'vitest'
import { JobQueue, type QueuedJob } from './job-queue.ts'

interface Named extends QueuedJob {
  readonly name: string
}

function queueOf(...jobs: readonly [name: string, cost: number, priority?: 'build' | 'later', memory?: number][]): {
  queue: JobQueue<Named>
  jobs: Named[]
} {
  const queue = new JobQueue<Named>()
  const named = jobs.map(([name, cost, priority = 'build', memory = 1], arrival): Named => ({
    name,
    cost,
    priority,
    memory,
    arrival,
  }))
  for (const job of named) queue.add(job)
  return { queue, jobs: named }
}

function takeAll(queue: JobQueue<Named>, fits: (job: Named) => boolean = () => true): string[] {
  const taken: string[] = []
  for (let job = queue.take(fits); job; job = queue.take(fits)) taken.push(job.name)
  return taken
}

describe('JobQueue', () => {
  it('takes what the build waits for first, in each the biggest, and of equals the first that came', () => {
    const { queue } = queueOf(['a', 1], ['late', 99, 'later'], ['b', 5], ['c', 5], ['d', 9])
    expect(takeAll(queue)).toEqual(['d', 'b', 'c', 'a', 'late'])
  })

  it('takes the biggest that fits', () => {
    const { queue } = queueOf(['huge', 9, 'build', 100], ['small', 1], ['middle', 5])
    expect(takeAll(queue, ({ memory }) => memory < 50)).toEqual(['middle', 'small'])
    expect(queue.size).toBe(1)
  })

  it('gives every sixteenth turn to whoever has waited longest', () => {
    const jobs = Array.from({ length: 40 }, (_, index): [string, number] => [`${index}`, index + 10])
    const { queue } = queueOf(['patient', 1, 'later'], ...jobs)
    expect(takeAll(queue).indexOf('patient')).toBe(15)
  })

  it('lets all others wait for the one that has waited longest, when it does not fit', () => {
    const jobs = Array.from({ length: 40 }, (_, index): [string, number] => [`${index}`, index + 10])
    const { queue } = queueOf(['big', 1, 'build', 100], ...jobs)
    expect(takeAll(queue, ({ memory }) => memory < 50)).toHaveLength(15)
    expect(queue.take(() => true)?.name).toBe('big')
  })

  it('moves a job forward when somebody waits for it, and knows when it has gone', () => {
    const { queue, jobs } = queueOf(['a', 5], ['b', 9, 'later'])
    queue.promote(jobs[1]!)
    expect(takeAll(queue)).toEqual(['b', 'a'])
    queue.promote(jobs[1]!)
    expect(queue.size).toBe(0)
  })
})
