import { stopCommands } from './run-command.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does some work and cleans up after it: when it is done, when it fails, and when the process is told to stop.
 *
 * @param cleanUp synchronous, since a process that was told to stop waits for nothing
 */
export async function interruptible<Result>(cleanUp: () => void, work: () => Promise<Result>): Promise<Result> {
  const stop = (signal: NodeJS.Signals): void => {
    // What still writes would fill again what is emptied.
    stopCommands()
    cleanUp()
    // The default action of the signal, now that our listener is gone: the exit status says what happened.
    for (const name of SIGNALS) process.removeListener(name, stop)
    process.kill(process.pid, signal)
  }
  for (const name of SIGNALS) process.on(name, stop)
  try {
    return await work()
  } finally {
    for (const name of SIGNALS) process.removeListener(name, stop)
    cleanUp()
  }
}
