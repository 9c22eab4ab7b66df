import { progressLine, progressNote } from './progress-line.ts'
import type { Progress } from './work-log.ts'

/** Where progress is shown. */
export interface ProgressOutput {
  /** A terminal, when there is one that may be drawn on. */
  readonly terminal: { readonly columns?: number; write(text: string): unknown } | undefined
  /** Takes a line now and then where there is none. */
  readonly note: (line: string) => void
}

/** Shorter work needs no progress. */
const FIRST_AFTER = 1000
const REDRAWN_EVERY = 100
const NOTED_EVERY = 10_000
/** Back to the first column, and clear to the end of the line. */
const ERASE = '\r\u001B[K'

/**
 * Shows how far work is until it is stopped: on a terminal one line, drawn anew and taken away at the end, elsewhere a line every ten seconds. Its
 * timer keeps no process alive.
 *
 * @returns stops it: before anything else is written
 */
export function watchProgress(progress: () => Progress, { terminal, note }: ProgressOutput): () => void {
  let isDrawn = false
  let noted = 0
  const timer = setInterval(() => {
    const now = progress()
    if (now.elapsed < FIRST_AFTER) return
    if (terminal) {
      isDrawn = true
      // Some terminals say that they have no columns.
      terminal.write(ERASE + progressLine(now, terminal.columns || 80))
    } else if (now.elapsed >= noted + NOTED_EVERY) {
      noted = now.elapsed
      note(progressNote(now))
    }
  }, REDRAWN_EVERY)
  timer.unref()
  return () => {
    clearInterval(timer)
    if (isDrawn) terminal?.write(ERASE)
    isDrawn = false
  }
}
