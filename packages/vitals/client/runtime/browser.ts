/** What browsers have and TypeScript's library does not know yet. */

/** https://www.w3.org/TR/long-animation-frames/ */
export interface ScriptTiming extends PerformanceEntry {
  readonly sourceURL: string
  /** -1: unknown. */
  readonly sourceCharPosition: number
}

export interface FrameTiming extends PerformanceEntry {
  readonly scripts: readonly ScriptTiming[]
}

export interface ShiftTiming extends PerformanceEntry {
  readonly value: number
  readonly sources: readonly { readonly node: Node | null }[]
}

/** https://fetch.spec.whatwg.org/#fetch-later-method */
export type FetchLater = (url: string, init: RequestInit & { activateAfter: number }) => { readonly activated: boolean }

declare global {
  /** Chromium from 135; elsewhere there is none. */
  var fetchLater: FetchLater | undefined
  interface Navigator {
    readonly connection?: { readonly saveData?: boolean }
    readonly globalPrivacyControl?: boolean
  }
  interface Performance {
    readonly memory?: { readonly usedJSHeapSize: number }
  }
  interface PerformanceResourceTiming {
    readonly contentEncoding?: string
  }
}

/**
 * Calls back with entries of a type, those from before included. A type that the browser does not know is ignored; an error in the callback
 * ends there.
 *
 * @throws where the browser has no observers
 */
export function observe<Entry extends PerformanceEntry>(
  type: string,
  callback: (entry: Entry) => void,
): PerformanceObserver {
  const observer = new PerformanceObserver((list) => attempt(() => (list.getEntries() as Entry[]).forEach(callback)))
  observer.observe({ type, buffered: true })
  return observer
}

/** Nothing that goes wrong here may be seen by the page. */
export function attempt(work: () => unknown): void {
  try {
    work()
  } catch {
    // A page is worth more than a figure about it.
  }
}
