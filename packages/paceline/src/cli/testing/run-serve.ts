import { onTestFinished } from 'vitest'
import { run } from '../run.ts'

/** A command under test that runs until it is stopped. */
export interface Running {
  readonly url: string
  readonly out: () => string
  readonly err: () => string
  /** Asks the process to stop, and gives the exit code. */
  stop(): Promise<number>
}

/** Runs `paceline serve`. */
export function serve(cwd: string, ...argv: readonly string[]): Promise<Running> {
  return runUntilStopped(cwd, ['serve', ...argv, '--port', '0'])
}

/** Runs a command that serves in this process until it is stopped as by a signal. */
export async function runUntilStopped(cwd: string, argv: readonly string[]): Promise<Running> {
  let out = ''
  let err = ''
  const ready = Promise.withResolvers<void>()
  const ended = run(argv, {
    cwd,
    color: false,
    columns: 100,
    out: (text) => {
      out += text
      ready.resolve()
    },
    err: (text) => void (err += text),
    open: async () => undefined,
  })
  let code: number | undefined
  const over = ended.then((ended) => void (code = ended))
  const stop = async (): Promise<number> => {
    if (code === undefined) process.emit('SIGTERM')
    return ended
  }
  onTestFinished(async () => void (await stop()))
  await Promise.race([ready.promise, over])
  const url = out.startsWith('{') ? (JSON.parse(out) as { url: string }).url : out.trim()
  return { url, out: () => out, err: () => err, stop }
}
