import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { BenchApp } from '../apps.ts'

const PACELINE = resolve(import.meta.dirname, '../../../packages/paceline/bin/paceline.js')
const STRATEGIES = ['default', 'planned', 'planned+stable', 'vendor']

/** What `paceline replay --json` says, as far as it is shown. Bytes are brotli, means over routes and deploys. */
export interface ReplayResults {
  readonly range: string
  readonly strategies: readonly ReplayedStrategy[]
  readonly deploys: readonly { readonly commit: string; readonly subject: string }[]
  readonly skipped: readonly { readonly commit: string; readonly subject: string; readonly reason: string }[]
}

interface ReplayedStrategy {
  readonly name: string
  readonly mean: number
  readonly ratio: number
  readonly deltas?: { readonly mean: number; readonly ratio: number }
  readonly firstLoad: { readonly bytes: number; readonly requests: number; readonly ratio: number }
}

/**
 * Replays the commits that the bench has chosen for an app, with the command that users have.
 *
 * @throws {Error} When the app has none, or the command fails.
 */
export async function replayApp({ name, env, replay }: BenchApp, root: string): Promise<ReplayResults> {
  if (replay === undefined) throw new Error(`\`${name}\` has no commits to replay. Add them to bench/chunks/apps.ts.`)
  const install = `node ${JSON.stringify(join(import.meta.dirname, replay.install))}`
  const options = ['--root', root, '--strategies', STRATEGIES.join(','), '--install', install, '--deltas', '--json']
  const output = await run([PACELINE, 'replay', replay.range, ...options], root, env)
  const { range, strategies, deploys, skipped }: ReplayResults = JSON.parse(output)
  return {
    range,
    strategies: strategies.map(({ name, mean, ratio, deltas, firstLoad }) => ({
      name,
      mean,
      ratio,
      ...(deltas !== undefined && { deltas }),
      firstLoad,
    })),
    deploys: deploys.map(({ commit, subject }) => ({ commit, subject })),
    skipped: skipped.map(({ commit, subject, reason }) => ({ commit, subject, reason: reason.split('\n')[0] ?? '' })),
  }
}

/** Standard output of a command; what it says on the way goes to the terminal. */
function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`\`paceline replay\` fails; exit code ${code}. Its reason stands above.\n${output}`))
    })
  })
}
