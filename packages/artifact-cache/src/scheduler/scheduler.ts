import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { PacelineError } from '@paceline/kit'
import type { Job } from '../artifact.ts'
import { cacheError } from '../errors.ts'
import { JobQueue, type QueuedJob } from './job-queue.ts'
import { WorkLog, type Progress } from './work-log.ts'
import { poolThreads } from './pool-threads.ts'
import { TakenMemory } from './taken-memory.ts'
import { isTransient } from './transient.ts'

export interface Finished<Result> {
  readonly result: Result
  /** From the start of the work to its end. */
  readonly ms: number
}

export interface SchedulerOptions {
  /**
   * How many jobs run at once.
   *
   * @default the cores this process may use
   */
  readonly cores?: number | undefined
  /**
   * Bytes that this process, the running jobs (as they say) and the processes they run in may take together. One job runs always, and at least
   * half of it is for jobs, however large this process is.
   *
   * @default 512_000_000
   */
  readonly memory?: number | undefined
  /** Bytes that this process takes now. @default nothing: the bound is for jobs alone */
  readonly resident?: (() => number) | undefined
  /**
   * Threads of libuv's pool. One of them is left to those who read and write files.
   *
   * @default UV_THREADPOOL_SIZE, or 4
   */
  readonly poolSize?: number | undefined
  /** Milliseconds before the first and the second attempt to do again what failed for lack of something. @default [100, 500] */
  readonly pauses?: readonly number[] | undefined
  /** Called when work begins after there was none: progress is worth watching from now on. */
  readonly onBusy?: (() => void) | undefined
  /** Called when there is nothing left to do, before whoever waits for the last job hears of it. */
  readonly onIdle?: (() => void) | undefined
}

export interface Scheduler {
  /** How many jobs run at once. */
  readonly places: number
  /**
   * Does the work when its turn comes. Requests of one turn of the event loop are ordered before the first of them starts.
   *
   * @throws what the work throws if that is an error of ours, else `PACELINE_WORK_FAILED` with the job's label and the cause
   */
  run<Result>(job: Job<Result>): Promise<Finished<Result>>
  /** Somebody waits now for a job that was to be done later. Does nothing for one that runs or is not known. */
  promote(job: Job<unknown>): void
  /** Rejects all that has not begun with `PACELINE_WORK_CANCELLED`. What runs goes on to its end. */
  cancel(reason: string): void
  /** How far the work is that came since there was last none. */
  progress(): Progress
}

interface Waiting extends QueuedJob {
  readonly job: Job<unknown>
  readonly resolve: (finished: Finished<unknown>) => void
  readonly reject: (error: unknown) => void
}

/** One queue for all expensive work of a build, so that encoders do not fight for cores, memory and libuv's threads. */
export function createScheduler(options: SchedulerOptions = {}): Scheduler {
  const places = Math.max(1, options.cores ?? availableParallelism())
  const bound = options.memory ?? 512_000_000
  const pauses = options.pauses ?? [100, 500]
  const queue = new JobQueue<Waiting>()
  const waiting = new Map<Job<unknown>, Waiting>()
  const log = new WorkLog(places)
  let arrivals = 0
  let running = 0
  const taken = new TakenMemory()
  let pooled = 0
  const poolPlaces = Math.max(1, (options.poolSize ?? poolThreads()) - 1)
  let isDue = false

  const resident = options.resident ?? (() => 0)
  const take = (): Waiting | undefined => {
    if (running >= places) return undefined
    const room = bound - Math.min(bound / 2, taken.idle(running === 0 ? 0 : resident()))
    return queue.take(
      ({ job }) => running === 0 || (taken.with(job) <= room && (isOutsidePool(job) || pooled < poolPlaces)),
    )
  }
  const startAll = (): void => {
    isDue = false
    for (let next = take(); next; next = take()) {
      waiting.delete(next.job)
      void start(next)
    }
  }
  const start = async ({ job, resolve, reject }: Waiting): Promise<void> => {
    running++
    taken.add(job)
    if (!isOutsidePool(job)) pooled++
    log.start(job)
    const began = performance.now()
    const settle = await attempt(job, pauses).then(
      (result) => () => resolve({ result, ms: performance.now() - began }),
      (error: unknown) => () => reject(withLabel(error, job.label)),
    )
    running--
    taken.remove(job)
    if (!isOutsidePool(job)) pooled--
    end(job)
    settle()
    startAll()
  }
  const end = (job: Job<unknown>): void => {
    log.end(job)
    if (running === 0 && queue.size === 0) options.onIdle?.()
  }
  return {
    places,
    run<Result>(job: Job<Result>): Promise<Finished<Result>> {
      const { promise, resolve, reject } = Promise.withResolvers<Finished<unknown>>()
      const { cost, priority = 'build' } = job
      const entry: Waiting = { job, cost, memory: job.memory, priority, arrival: arrivals++, resolve, reject }
      if (log.add(job)) options.onBusy?.()
      queue.add(entry)
      waiting.set(job, entry)
      if (!isDue) {
        isDue = true
        setImmediate(startAll)
      }
      return promise as Promise<Finished<Result>>
    },
    promote(job) {
      const entry = waiting.get(job)
      if (entry) queue.promote(entry)
    },
    cancel(reason) {
      waiting.clear()
      for (const { job, reject } of queue.drain()) {
        end(job)
        reject(cacheError('PACELINE_WORK_CANCELLED', [job.label, reason]))
      }
    },
    progress: () => log.progress(),
  }
}

function isOutsidePool({ outsidePool = false, processMemory }: Job<unknown>): boolean {
  return outsidePool || processMemory !== undefined
}

/** Keeps its place during the pauses: fewer jobs at once is what helps. */
async function attempt<Result>(job: Job<Result>, pauses: readonly number[]): Promise<Result> {
  for (const ms of pauses) {
    try {
      return await job.work()
    } catch (error) {
      if (!isTransient(error)) throw error
      await pause(ms)
    }
  }
  return job.work()
}

/** Errors of ours name their subject already. */
function withLabel(error: unknown, label: string): Error {
  if (error instanceof PacelineError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return cacheError('PACELINE_WORK_FAILED', [label, reason], { cause: error })
}
