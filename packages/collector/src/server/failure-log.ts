/** Milliseconds between two lines that say the same: a store that takes nothing fails with every group of beacons, hundreds of times a second. */
const PAUSE = 10_000
/** Of texts that are told apart. */
const MOST_TEXTS = 100

interface Told {
  at: number
  untold: number
}

/**
 * Writes failures to the log: each the first time, and again every ten seconds for as long as it goes on, with how often it was left out (`untold`) since.
 *
 * @param clock milliseconds of a clock that is never set
 */
export function failureLog(
  log: (entry: object) => void,
  clock: () => number = () => performance.now(),
): (error: Error) => void {
  const told = new Map<string, Told>()
  return ({ message }) => {
    const now = clock()
    const last = told.get(message)
    if (last && now - last.at < PAUSE) {
      last.untold++
      return
    }
    if (told.size >= MOST_TEXTS) told.clear()
    told.set(message, { at: now, untold: 0 })
    log({ event: 'failure', message, ...(last && last.untold > 0 ? { untold: last.untold } : {}) })
  }
}
