import { execFile } from 'node:child_process'
import { command } from '../delivery/served-with-paceline.ts'

/** What the command `paceline` ended with. */
export interface Ended {
  /** −1: a signal ended it. */
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command `paceline` to its end. */
export function paceline(cwd: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    )
  })
}
