import type { PageLimits, VitalsEvent } from '../../src/page-api.ts'

/** One line of the overlay. */
export interface Row {
  readonly name: string
  readonly value: string
  readonly limit: string
  readonly isBroken: boolean
  /** What is behind it. */
  readonly detail: string
}

/** What the overlay knows of the page. */
export interface Model {
  readonly metrics: ReadonlyMap<string, { readonly value: number; readonly detail: string }>
  /** The newest first, at most {@link SHOWN}. */
  readonly operations: readonly { readonly name: string; readonly ms: number; readonly ok: boolean }[]
  readonly done: number
  readonly inTime: number
}

const SHOWN = 5

export const emptyModel: Model = { metrics: new Map(), operations: [], done: 0, inTime: 0 }

/** @param detail what is behind the metric, as the overlay shows it */
export function withEvent(model: Model, event: VitalsEvent, limits: PageLimits, detail: string): Model {
  if (event.type === 'metric') {
    return { ...model, metrics: new Map(model.metrics).set(event.name, { value: event.value, detail }) }
  }
  const { name, ms, ok } = event.operation
  const isInTime = ok && ms <= limits.operations.within
  return {
    ...model,
    operations: [{ name, ms, ok }, ...model.operations].slice(0, SHOWN),
    done: model.done + 1,
    inTime: model.inTime + Number(isInTime),
  }
}

/** The lines of the overlay: vitals in the order in which they come about, then operations. */
export function rowsOf({ metrics, operations, done, inTime }: Model, limits: PageLimits): Row[] {
  const vitals = (['ttfb', 'fcp', 'lcp', 'inp', 'cls', 'tti'] as const).flatMap((name): Row[] => {
    const metric = metrics.get(name)
    const limit = limits[name]
    if (!metric && limit === undefined) return []
    return [
      {
        name: name.toUpperCase(),
        value: metric ? figure(name, metric.value) : '–',
        limit: limit === undefined ? '' : figure(name, limit),
        isBroken: metric !== undefined && limit !== undefined && metric.value > limit,
        detail: metric?.detail ?? '',
      },
    ]
  })
  const { within, compliance } = limits.operations
  const share = done === 0 ? undefined : inTime / done
  const all: Row = {
    name: 'operations',
    value: share === undefined ? '–' : `${Math.round(share * 100)} %`,
    limit: `${Math.round(compliance * 100)} % in ${within} ms`,
    isBroken: share !== undefined && share < compliance,
    detail: `${done} in all`,
  }
  const latest = operations.map(({ name, ms, ok }): Row => ({
    name: `· ${name}`,
    value: `${Math.round(ms)} ms`,
    limit: `${within} ms`,
    isBroken: !ok || ms > within,
    detail: ok ? '' : 'failed',
  }))
  return [...vitals, all, ...latest]
}

function figure(name: string, value: number): string {
  return name === 'cls' ? value.toFixed(3) : `${Math.round(value)} ms`
}

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

/** The module of a script while developing: its path, without what the dev server puts behind it. */
export function moduleOf(url: string | undefined, origin: string): string {
  if (!url) return ''
  const { origin: from, pathname } = new URL(url, origin)
  return from === origin ? pathname.slice(1) : from + pathname
}

/** What the network, the caches and the service worker did, in one sentence. */
export function traffic(entries: readonly PerformanceResourceTiming[]): string {
  const count = (test: (entry: PerformanceResourceTiming) => boolean): number => entries.filter(test).length
  const worker = count(({ workerStart }) => workerStart > 0)
  const cached = count(
    ({ workerStart, transferSize, encodedBodySize }) => !workerStart && !transferSize && encodedBodySize > 0,
  )
  const bytes = entries.reduce((sum, { transferSize }) => sum + transferSize, 0)
  return `${entries.length} requests, ${kilobytes(bytes)} over the network, ${cached} from the cache, ${worker} through the service worker`
}
