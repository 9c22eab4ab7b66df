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
}

export function emptyIntakeCounts(): IntakeCounts {
  return { answers: {}, beacons: 0, bots: 0, problems: {}, waiting: 0, waitingBytes: 0 }
}
