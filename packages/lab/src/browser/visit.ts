import type { BrowserContext } from 'playwright-core'
import { interactiveTime } from '../core/interactive-time.ts'
import type { Interval } from '../core/interval.ts'
import { longTasksOf } from '../core/long-tasks.ts'
import { blockingTime, interactionLatency, layoutShift } from '../core/page-metrics.ts'
import type { Profile } from '../core/profiles.ts'
import { labError } from '../errors.ts'
import { pause } from './bounded.ts'
import type { Observed } from './observe-page.ts'
import { assertArrived, openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import type { FrameScript } from './observe-page.ts'
import type { RequestRecord } from './requests.ts'
import { runFlow } from './run-flow.ts'
import type { Flow } from './run-flow.ts'
import { traceTasks } from './task-trace.ts'
import type { TaskTrace, TraceRecording } from './task-trace.ts'
import { watchInteractions } from './watch-interactions.ts'
import { whileServed } from './while-served.ts'

/** How often a page is asked whether it is quiet: each question is a task of a few tenths of a millisecond. */
const LOOK_MS = 400

/** A page may go on to another, or load itself anew for a new service worker; who has had more without coming to rest goes on for ever. */
const MOST_DOCUMENTS = 3

/** Figures of one visit, ms; `cls` without a unit. Absent: not known, or not of this page. */
export interface VisitMetrics {
  readonly ttfb: number
  readonly fcp: number
  readonly lcp?: number
  readonly cls: number
  readonly tbt?: number
  readonly tti?: number
  readonly inp?: number
}

export interface Visit {
  /** When it began, ms since the epoch. */
  readonly origin: number
  readonly metrics: VisitMetrics
  readonly requests: readonly RequestRecord[]
  /** Of the main thread: by Chromium's trace until the page was quiet, what the page has seen of itself afterwards. */
  readonly longTasks: readonly Interval[]
  /** What ran in frames that took long. */
  readonly scripts: readonly FrameScript[]
  readonly lcpElement: string | undefined
  /** Where redirects led. */
  readonly finalUrl: string
  /** By a service worker. */
  readonly controlled: boolean
  /** Why TTI is not known. */
  readonly unquiet?: string
  /** What the page's scripts threw. */
  readonly errors: readonly string[]
}

export interface VisitOptions {
  readonly url: string
  readonly profile: Profile
  /** ms for all of it. */
  readonly timeout: number
  /** What a user does there, after the page has loaded. */
  readonly flow?: Flow | undefined
  /** Is called with the page before it is opened and after: films. */
  readonly around?: ((page: OpenPage, visit: () => Promise<void>) => Promise<void>) | undefined
  /** A trace of all of the visit. @default no more is recorded than what tells tasks, and until the page is quiet */
  readonly recording?: TraceRecording | undefined
}

/**
 * Visits a page in a context until it has been quiet for five seconds.
 *
 * @throws `PACELINE_LAB_*`, within the time given
 */
export async function visit(context: BrowserContext, options: VisitOptions): Promise<Visit> {
  const { url, profile, timeout, flow, recording } = options
  const opened = await openPage(context, profile)
  const deadline = Date.now() + timeout
  let trace: TaskTrace | undefined
  let result: Visit | undefined
  const work = async (): Promise<void> => {
    const interactions = flow && (await watchInteractions(opened.page, new URL(url).origin))
    trace = await traceTasks(opened.session, recording)
    await trace.start()
    await opened.goto(url, timeout)
    const seen = await untilQuiet(opened, trace, { url, deadline, timeout })
    if (flow) {
      if (recording) await trace.start()
      await Promise.race([runFlow(flow, opened, url, deadline), opened.trouble])
      await trace.stop()
    }
    const after = flow ? ((await opened.read()) ?? seen.observed) : seen.observed
    result = visitOf(opened, trace, seen, { observed: after, interactions: interactions?.() ?? [] })
    recording?.keep(trace.events())
  }
  try {
    await whileServed(opened, url, () => (options.around ? options.around(opened, work) : work()))
    return result!
  } finally {
    await trace?.discard()
    await opened.close()
  }
}

interface Quiet {
  readonly observed: Observed
  readonly longTasks: readonly Interval[]
  readonly tti: number | undefined
  readonly unquiet?: string
}

interface Waiting {
  readonly url: string
  /** `Date.now()` at which to give up. */
  readonly deadline: number
  /** ms of which that is the end. */
  readonly timeout: number
}

/**
 * Waits for five quiet seconds. What the page sees of its own tasks says when it is worth it to end the trace; what the trace has says whether they are
 * over, and when they began.
 */
async function untilQuiet(opened: OpenPage, trace: TaskTrace, { url, deadline, timeout }: Waiting): Promise<Quiet> {
  const seconds = Math.round(timeout / 1000)
  let last: Observed | undefined
  for (;;) {
    const observed = await Promise.race([opened.read(), opened.trouble])
    assertArrived(opened.page, url)
    last = observed ?? last
    if (observed !== undefined && timeOf(opened, trace, observed) !== undefined) {
      await Promise.race([trace.stop(), opened.trouble])
      const tti = timeOf(opened, trace, observed)
      if (tti !== undefined) return { observed, longTasks: tasksOf(trace, observed), tti }
      // A task that the page did not see. The time until the trace goes on is told by the page.
      await trace.start()
    }
    if (Date.now() > deadline) break
    await Promise.race([pause(LOOK_MS), opened.trouble])
  }
  // Whatever it shows is gone in a moment: none of its documents is the page that was asked for.
  if (opened.documents() > MOST_DOCUMENTS) {
    throw labError('PACELINE_LAB_RELOADS', [url, opened.documents(), seconds])
  }
  if (last?.fcp === undefined) {
    throw labError('PACELINE_LAB_BLANK', [url, seconds, whyBlank(opened)])
  }
  await Promise.race([trace.stop(), opened.trouble])
  const longTasks = tasksOf(trace, last)
  return { observed: last, longTasks, tti: undefined, unquiet: whyNotQuiet(opened, last, longTasks, seconds) }
}

/** TTI by what is known now. */
function timeOf(opened: OpenPage, trace: TaskTrace, observed: Observed): number | undefined {
  const { fcp, domContentLoaded, now, origin } = observed
  if (fcp === undefined || domContentLoaded === 0) return undefined
  const requests = opened.requests.since(origin).filter(keepsBusy)
  return interactiveTime({ fcp, domContentLoaded, longTasks: tasksOf(trace, observed), requests, until: now })
}

function tasksOf(trace: TaskTrace, { longTasks, renderings }: Observed): Interval[] {
  return trace.longTasks(longTasksOf(longTasks, renderings))
}

/** One that failed does not count, as in Lighthouse; one that goes on does: there it is forgotten. */
function keepsBusy({ method, failed, status = 0 }: RequestRecord): boolean {
  return method === 'GET' && failed === undefined && status < 400
}

function whyBlank({ errors, requests }: OpenPage): string {
  const [threw] = errors
  if (threw !== undefined) return `its script threw "${threw}"`
  const missing = requests.since(0).find(({ status = 0, failed }) => status >= 400 || failed !== undefined)
  if (missing === undefined) return 'nothing was thrown'
  return `${missing.url} could not be had (${missing.status ?? missing.failed})`
}

function whyNotQuiet(opened: OpenPage, { origin }: Observed, longTasks: readonly Interval[], seconds: number): string {
  const open = opened.requests.since(origin).filter(({ end }) => end === Infinity)
  // Of a page that loads itself anew: tasks before it are not of this document.
  const task = longTasks.findLast(({ end }) => end > 0)
  const parts = [
    ...(open.length > 0 ? [`${open.length} requests are under way, ${open[0]!.url} among them`] : []),
    ...(task ? [`its last long task ended ${Math.round(task.end)} ms after the start`] : []),
  ]
  return `not quiet within ${seconds} s: ${parts.join('; ') || 'requests follow one another'}`
}

/** What is known when the script has run. */
interface AfterFlow {
  /** Of the document where it ended. */
  readonly observed: Observed
  /** ms, by document. */
  readonly interactions: readonly (readonly number[])[]
}

function visitOf(
  opened: OpenPage,
  trace: TaskTrace,
  { observed, longTasks, tti, unquiet }: Quiet,
  { observed: after, interactions }: AfterFlow,
): Visit {
  const { fcp = 0, lcp } = observed
  // Of each document, as its visitors are told: the slowest has to hold the limit.
  const latencies = interactions.map((one) => interactionLatency(one) ?? 0)
  // A script may have gone on to another document, whose time has a beginning of its own.
  const isSame = after.origin === observed.origin
  return {
    origin: observed.origin,
    metrics: {
      ttfb: observed.ttfb,
      fcp,
      ...(lcp === undefined ? {} : { lcp }),
      cls: layoutShift(after.shifts),
      ...(tti === undefined ? {} : { tti, tbt: blockingTime(longTasks, fcp, tti) }),
      ...(latencies.length === 0 ? {} : { inp: Math.max(...latencies) }),
    },
    requests: opened.requests.since(observed.origin),
    longTasks: isSame ? tasksOf(trace, after) : longTasksOf(after.longTasks, after.renderings),
    scripts: after.scripts,
    lcpElement: observed.lcpElement,
    finalUrl: opened.page.url(),
    controlled: after.controlled,
    ...(unquiet === undefined ? {} : { unquiet }),
    errors: opened.errors,
  }
}
