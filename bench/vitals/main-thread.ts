/** CPU time of the main thread, milliseconds. */
export interface MainThreadTime {
  /** What is left of compiling when another thread has done the most. */
  readonly compile: number
  /** The first run of the module: observers are made, listeners added. */
  readonly evaluate: number
  /** What browsers call back into it: entries, timers, listeners, whatever those ask the browser for. */
  readonly calls: number
  /** The longest of all these. */
  readonly longest: number
}

/** An event of Chromium's trace. */
export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  /** CPU time of the thread, microseconds. */
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly url?: string } }
}

/** What is recorded for it. */
export const CATEGORIES: readonly string[] = ['devtools.timeline', 'blink.user_timing']

/** Says in the trace which evaluation is that of the program: the event of V8 has no address. */
export const MARK = 'vitals-bench'

/**
 * What a program has cost the main thread of its page: everything that runs in calls of its functions, each millisecond once.
 *
 * @param program part of the address of its file; it ends with `performance.mark(MARK)`
 * @throws {RangeError} when the program did not run
 */
export function mainThreadTime(events: readonly TraceEvent[], program: string): MainThreadTime {
  const mark = events.find(({ name }) => name === MARK)
  if (!mark) throw new RangeError(`\`${program}\` did not run in the page, or not to its end. Look at it in a browser.`)
  const isWithin = ({ ts, dur = 0 }: TraceEvent): boolean => ts <= mark.ts && mark.ts <= ts + dur
  const kindOf = (event: TraceEvent): keyof MainThreadTime | undefined => {
    if (event.name === 'v8.evaluateModule') return isWithin(event) ? 'evaluate' : undefined
    if (event.args?.data?.url?.includes(program) !== true) return undefined
    return event.name === 'v8.compileModule' ? 'compile' : 'calls'
  }
  const time = { compile: 0, evaluate: 0, calls: 0, longest: 0 }
  let end = 0
  const thread = events.filter(({ pid, tid, tdur }) => tdur !== undefined && pid === mark.pid && tid === mark.tid)
  for (const event of thread.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const kind = event.ts < end ? undefined : kindOf(event)
    if (!kind) continue
    end = event.ts + (event.dur ?? 0)
    const ms = event.tdur! / 1000
    time[kind] += ms
    time.longest = Math.max(time.longest, ms)
  }
  return time
}
