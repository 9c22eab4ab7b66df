/** Lets a few do their work at the same time, in the order in which they came. */
export function takeTurns(atOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((start) => queue.push(start))
    running++
    try {
      return await work()
    } finally {
      running--
      queue.shift()?.()
    }
  }
}
