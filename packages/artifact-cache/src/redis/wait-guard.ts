/** Why nobody waits for Redis any longer. */
export type WaitOver = 'silent' | 'slow'

/** Holds the time that the build waits for Redis to what it may cost. */
export interface WaitGuard {
  /** The result of an answer that somebody waits for; rejects when waiting is over. */
  wait<Result>(answer: Promise<Result>): Promise<Result>
  /** An answer came that nobody waits for by itself: Redis is not silent. */
  heard(): void
  /** A hit saved work: that much waiting was worth it. */
  credit(ms: number): void
  /** Rejects all who wait. */
  end(reason: Error): void
  /** How long was waited in all, less what was saved. Milliseconds. */
  spent(): number
}

export interface WaitLimits {
  /** Milliseconds without any answer while somebody waits. */
  readonly silence: number
  /** Milliseconds of waiting in all, less what hits have saved. */
  readonly budget: number
  /** Called at the limit; it is expected to call {@link WaitGuard.end}. */
  readonly over: (why: WaitOver) => void
  readonly now?: () => number
}

const TICK = 20

/**
 * Waiting is measured once for all who wait, in ticks of which each counts twice its length at most: while the build itself keeps the event loop
 * busy, an answer that has long come cannot be seen, and Redis is not to blame.
 *
 * The ticks keep the process alive as long as somebody waits, and no longer; the connection itself does not.
 */
export function guardWaiting({ silence, budget, over, now = () => performance.now() }: WaitLimits): WaitGuard {
  const waiting = new Set<(reason: Error) => void>()
  let timer: NodeJS.Timeout | undefined
  let last = 0
  let spent = 0
  let silent = 0

  const measure = (): void => {
    const time = now()
    const step = Math.min(time - last, 2 * TICK)
    last = time
    spent += step
    silent += step
  }
  const tick = (): void => {
    measure()
    if (silent >= silence) over('silent')
    else if (spent >= budget) over('slow')
  }
  const begin = (reject: (reason: Error) => void): void => {
    waiting.add(reject)
    if (timer) return
    last = now()
    silent = 0
    timer = setInterval(tick, TICK)
  }
  const finish = (reject: (reason: Error) => void): void => {
    if (!waiting.delete(reject)) return
    measure()
    silent = 0
    if (waiting.size === 0) stop()
  }
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
  }

  return {
    wait: (answer) =>
      new Promise((resolve, reject) => {
        begin(reject)
        answer.then(resolve, reject).finally(() => finish(reject))
      }),
    heard() {
      if (timer) measure()
      silent = 0
    },
    credit(ms) {
      spent = Math.max(0, spent - ms)
    },
    end(reason) {
      if (timer) measure()
      stop()
      const rejected = [...waiting]
      waiting.clear()
      for (const reject of rejected) reject(reason)
    },
    spent: () => spent,
  }
}
