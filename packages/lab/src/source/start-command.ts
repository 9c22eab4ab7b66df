import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bounded } from '../browser/bounded.ts'
import { labError } from '../errors.ts'

const START_MS = 60_000
const STOP_MS = 5000

interface StartedCommand {
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts a server that prints its address, in a process group of its own, so that what a package manager starts ends with it.
 *
 * @throws `PACELINE_LAB_SERVE`
 */
export async function startCommand(command: string, cwd: string): Promise<StartedCommand> {
  const onWindows = process.platform === 'win32'
  const child = spawn(command, { cwd, shell: true, stdio: ['ignore', 'pipe', 'pipe'], detached: !onWindows })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-500)
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (onWindows || child.pid === undefined) child.kill(signal)
      else process.kill(-child.pid, signal)
    } catch {
      // It has ended in the meantime.
    }
  }
  const atExit = (): void => kill('SIGKILL')
  process.once('exit', atExit)
  const close = async (): Promise<void> => {
    process.off('exit', atExit)
    kill('SIGTERM')
    await bounded(ended, STOP_MS).catch(() => kill('SIGKILL'))
  }
  const address = new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /https?:\/\/[^\s"'/]+/.exec(line)?.[0]
      if (url !== undefined) found(url)
    })
    child.once('error', failed)
    child.once('close', (code) => failed(new Error(`it ended with ${code ?? 'a signal'}: ${said.trim()}`)))
  })
  try {
    return { url: await bounded(address, START_MS), close }
  } catch (cause) {
    await close()
    throw labError('PACELINE_LAB_SERVE', [command, cause instanceof Error ? cause.message : String(cause)], { cause })
  }
}
