const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Waits until the process is asked to stop. Asked again, it stops as any process does. */
export async function untilStopped(): Promise<void> {
  await new Promise<void>((done) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.off(signal, stop)
      done()
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
}
