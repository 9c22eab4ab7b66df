/** Says where a long measurement is. */
export interface Progress {
  /** So many more steps will come. */
  expect(steps: number): void
  /** A step begins. */
  step(what: string): void
}

/**
 * @param say takes a line
 * @param now ms, for the time that is left
 */
export function createProgress(say: (line: string) => void, now: () => number = Date.now): Progress {
  let steps = 0
  let done = -1
  let began: number | undefined
  return {
    expect: (more) => void (steps += more),
    step(what) {
      done++
      began ??= now()
      const left = done < 1 ? '' : `, ${duration(((now() - began) / done) * (steps - done))} left`
      say(`${Math.min(done + 1, steps)}/${steps} ${what}${left}`)
    },
  }
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
