import { observe } from './browser.ts'
import { busyUntil } from './busy-until.ts'
import { changed, life } from './delivery.ts'
import { publish } from './listeners.ts'

/** The page is interactive when for this long there was no long task and the network was quiet. */
const WINDOW = 5000
/** Requests that are remembered. */
const REMEMBERED = 200
/** A page that never rests has no figure. */
const LATEST = 60_000

/**
 * Time to Interactive as Lighthouse defines it, seen from inside: the end of the last long task before five quiet seconds, at least FCP and the end of
 * the document. It is a figure of those who stayed until then: who left first, perhaps because of it, is not in it. Requests that have not ended
 * are not seen.
 */
export function observeTti(): void {
  let lastTask = 0
  const requests: { readonly startTime: number; readonly responseEnd: number }[] = []
  const tasks = observe('longtask', ({ startTime, duration }) => (lastTask = startTime + duration))
  const network = observe<PerformanceResourceTiming>('resource', (entry) => {
    requests.push(entry)
    if (requests.length > REMEMBERED) requests.shift()
  })
  const timer = setInterval(() => {
    const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const now = performance.now()
    const value = Math.max(life.metrics.fcp ?? now, page?.domContentLoadedEventEnd || now, lastTask)
    const isThere = now - Math.max(value, busyUntil(requests)) > WINDOW
    if (isThere) {
      life.metrics.tti = value
      changed()
      publish({ type: 'metric', name: 'tti', value, route: life.route })
    }
    if (isThere || now > LATEST || document.hidden) {
      clearInterval(timer)
      tasks.disconnect()
      network.disconnect()
    }
  }, 1000)
}
