import { run } from '../run.ts'

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly opened: readonly string[]
}

/** Runs `paceline` in this process with an io that keeps everything. */
export async function runIn(cwd: string, ...argv: readonly string[]): Promise<Ran> {
  const opened: string[] = []
  let out = ''
  let err = ''
  const code = await run(argv, {
    cwd,
    color: false,
    columns: 100,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    open: async (file) => void opened.push(file),
  })
  return { code, out, err, opened }
}
