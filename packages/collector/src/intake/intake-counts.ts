/** Upper edges of a histogram of seconds. */
const EDGES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** A histogram that costs an intake next to nothing: no labels, and no lookups. */
class Latency {
  count = 0
  sum = 0
  readonly #counts: number[] = EDGES.map(() => 0)

  observe(seconds: number): void {
    this.count++
    this.sum += seconds
    for (let index = 0; index < EDGES.length; index++) {
      if (seconds > EDGES[index]!) continue
      this.#counts[index]!++
      return
    }
  }

  /** How many took no longer than each edge. */
  buckets(): (readonly [edge: number, count: number])[] {
    let below = 0
    return EDGES.map((edge, index) => [edge, (below += this.#counts[index]!)] as const)
  }
}

/** What became of requests, for `/metrics` and the dashboard. */
export interface IntakeCounts {
  /** Answers by status. */
  readonly answers: Record<string, number>
  /** Beacons on disk. */
  beacons: number
  /** Of programs. */
  bots: number
  /** What was wrong, by the name of the field. */
  readonly problems: Record<string, number>
  /** Bodies that wait for the disk now, and their bytes. */
  waiting: number
  waitingBytes: number
  /** From the header of a request to its answer. */
  readonly latency: Latency
}

export function emptyIntakeCounts(): IntakeCounts {
  return { answers: {}, beacons: 0, bots: 0, problems: {}, waiting: 0, waitingBytes: 0, latency: new Latency() }
}
