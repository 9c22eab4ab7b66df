/** Work that waits for its turn, as far as the order of turns goes. */
export interface QueuedJob {
  readonly cost: number
  readonly memory: number
  priority: 'build' | 'later'
  /** Its place in the order of arrival. */
  readonly arrival: number
}

/** Every so many starts the turn is that of whoever has waited longest, so that nobody is overtaken for ever. */
const OLDEST_EVERY = 16

/**
 * Decides who is next: what the build waits for before what it does not, in each the biggest cost first, and nothing that does not fit into
 * the memory which is left. What has waited longest gets every sixteenth turn; when it does not fit, all others wait with it.
 */
export class JobQueue<Job extends QueuedJob> {
  /** In ascending order: the next one is at the end, where taking it away moves nothing. */
  readonly #jobs: Job[] = []
  #starts = 0

  get size(): number {
    return this.#jobs.length
  }

  add(job: Job): void {
    let low = 0
    let high = this.#jobs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (goesBefore(job, this.#jobs[middle]!)) low = middle + 1
      else high = middle
    }
    this.#jobs.splice(low, 0, job)
  }

  /** Takes the job whose turn it is, if there is one that fits. */
  take(fits: (job: Job) => boolean): Job | undefined {
    const at = this.#next(fits)
    if (at === undefined) return undefined
    this.#starts++
    return this.#jobs.splice(at, 1)[0]
  }

  /** What was not needed at once is waited for now. */
  promote(job: Job): void {
    const at = this.#jobs.indexOf(job)
    if (at === -1 || job.priority === 'build') return
    this.#jobs.splice(at, 1)
    job.priority = 'build'
    this.add(job)
  }

  /** Takes all jobs away. */
  drain(): Job[] {
    return this.#jobs.splice(0)
  }

  #next(fits: (job: Job) => boolean): number | undefined {
    if (this.#starts % OLDEST_EVERY === OLDEST_EVERY - 1) {
      const oldest = this.#oldest()
      return oldest !== undefined && fits(this.#jobs[oldest]!) ? oldest : undefined
    }
    const at = this.#jobs.findLastIndex(fits)
    return at === -1 ? undefined : at
  }

  #oldest(): number | undefined {
    let oldest: number | undefined
    for (const [index, job] of this.#jobs.entries()) {
      if (oldest === undefined || job.arrival < this.#jobs[oldest]!.arrival) oldest = index
    }
    return oldest
  }
}

function goesBefore(a: QueuedJob, b: QueuedJob): boolean {
  if (a.priority !== b.priority) return a.priority === 'build'
  return a.cost === b.cost ? a.arrival < b.arrival : a.cost > b.cost
}
