import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { join } from 'node:path'
import { npmCommand } from './npm.mjs'
import { root } from './root.mjs'

const running = new Set<ChildProcess>()

/** How a child process ended: `code` is null when a signal ended it or it did not start. */
export interface Ended {
  readonly code: number | null
  /** All that it said, in the order in which it came. */
  readonly stdout: string
  /** Of that, what it said on stderr. */
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Keep stdout and stderr instead of showing them. */
  readonly quiet?: boolean
  /** End it after this long. */
  readonly timeoutMs?: number
}

/** Runs one of the tools in `node_modules/.bin` to its end. */
export function runTool(name: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const windows = process.platform === 'win32'
  // On Windows the tools are .cmd files, which only a shell can run.
  return run(join(root, 'node_modules/.bin', windows ? `${name}.cmd` : name), args, { ...options, shell: windows })
}

/** Runs a script of a workspace to its end. */
export function runScript(workspace: string, script: string, options: RunOptions = {}): Promise<Ended> {
  const { command, prefix, shell } = npmCommand()
  return run(command, [...prefix, 'run', '--silent', script, `--workspace=${workspace}`], { ...options, shell })
}

/** Runs any program to its end; a program that does not exist ends with code null. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = root, env, quiet = false, timeoutMs, shell = false }: RunOptions & { readonly shell?: boolean } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = start(command, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      timeout: timeoutMs,
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      stderr += text
    })
    child.on('error', ({ message }) => resolve({ code: null, stdout: `${stdout}${message}\n`, stderr }))
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** Starts a program that ends with us, whichever way we end. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options)
  running.add(child)
  child.on('close', () => running.delete(child))
  return child
}

process.on('exit', () => {
  for (const child of running) child.kill()
})
for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const) {
  process.on(signal, () => process.exit(code))
}
