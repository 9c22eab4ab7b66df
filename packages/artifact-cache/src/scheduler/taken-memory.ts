interface MemoryOfJob {
  readonly memory: number
  readonly processMemory?: number | undefined
}

/** What the jobs that run take of memory, as they say, bytes. */
export class TakenMemory {
  readonly #running = new Set<MemoryOfJob>()

  add(job: MemoryOfJob): void {
    this.#running.add(job)
  }

  remove(job: MemoryOfJob): void {
    this.#running.delete(job)
  }

  /** With one more. The process that jobs share counts once. */
  with(job: MemoryOfJob): number {
    const jobs = [...this.#running, job]
    return sumOf(jobs) + Math.max(...jobs.map(({ processMemory = 0 }) => processMemory))
  }

  /** What this process would take without the jobs that run in it. */
  idle(resident: number): number {
    return Math.max(0, resident - sumOf([...this.#running].filter(({ processMemory }) => processMemory === undefined)))
  }
}

function sumOf(jobs: readonly MemoryOfJob[]): number {
  return jobs.reduce((sum, { memory }) => sum + memory, 0)
}
