import type { CDPSession } from 'playwright-core'
import type { Interval } from '../core/interval.ts'
import { coverageOf, findDocument, hasTasks, longTasksIn, mergeTasks, TASK_CATEGORIES } from '../core/trace-tasks.ts'
import type { TraceEvent } from '../core/trace-tasks.ts'
import { labError } from '../errors.ts'
import { bounded } from './bounded.ts'

const END_MS = 15_000

/** What is recorded beside tasks, for people to look at. */
export interface TraceRecording {
  /** Of Chromium's tracing. */
  readonly categories: readonly string[]
  /** Is given all events when the visit is over. */
  keep(events: readonly TraceEvent[]): void
}

/** Chromium's trace of what a page's main thread does. There can be one at a time in a browser. */
export interface TaskTrace {
  /** Begins to record, or goes on. @throws `PACELINE_LAB_TRACE` */
  start(): Promise<void>
  /** Ends recording, so that its tasks are known: Chromium tells nothing before. @throws `PACELINE_LAB_TRACE` */
  stop(): Promise<void>
  /**
   * All long tasks, ms since the navigation began.
   *
   * @param reported what the page itself says, for the time that was not recorded
   */
  longTasks(reported: readonly Interval[]): Interval[]
  /** All that was recorded. */
  events(): TraceEvent[]
  /** Ends recording, whatever becomes of it: the next visit of this browser needs it. */
  discard(): Promise<void>
}

/**
 * Prepares a trace of the page of a session.
 *
 * The page could report its own tasks, but the Long Tasks API has only those in which a script ran, and the Long Animation Frames API not all of the
 * others: parsing a stylesheet is in neither, and of seven frames that were styles, layout and paint alone two were not. Lighthouse takes the trace, too.
 */
export async function traceTasks(session: CDPSession, recording?: TraceRecording): Promise<TaskTrace> {
  const { frameTree } = await session.send('Page.getFrameTree')
  const included = [...new Set([...TASK_CATEGORIES, ...(recording?.categories ?? [])])]
  const pieces: TraceEvent[][] = []
  let running = false
  const ended = async (): Promise<void> => {
    const piece: TraceEvent[] = []
    const collect = ({ value }: { readonly value: readonly object[] }): void => {
      for (const event of value) piece.push(event as TraceEvent)
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    session.on('Tracing.dataCollected', collect)
    session.once('Tracing.tracingComplete', ({ dataLossOccurred }) => {
      if (dataLossOccurred) reject(new Error('the page did so much that the trace overflowed'))
      else resolve()
    })
    try {
      await session.send('Tracing.end')
      await promise
      pieces.push(piece)
    } finally {
      session.off('Tracing.dataCollected', collect)
    }
  }
  return {
    async start() {
      if (running) return
      await session
        .send('Tracing.start', {
          transferMode: 'ReportEvents',
          traceConfig: { recordMode: 'recordUntilFull', includedCategories: included, excludedCategories: ['*'] },
        })
        .catch(refuse)
      running = true
    },
    async stop() {
      if (!running) return
      running = false
      await bounded(ended(), END_MS).catch(refuse)
    },
    longTasks(reported) {
      if (pieces.length === 0) return [...reported]
      const all = pieces.flat()
      const document = findDocument(all, frameTree.frame.id)
      if (document === undefined) refuse(new Error('a trace in which the page was never opened'))
      if (!hasTasks(all, document)) refuse(new Error('a trace without tasks'))
      const traced = pieces.flatMap((piece) => {
        const covers = coverageOf(piece, document)
        return covers === undefined ? [] : [{ tasks: longTasksIn(piece, document), covers }]
      })
      return mergeTasks(traced, reported)
    },
    events: () => pieces.flat(),
    async discard() {
      if (!running) return
      running = false
      await bounded(session.send('Tracing.end'), END_MS).catch(() => undefined)
    },
  }
}

function refuse(cause: unknown): never {
  const message = cause instanceof Error ? cause.message : String(cause)
  throw labError('PACELINE_LAB_TRACE', [message.split('\n')[0] ?? ''], { cause })
}
