import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Usage } from '../lib/usage.ts'

/** An entry of size-limit's configuration. */
export interface SizeCheck {
  readonly name: string
  readonly path: string
  readonly limit: string
  readonly gzip?: boolean
}

export interface SizeLimitRun {
  readonly usage: Usage
  /** Bytes by the name of the entry. */
  readonly sizes: ReadonlyMap<string, number>
}

const COMMAND = fileURLToPath(new URL('../node_modules/size-limit/bin.js', import.meta.url))
const REPORT_USAGE = new URL('report-usage.ts', import.meta.url).href

/** What a team has in `.size-limit.json`. The limits are such that everything passes: exit code 1 would be an overrun. */
export function usualChecks(dist: string): readonly SizeCheck[] {
  return [
    { name: 'JavaScript', path: join(dist, 'assets/*.js'), limit: '100 MB' },
    { name: 'CSS', path: join(dist, 'assets/*.css'), limit: '100 MB' },
  ]
}

/**
 * Runs size-limit in a process of its own.
 *
 * @param folder where its package.json goes
 * @throws {Error} When it fails.
 */
export async function runSizeLimit(folder: string, checks: readonly SizeCheck[]): Promise<SizeLimitRun> {
  mkdirSync(folder, { recursive: true })
  const manifest = { devDependencies: { '@size-limit/file': '*' }, 'size-limit': checks }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const file = join(folder, 'usage.json')
  const started = performance.now()
  const output = await run(folder, file)
  const wall = performance.now() - started
  const usage: Usage = JSON.parse(readFileSync(file, 'utf8'))
  const results = JSON.parse(output) as readonly { readonly name: string; readonly size: number }[]
  return { usage: { ...usage, wall }, sizes: new Map(results.map(({ name, size }) => [name, size])) }
}

function run(cwd: string, usage: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', REPORT_USAGE, COMMAND, '--json'], {
      cwd,
      env: { ...process.env, BENCH_USAGE: usage, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`size-limit does not run; exit code ${code}.\n${output}${errors}`))
    })
  })
}
