import { spawn, type ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

export interface CommandOptions {
  /** Whether `command` is a line for the shell. @default false */
  readonly shell?: boolean
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Runs a command quietly.
 *
 * @throws with the end of what it printed when it fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  { shell = false, env = process.env }: CommandOptions = {},
): Promise<void> {
  const onWindows = process.platform === 'win32'
  // A group of its own, so that what a package manager starts can be stopped with it.
  const child = spawn(command, args, {
    cwd,
    env,
    shell: shell || onWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !onWindows,
  })
  running.add(child)
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', done)
  }).finally(() => running.delete(child))
  if (code !== 0) throw new Error(output.trim() || `\`${command}\` ended with ${code ?? 'a signal'}`)
}

/** Ends at once what {@link runCommand} has started and what that has started. */
export function stopCommands(): void {
  for (const child of running) {
    try {
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended in the meantime.
    }
  }
}
