import type { Shift } from '../core/page-metrics.ts'
import type { InteractionEvent } from './watch-interactions.ts'

/** What ran in a frame that took long. */
export interface FrameScript {
  readonly url: string
  /** Position in it, UTF-16 code units; -1 unknown. */
  readonly char: number
  readonly start: number
  readonly ms: number
}

/** What a page has seen of itself, ms since its navigation began. */
export interface Observed {
  readonly origin: number
  readonly now: number
  readonly ttfb: number
  readonly domContentLoaded: number
  readonly loaded: number
  readonly fcp: number | undefined
  readonly lcp: number | undefined
  /** What the largest paint was: a selector of sorts. */
  readonly lcpElement: string | undefined
  /** Tasks of 50 ms and more in which a script ran. */
  readonly longTasks: readonly { readonly start: number; readonly end: number }[]
  /** Styles, layout and paint of frames that took long. */
  readonly renderings: readonly { readonly start: number; readonly end: number }[]
  readonly shifts: readonly Shift[]
  readonly scripts: readonly FrameScript[]
  readonly lastMutation: number
  readonly controlled: boolean
  readonly elements: number
}

interface Store {
  longTasks: { start: number; end: number }[]
  renderings: { start: number; end: number }[]
  shifts: Shift[]
  scripts: FrameScript[]
  lcp?: number
  lcpElement?: string
  lastMutation: number
}

type Observing = Window & {
  pacelineLab?: Store
  /** Is there when somebody keeps them. */
  pacelineLabInteraction?: (event: InteractionEvent) => Promise<void>
}

/** Runs in the page, before its scripts. All entries are Chrome's own. */
export function observePage(): void {
  if (window !== window.top) return
  const store: Store = { longTasks: [], renderings: [], shifts: [], scripts: [], lastMutation: 0 }
  ;(window as Observing).pacelineLab = store
  const observe = (type: string, each: (entry: PerformanceEntry) => void, more: object = {}): void => {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more })
    } catch {
      // An older browser: the figure stays unknown.
    }
  }
  observe('longtask', ({ startTime, duration }) => {
    store.longTasks.push({ start: startTime, end: startTime + duration })
  })
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput, startTime } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) store.shifts.push({ at: startTime, value })
  })
  observe('largest-contentful-paint', (entry) => {
    const { element, startTime } = entry as PerformanceEntry & { element?: Element }
    store.lcp = startTime
    store.lcpElement = element ? `${element.tagName.toLowerCase()}${element.id === '' ? '' : `#${element.id}`}` : ''
  })
  observe(
    'event',
    (entry) => {
      const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number }
      if (interactionId <= 0) return
      const { origin } = location
      const event = { origin, document: performance.timeOrigin, id: interactionId, ms: duration }
      // Told at once: this document may be gone in a moment.
      void (window as Observing).pacelineLabInteraction?.(event)
    },
    { durationThreshold: 16 },
  )
  observe('long-animation-frame', (entry) => {
    const { scripts, renderStart, startTime, duration } = entry as PerformanceEntry & {
      renderStart: number
      scripts: readonly { sourceURL: string; sourceCharPosition: number; startTime: number; duration: number }[]
    }
    for (const script of scripts) {
      const { sourceURL, sourceCharPosition } = script
      store.scripts.push({ url: sourceURL, char: sourceCharPosition, start: script.startTime, ms: script.duration })
    }
    // 0: nothing was rendered.
    if (renderStart > 0) store.renderings.push({ start: renderStart, end: startTime + duration })
  })
  new MutationObserver(() => {
    store.lastMutation = performance.now()
  }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
}

/** Runs in the page: what is known by now. */
export function readPage(): Observed | undefined {
  const store = (window as Observing).pacelineLab
  const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
  if (!store || !navigation) return undefined
  return {
    origin: performance.timeOrigin,
    now: performance.now(),
    ttfb: navigation.responseStart,
    domContentLoaded: navigation.domContentLoadedEventEnd,
    loaded: navigation.loadEventEnd,
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    lcp: store.lcp,
    lcpElement: store.lcpElement,
    longTasks: store.longTasks,
    renderings: store.renderings,
    shifts: store.shifts,
    scripts: store.scripts,
    lastMutation: store.lastMutation,
    controlled: Boolean(navigator.serviceWorker?.controller),
    elements: document.querySelectorAll('*').length,
  }
}
