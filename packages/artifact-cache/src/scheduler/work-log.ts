interface LoggedJob {
  readonly label: string
  readonly cost: number
}

/** How far a load of work is: everything since there was last nothing to do. */
export interface Progress {
  /** Jobs that have ended, well or not. */
  readonly done: number
  readonly total: number
  /** Share of the expected cost that is done, 0 to 1, running jobs by the time they have taken. */
  readonly share: number
  /** Milliseconds since the load began. */
  readonly elapsed: number
  /** Milliseconds that the rest will take at the pace so far; nothing before there is one. */
  readonly left: number | undefined
  /** The most expensive of the jobs that run. */
  readonly label: string | undefined
}

/** Keeps account of jobs, to tell what is left. Pure but for the clock that it is given. */
export class WorkLog {
  readonly #places: number
  readonly #now: () => number
  readonly #running = new Map<LoggedJob, number>()
  #began = 0
  #total = 0
  #done = 0
  #cost = 0
  #doneCost = 0
  /** Milliseconds that the jobs done have taken, each on its own place. */
  #doneMs = 0

  constructor(places: number, now: () => number = () => performance.now()) {
    this.#places = places
    this.#now = now
  }

  /** Gives whether a new load begins with this job. */
  add({ cost }: LoggedJob): boolean {
    const isFirst = this.#done === this.#total
    if (isFirst) {
      this.#began = this.#now()
      this.#total = this.#done = this.#cost = this.#doneCost = this.#doneMs = 0
    }
    this.#total++
    this.#cost += cost
    return isFirst
  }

  start(job: LoggedJob): void {
    this.#running.set(job, this.#now())
  }

  end(job: LoggedJob): void {
    const since = this.#running.get(job)
    this.#running.delete(job)
    this.#done++
    this.#doneCost += job.cost
    if (since !== undefined) this.#doneMs += this.#now() - since
  }

  progress(): Progress {
    const now = this.#now()
    const elapsed = this.#total === 0 ? 0 : now - this.#began
    /** Expected cost per millisecond on one place: estimates are wrong by the same factor all through. */
    const pace = this.#doneMs > 0 ? this.#doneCost / this.#doneMs : 1
    let cost = this.#doneCost
    let biggest: LoggedJob | undefined
    for (const [job, since] of this.#running) {
      // However long it takes: it is not done before it is done.
      cost += Math.min((now - since) * pace, job.cost * 0.95)
      if (!biggest || job.cost > biggest.cost) biggest = job
    }
    const rest = Math.max(0, this.#cost - cost)
    const busy = Math.max(1, Math.min(this.#places, this.#total - this.#done))
    return {
      done: this.#done,
      total: this.#total,
      share: this.#cost > 0 ? cost / this.#cost : 0,
      elapsed,
      left: this.#doneMs > 0 ? rest / (pace * busy) : undefined,
      label: biggest?.label,
    }
  }
}
