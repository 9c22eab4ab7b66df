import { stripVTControlCharacters } from 'node:util'
import { npmCommand } from '../../scripts/lib/npm.mjs'
import { run } from '../../scripts/lib/run.ts'
import type { Ended } from '../../scripts/lib/run.ts'
import { userEnvironment } from './install-app.ts'

/** Lines that tell of something wrong, whoever says it: Paceline, Vite, the bundler or Node. */
const WARNING = /\bwarn|deprecat|⚠|✗|\(!\)|\bfail|\berror\b/i

/** Rolldown's lines about slow callbacks: other plugins are slow on a busy machine, ours have them left out when nobody else is in them. */
const TIMINGS = /^\[PLUGIN_TIMINGS\][\s\S]*?#bundlertimings for more details\.$/gm
const OTHERS = /^ {2}- (?!plugin paceline)/m

/** Runs `npm run build` of an app. */
export function runBuild(root: string): Promise<Ended> {
  return npmRun(['run', '--silent', 'build'], root)
}

/** Runs the installed `paceline` of an app. */
export function runPaceline(root: string, ...args: string[]): Promise<Ended> {
  return npmRun(['exec', '--silent', '--no', '--', 'paceline', ...args], root)
}

function npmRun(words: readonly string[], cwd: string): Promise<Ended> {
  const { command, prefix, shell } = npmCommand()
  return run(command, [...prefix, ...words], { cwd, quiet: true, shell, env: userEnvironment() })
}

/** How a program ended, for a test: `{ code: 0, warnings: [] }` is how it should; all that it said is beside any other code. */
export interface Outcome {
  readonly code: number | null
  /** What its user has to read twice: all of stderr, and lines of stdout that warn. */
  readonly warnings: readonly string[]
  readonly said?: string
}

export function outcomeOf(ended: Ended): Outcome {
  const { code } = ended
  // Some colour their lines whatever NO_COLOR says.
  const [stdout, stderr] = [stripVTControlCharacters(ended.stdout), stripVTControlCharacters(ended.stderr)]
  const suspicious = stdout.split('\n').filter((line) => WARNING.test(line) && !stderr.includes(line))
  const about = stderr.replaceAll(TIMINGS, (timings) => (OTHERS.test(timings) ? '' : timings))
  const warnings = [...about.split('\n'), ...suspicious].filter((line) => line.trim() !== '')
  return code === 0 ? { code, warnings } : { code, warnings, said: stdout }
}
