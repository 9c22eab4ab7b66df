import { setTimeout } from 'node:timers/promises'
import { profileOf } from '@paceline/lab'
import type { VisitMetrics } from '@paceline/lab'
import { closeContext, newContext } from '../../packages/lab/src/browser/open-page.ts'
import type { OpenPage } from '../../packages/lab/src/browser/open-page.ts'
import { visit } from '../../packages/lab/src/browser/visit.ts'

/** Lighthouse's own parts, which are not in its public API. */
interface LighthouseParts {
  readonly Interactive: LighthouseMetric
  readonly TotalBlockingTime: LighthouseMetric
  readonly Trace: { getDefaultTraceCategories(): string[] }
}

interface LighthouseMetric {
  request(data: object, context: object): Promise<{ readonly timing: number }>
}

/** TTI and TBT of one visit, ms: what we say of it, and what Lighthouse says of its trace and its DevTools log. Absent: there is none, it says. */
export interface SameVisit {
  readonly ours?: number
  readonly theirs?: number
  readonly blocking: { readonly ours?: number; readonly theirs?: number }
}

interface Message {
  readonly method: string
  readonly params: object
}

const NETWORK = [
  'Network.requestWillBeSent',
  'Network.requestServedFromCache',
  'Network.responseReceived',
  'Network.responseReceivedExtraInfo',
  'Network.dataReceived',
  'Network.loadingFinished',
  'Network.loadingFailed',
  'Network.resourceChangedPriority',
  'Page.frameNavigated',
] as const

/** ms that the trace goes on after we are done: Lighthouse looks for its five quiet seconds inside the trace, up to the last event there. */
const AFTER_MS = 3000

/**
 * Visits a page once, with a trace, and has its TTI computed by both: what the machine does besides meets both alike, so that what is left is the
 * instruments.
 */
export async function visitOnce(browser: Parameters<typeof newContext>[0], url: string): Promise<SameVisit> {
  const { Interactive, TotalBlockingTime, Trace } = await loadParts()
  const profile = profileOf('slow-4g-4x')
  const context = await newContext(browser, { profile, insecure: false })
  const log: Message[] = []
  let traceEvents: readonly object[] = []
  const around = async ({ session }: OpenPage, work: () => Promise<void>): Promise<void> => {
    await session.send('Page.enable')
    for (const method of NETWORK) session.on(method, (params: object) => void log.push({ method, params }))
    await work()
  }
  // `-*` leaves out what is recorded by default: we do so in another way.
  const categories = Trace.getDefaultTraceCategories().filter((category) => category !== '-*')
  const recording = { categories, keep: (events: readonly object[]) => void (traceEvents = events) }
  try {
    const flow = async (): Promise<void> => setTimeout(AFTER_MS)
    const { metrics } = await visit(context, { url, profile, timeout: 90_000, around, recording, flow })
    const data = {
      trace: { traceEvents },
      devtoolsLog: log,
      gatherContext: { gatherMode: 'navigation' },
      settings: { throttlingMethod: 'devtools' },
      URL: {},
      SourceMaps: [],
      HostDPR: 1,
      simulator: null,
    }
    const theirs = await timingOf(Interactive, data)
    const blocking = theirs === undefined ? undefined : await timingOf(TotalBlockingTime, data)
    return { ...pairOf(metrics.tti, theirs), blocking: pairOf(metrics.tbt, blocking) }
  } finally {
    await closeContext(context)
  }
}

function pairOf(ours: VisitMetrics['tti'], theirs: number | undefined): SameVisit['blocking'] {
  return { ...(ours === undefined ? {} : { ours }), ...(theirs === undefined ? {} : { theirs }) }
}

async function timingOf(metric: LighthouseMetric, data: object): Promise<number | undefined> {
  return metric.request(data, { computedCache: new Map() }).then(
    ({ timing }) => timing,
    // It says that there is none with an error, as it does of a trace that it cannot read.
    (error: Error) => (error.message.startsWith('NO_TTI') ? undefined : Promise.reject(error)),
  )
}

async function loadParts(): Promise<LighthouseParts> {
  // Installed in bench/ only: their types are not there when the repository is checked.
  const names = [
    'lighthouse/core/computed/metrics/interactive.js',
    'lighthouse/core/computed/metrics/total-blocking-time.js',
    'lighthouse/core/gather/gatherers/trace.js',
  ] as const
  const { Interactive } = (await import(names[0])) as Pick<LighthouseParts, 'Interactive'>
  const { TotalBlockingTime } = (await import(names[1])) as Pick<LighthouseParts, 'TotalBlockingTime'>
  const { default: Trace } = (await import(names[2])) as { readonly default: LighthouseParts['Trace'] }
  return { Interactive, TotalBlockingTime, Trace }
}
