import type { VitalName } from '@paceline/kit'
import type { MetricEvent } from '../../src/page-api.ts'
import { onCLS, onFCP, onINP, onLCP, onTTFB, type MetricType } from 'web-vitals'
import { attempt } from './browser.ts'
import { addBytes } from './bytes.ts'
import { announce, changed, enter, life } from './delivery.ts'
import { createLife } from './life.ts'
import { publish } from './listeners.ts'

/** Says what is behind a metric. */
export type Explain = (
  name: VitalName,
  entries: readonly PerformanceEntry[],
) => Pick<MetricEvent, 'target' | 'source'> | undefined

/** When the life of the page began, on its clock: 0 when it was navigated to. */
let begun = 0

/** Chrome's own definitions. A figure of a later start begins a new life: after the back/forward cache, and for soft navigations. */
export function observeVitals(explain?: Explain): void {
  const report = ({
    name: title,
    value,
    entries,
    navigationType,
    navigationStartTime = 0,
    navigationURL,
  }: MetricType): void =>
    attempt(() => {
      const name = title.toLowerCase() as VitalName
      const isSoft = navigationType === 'soft-navigation'
      // Of a life that is over everything but the last moment is known.
      if (navigationStartTime < begun) return
      if (navigationStartTime > begun) {
        begun = navigationStartTime
        enter(createLife(isSoft ? new URL(navigationURL!).pathname : location.pathname))
      }
      life.nav = navigationType
      if (name === 'ttfb') {
        // It is said of every life, and of the first one when the page has loaded, with the entry of the document: other lives have downloaded none.
        if (PACELINE_BYTES) (entries as unknown as PerformanceResourceTiming[]).forEach(addBytes)
        announce()
        // Of a soft navigation it is 0 by definition, and would make the percentile look better than any server is.
        if (isSoft) return
      }
      life.metrics[name] = value
      const behind = explain?.(name, entries)
      changed()
      publish({ type: 'metric', name, value, route: life.route, ...behind })
    })
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on(report, { reportAllChanges: true, reportSoftNavs: true })
}
