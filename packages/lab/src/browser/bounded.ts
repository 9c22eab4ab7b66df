/** Nothing became of a promise within its time. */
export class TimedOut extends Error {}

/**
 * Waits for a promise, but not for ever: a renderer in an endless loop answers nothing.
 *
 * @throws {TimedOut} when it takes longer; what comes later is ignored
 */
export async function bounded<Result>(promise: Promise<Result>, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  promise.catch(() => undefined)
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TimedOut(`no answer within ${ms} ms`)), ms)
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}

/** Some time, or nothing of it when the signal says so. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
