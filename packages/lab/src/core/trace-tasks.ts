import type { Interval } from './interval.ts'

/** One event of Chromium's Trace Event Format, as `Tracing.dataCollected` brings it. */
export interface TraceEvent {
  readonly name: string
  readonly cat: string
  /** `X`: begins at `ts` and takes `dur`. */
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** µs of a monotonic clock; 0 of metadata. */
  readonly ts: number
  /** µs. */
  readonly dur?: number
  readonly args?: {
    readonly frame?: string
    readonly data?: { readonly documentLoaderURL?: string }
  }
}

/** Where the tasks of a document are, and when its time began. */
export interface TracedDocument {
  readonly pid: number
  readonly tid: number
  /** µs of the trace's clock. */
  readonly origin: number
}

/** Without these a trace says nothing of tasks: `RunTask` (in the first since Chromium 156 at the latest, in the second before), and `navigationStart`. */
export const TASK_CATEGORIES: readonly string[] = [
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-lighthouse',
  'blink.user_timing',
]

/** A task is long from here on, µs. */
const LONG = 50_000

/**
 * The document that a frame went to last. `navigationStart` is written by the main thread of the renderer that loads it, so that process and
 * thread are known without their names.
 *
 * @param frame id of the main frame, as the DevTools protocol calls it
 */
export function findDocument(events: readonly TraceEvent[], frame: string): TracedDocument | undefined {
  let found: TracedDocument | undefined
  for (const { name, ts, pid, tid, args } of events) {
    if (name !== 'navigationStart' || args?.frame !== frame) continue
    // The empty page that every tab begins with has one, too.
    if (!/^https?:/.test(args.data?.documentLoaderURL ?? '')) continue
    if (found === undefined || ts > found.origin) found = { pid, tid, origin: ts }
  }
  return found
}

/** Whether a trace has tasks of a document at all: none means that it records something else, not that the page did nothing. */
export function hasTasks(events: readonly TraceEvent[], document: TracedDocument): boolean {
  return events.some((event) => isTask(event, document))
}

function isTask({ name, ph, pid, tid }: TraceEvent, document: TracedDocument): boolean {
  return name === 'RunTask' && ph === 'X' && pid === document.pid && tid === document.tid
}

/**
 * The long tasks of a document's main thread, whatever ran in them: script, styles, layout, paint, parsing, collecting garbage. As Lighthouse's
 * `TraceProcessor.getMainThreadTopLevelEvents`, from the same events.
 *
 * @returns ms since the navigation began, in the order of time
 */
export function longTasksIn(events: readonly TraceEvent[], document: TracedDocument): Interval[] {
  const { origin } = document
  const tasks = events
    .filter((event) => isTask(event, document))
    .map(({ ts, dur = 0 }) => ({ from: ts, to: ts + dur, dur }))
    // Of two that begin together the longer one is around the other.
    .sort((a, b) => a.from - b.from || b.dur - a.dur)
  const top: typeof tasks = []
  for (const task of tasks) {
    const last = top.at(-1)
    // A task that waits in a loop of its own (a synchronous request) has tasks in it.
    if (last !== undefined && task.to <= last.to) continue
    // Chromium can end a task in the next one (issues.chromium.org/329678173).
    if (last !== undefined && task.from < last.to) last.to = task.from
    top.push(task)
  }
  return top
    .filter(({ dur }) => dur >= LONG)
    .map(({ from, to }) => ({ start: (from - origin) / 1000, end: (to - origin) / 1000 }))
}

/**
 * What a piece of a trace covers: from its first event to its last.
 *
 * @returns ms since the navigation began; nothing when it has no events
 */
export function coverageOf(events: readonly TraceEvent[], { origin }: TracedDocument): Interval | undefined {
  let from = Infinity
  let to = -Infinity
  for (const { ts, dur = 0 } of events) {
    // Metadata has no time.
    if (ts === 0) continue
    from = Math.min(from, ts)
    to = Math.max(to, ts + dur)
  }
  return from > to ? undefined : { start: (from - origin) / 1000, end: (to - origin) / 1000 }
}

/**
 * Long tasks of a page: those of its traces, and from between and after them those that the page itself has reported.
 *
 * @param traced pieces of a trace
 * @param reported see `longTasksOf`
 * @returns in the order of time
 */
export function mergeTasks(
  traced: readonly { readonly tasks: readonly Interval[]; readonly covers: Interval }[],
  reported: readonly Interval[],
): Interval[] {
  const beside = reported.filter(({ start, end }) => {
    const middle = (start + end) / 2
    return !traced.some(({ covers }) => covers.start <= middle && middle <= covers.end)
  })
  return [...traced.flatMap(({ tasks }) => tasks), ...beside].sort((a, b) => a.start - b.start)
}
