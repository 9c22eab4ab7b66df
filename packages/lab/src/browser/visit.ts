import type { BrowserContext } from 'playwright-core'
import { interactiveTime } from '../core/interactive-time.ts'
import { longTasksOf } from '../core/long-tasks.ts'
import { blockingTime, interactionLatency, layoutShift } from '../core/page-metrics.ts'
import type { Profile } from '../core/profiles.ts'
import { labError } from '../errors.ts'
import { pause } from './bounded.ts'
import type { Observed } from './observe-page.ts'
import { openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import type { FrameScript } from './observe-page.ts'
import type { RequestRecord } from './requests.ts'
import { runFlow } from './run-flow.ts'
import type { Flow } from './run-flow.ts'

/** How often a page is asked whether it is quiet: each question is a task of a few tenths of a millisecond. */
const LOOK_MS = 400

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
  readonly longTasks: readonly { readonly start: number; readonly end: number }[]
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
  /** Is called with the page before it is opened and after: traces, films. */
  readonly around?: ((page: OpenPage, visit: () => Promise<void>) => Promise<void>) | undefined
}

/**
 * Visits a page in a context until it has been quiet for five seconds.
 *
 * @throws `PACELINE_LAB_*`, within the time given
 */
export async function visit(context: BrowserContext, options: VisitOptions): Promise<Visit> {
  const { url, profile, timeout, flow } = options
  const opened = await openPage(context, profile)
  const deadline = Date.now() + timeout
  let result: Visit | undefined
  const work = async (): Promise<void> => {
    await opened.goto(url, timeout)
    const seen = await untilQuiet(opened, url, deadline, timeout)
    if (flow) await Promise.race([runFlow(flow, opened, url, deadline), opened.trouble])
    const after = flow ? ((await opened.read()) ?? seen.observed) : seen.observed
    result = visitOf(opened, seen, after)
  }
  try {
    if (options.around) await options.around(opened, work)
    else await work()
    return result!
  } finally {
    await opened.close()
  }
}

interface Quiet {
  readonly observed: Observed
  readonly tti: number | undefined
  readonly unquiet?: string
}

async function untilQuiet(opened: OpenPage, url: string, deadline: number, timeout: number): Promise<Quiet> {
  const seconds = Math.round(timeout / 1000)
  let last: Observed | undefined
  for (;;) {
    const observed = await Promise.race([opened.read(), opened.trouble])
    last = observed ?? last
    if (observed?.fcp !== undefined && observed.domContentLoaded > 0) {
      const requests = opened.requests.since(observed.origin).filter(({ method }) => method === 'GET')
      const { fcp, domContentLoaded, now } = observed
      const longTasks = longTasksOf(observed.longTasks, observed.renderings)
      const tti = interactiveTime({ fcp, domContentLoaded, longTasks, requests, until: now })
      if (tti !== undefined) return { observed, tti }
    }
    if (Date.now() > deadline) break
    await Promise.race([pause(LOOK_MS), opened.trouble])
  }
  if (last?.fcp === undefined) {
    throw labError('PACELINE_LAB_BLANK', [url, seconds, whyBlank(opened)])
  }
  return { observed: last, tti: undefined, unquiet: whyNotQuiet(opened, last, seconds) }
}

function whyBlank({ errors, requests }: OpenPage): string {
  const [threw] = errors
  if (threw !== undefined) return `its script threw "${threw}"`
  const missing = requests.since(0).find(({ status = 0, failed }) => status >= 400 || failed !== undefined)
  if (missing === undefined) return 'nothing was thrown'
  return `${missing.url} could not be had (${missing.status ?? missing.failed})`
}

function whyNotQuiet(opened: OpenPage, { origin, longTasks, renderings }: Observed, seconds: number): string {
  const open = opened.requests.since(origin).filter(({ end }) => end === Infinity)
  const task = longTasksOf(longTasks, renderings).at(-1)
  const parts = [
    ...(open.length > 0 ? [`${open.length} requests are under way, ${open[0]!.url} among them`] : []),
    ...(task ? [`its last long task ended ${Math.round(task.end)} ms after the start`] : []),
  ]
  return `not quiet within ${seconds} s: ${parts.join('; ') || 'requests follow one another'}`
}

function visitOf(opened: OpenPage, { observed, tti, unquiet }: Quiet, after: Observed): Visit {
  const { fcp = 0, lcp } = observed
  const inp = interactionLatency(after.interactions)
  const longTasks = longTasksOf(observed.longTasks, observed.renderings)
  return {
    origin: observed.origin,
    metrics: {
      ttfb: observed.ttfb,
      fcp,
      ...(lcp === undefined ? {} : { lcp }),
      cls: layoutShift(after.shifts),
      ...(tti === undefined ? {} : { tti, tbt: blockingTime(longTasks, fcp, tti) }),
      ...(inp === undefined ? {} : { inp }),
    },
    requests: opened.requests.since(observed.origin),
    longTasks: longTasksOf(after.longTasks, after.renderings),
    scripts: after.scripts,
    lcpElement: observed.lcpElement,
    finalUrl: opened.page.url(),
    controlled: after.controlled,
    ...(unquiet === undefined ? {} : { unquiet }),
    errors: opened.errors,
  }
}
