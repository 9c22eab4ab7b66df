import { existsSync, writeFileSync } from 'node:fs'
import type { ImageQuestion } from '../image-message.ts'
import { subjectOf } from '../image-message.ts'

type OnMessage = (question: ImageQuestion) => void

/**
 * Imported before the program of the process that encodes: ends it in the midst of work on pictures whose names ask for it, as a crash or the kernel
 * would, or stops it, so that it hangs without dying.
 */
const ends: readonly { readonly name: RegExp; readonly end: () => void }[] = [
  { name: /killed\.jpg$/, end: () => process.kill(process.pid, 'SIGKILL') },
  { name: /exits\.jpg$/, end: () => process.exit(3) },
  { name: /killed-once\.jpg$/, end: () => once('SIGKILL') },
  { name: /hangs\.jpg$/, end: () => process.kill(process.pid, 'SIGSTOP') },
  { name: /hangs-once\.jpg$/, end: () => once('SIGSTOP') },
]

const on = process.on.bind(process) as (event: string, listener: OnMessage) => NodeJS.Process
process.on = ((event: string, listener: OnMessage) =>
  on(event, event === 'message' ? withEnds(listener) : listener)) as typeof process.on

function withEnds(listener: OnMessage): OnMessage {
  return (question) => {
    listener(question)
    ends.find(({ name }) => name.test(subjectOf(question.work).file))?.end()
  }
}

/** The file that this variable names is there once it has happened. */
function once(signal: NodeJS.Signals): void {
  const mark = process.env['PACELINE_TEST_ENDED']!
  if (existsSync(mark)) return
  writeFileSync(mark, '')
  process.kill(process.pid, signal)
}
