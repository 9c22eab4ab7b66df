import type { Ended } from '../lib/run.ts'

/** One thing that `npm run check` looks at. */
export interface Step {
  readonly name: string
  readonly run: () => Promise<Verdict>
}

export interface Verdict {
  readonly passed: boolean
  /** What it said; shown when it failed. */
  readonly output: string
}

/** The verdict of a program: exit code 0 passes. */
export async function byExitCode(ended: Promise<Ended>): Promise<Verdict> {
  const { code, stdout } = await ended
  return {
    passed: code === 0,
    output: code === null ? `${stdout}It did not start or was ended by a signal.\n` : stdout,
  }
}

/** All of several verdicts; passes when every one does and there is one. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  const failed = verdicts.filter(({ passed }) => !passed)
  const output =
    verdicts.length === 0 ? 'There was nothing to check.\n' : failed.map((verdict) => verdict.output).join('')
  return { passed: verdicts.length > 0 && failed.length === 0, output }
}
