import { createInterface } from 'node:readline/promises'
import pc from 'picocolors'
import type { Io } from './io.ts'
import { run } from './run.ts'

/** The process around `run`: streams that may be closed early, and the exit code. */
export async function main(): Promise<void> {
  // `paceline diff | head` closes the pipe when it has seen enough: no reason to crash, nor to change the verdict.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  const io: Io = {
    cwd: process.cwd(),
    // picocolors takes CI for a terminal; a result in a pipe is plain unless somebody asks for colours.
    color: pc.isColorSupported && (process.stdout.isTTY === true || Boolean(process.env.FORCE_COLOR)),
    columns: process.stdout.columns,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async open(file) {
      const { default: open } = await import('open')
      await open(file)
    },
    ...(process.stdin.isTTY && process.stdout.isTTY && { confirm }),
  }
  const code = await run(process.argv.slice(2), io)
  // A plugin of the config may have left something running. Exiting before the pipe took everything would cut it off.
  process.exitCode = code
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    // Ctrl-D and Ctrl-C close it without an answer.
    const closed = new Promise<string>((done) => terminal.once('close', () => done('')))
    const answer = await Promise.race([terminal.question(`${question} (y/N) `), closed])
    return /^y(?:es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
