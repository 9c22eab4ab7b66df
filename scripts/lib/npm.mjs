import { spawn } from 'node:child_process'
import { delimiter, sep } from 'node:path'

const SPOKEN_STDERR = 64 * 1024

/**
 * How to call npm: the one that started us when there is one, so that no second npm version gets at the lockfile.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, prefix: string[], shell: boolean }}
 */
export function npmCommand(env = process.env) {
  const cli = env['npm_execpath']
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli))
    return { command: process.execPath, prefix: [cli], shell: false }
  // On Windows npm is a .cmd file, which only a shell can run.
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' }
}

/**
 * The environment without the `node_modules/.bin` folders that npm puts in front: an installation must not run on
 * the Node it is about to replace.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutLocalBins(env) {
  const entries = Object.entries(env).map(([name, value]) => {
    if (name.toUpperCase() !== 'PATH' || value === undefined) return [name, value]
    const kept = value.split(delimiter).filter((folder) => !folder.endsWith(`node_modules${sep}.bin`))
    return [name, kept.join(delimiter)]
  })
  return Object.fromEntries(entries)
}

/**
 * Runs npm with its output shown, and keeps the end of what it said on stderr for the explanation of a failure.
 *
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {(pid: number) => void} options.onStart
 * @param {(seconds: number) => void} options.tick Called every ten seconds.
 * @returns {Promise<{ exitCode: number | null, stderr: string }>}
 */
export function runNpm(args, { cwd, onStart, tick }) {
  const { command, prefix, shell } = npmCommand()
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd,
      shell,
      env: withoutLocalBins(process.env),
      stdio: ['ignore', 'inherit', 'pipe'],
    })
    if (child.pid !== undefined) onStart(child.pid)
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      process.stderr.write(text)
      stderr = (stderr + text).slice(-SPOKEN_STDERR)
    })
    const started = Date.now()
    const timer = setInterval(() => tick(Math.round((Date.now() - started) / 1000)), 10_000)
    child.on('error', (error) => {
      clearInterval(timer)
      reject(error)
    })
    child.on('close', (exitCode) => {
      clearInterval(timer)
      resolve({ exitCode, stderr })
    })
  })
}
