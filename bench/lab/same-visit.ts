import { setTimeout } from 'node:timers/promises'
import { profileOf } from '@paceline/lab'
import { closeContext, newContext } from '../../packages/lab/src/browser/open-page.ts'
import type { OpenPage } from '../../packages/lab/src/browser/open-page.ts'
import { visit } from '../../packages/lab/src/browser/visit.ts'

/** Lighthouse's own parts, which are not in its public API. */
interface LighthouseParts {
  readonly Interactive: {
    request(data: object, context: object): Promise<{ readonly timing: number }>
  }
  readonly Trace: { getDefaultTraceCategories(): string[] }
}

/** TTI of one visit, ms: what we say of it, and what Lighthouse says of its trace and its DevTools log. Absent: there is none, it says. */
export interface SameVisit {
  readonly ours?: number
  readonly theirs?: number
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

/** ms that the trace goes on after we are done. */
const AFTER_MS = 8000

/**
 * Visits a page once, with a trace, and has its TTI computed by both: what the machine does besides meets both alike, so that what is left is the
 * instruments.
 */
export async function visitOnce(browser: Parameters<typeof newContext>[0], url: string): Promise<SameVisit> {
  const { Interactive, Trace } = await loadParts()
  const profile = profileOf('slow-4g-4x')
  const context = await newContext(browser, { profile, insecure: false })
  const log: Message[] = []
  let traceEvents: object[] = []
  const around = async ({ page, session }: OpenPage, work: () => Promise<void>): Promise<void> => {
    await session.send('Page.enable')
    for (const method of NETWORK) session.on(method, (params: object) => void log.push({ method, params }))
    await browser.startTracing(page, { categories: Trace.getDefaultTraceCategories() })
    try {
      await work()
      // Lighthouse looks for its five quiet seconds inside the trace, up to the last event there.
      await setTimeout(AFTER_MS)
    } finally {
      const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: object[] }
      traceEvents = trace.traceEvents
    }
  }
  try {
    const { metrics } = await visit(context, { url, profile, timeout: 90_000, around })
    const theirs = await Interactive.request(
      {
        trace: { traceEvents },
        devtoolsLog: log,
        gatherContext: { gatherMode: 'navigation' },
        settings: { throttlingMethod: 'devtools' },
        URL: {},
        SourceMaps: [],
        HostDPR: 1,
        simulator: null,
      },
      { computedCache: new Map() },
    ).then(
      ({ timing }) => timing,
      // It says so with an error, as it does of a trace that it cannot read.
      (error: Error) => (error.message.startsWith('NO_TTI') ? undefined : Promise.reject(error)),
    )
    return { ...(metrics.tti === undefined ? {} : { ours: metrics.tti }), ...(theirs === undefined ? {} : { theirs }) }
  } finally {
    await closeContext(context)
  }
}

async function loadParts(): Promise<LighthouseParts> {
  // Installed in bench/ only: their types are not there when the repository is checked.
  const names = [
    'lighthouse/core/computed/metrics/interactive.js',
    'lighthouse/core/gather/gatherers/trace.js',
  ] as const
  const { Interactive } = (await import(names[0])) as Pick<LighthouseParts, 'Interactive'>
  const { default: Trace } = (await import(names[1])) as { readonly default: LighthouseParts['Trace'] }
  return { Interactive, Trace }
}
