/** A film on a slow line takes its time. Longer than that, the end was missed: not every browser tells of requests that failed. */
const LOST_AFTER_MS = 3_600_000
/** Of what a dedicated worker sends nobody else sees the end. */
const UNSEEN_MS = 300_000

/**
 * Knows whether this tab is sending something. The worker says when it begins; the browser's own timing entries say when it has ended, so nothing
 * of the page has to be wrapped.
 */
export class UploadWatch {
  readonly #ended = new Map<string, number>()
  readonly #sending: { readonly url: string; readonly at: number; readonly atMost: number }[] = []

  /**
   * @param at milliseconds since the epoch
   * @param isUnseen a worker of the page sends it, whose timing entries are its own
   */
  began(url: string, at: number, isUnseen = false): void {
    // It may have ended before the worker's message came.
    if (isUnseen || (this.#ended.get(url) ?? 0) < at) {
      this.#sending.push({ url, at, atMost: isUnseen ? UNSEEN_MS : LOST_AFTER_MS })
    }
  }

  ended(url: string, at: number): void {
    this.#ended.set(url, at)
    const index = this.#sending.findIndex((sent) => sent.url === url)
    if (index >= 0) this.#sending.splice(index, 1)
  }

  isSending(now: number): boolean {
    return this.#sending.some(({ at, atMost }) => now - at < atMost)
  }

  /** Listens to the entries of this page. */
  observe(): void {
    const observer = new PerformanceObserver((list) => {
      // `performance.timeOrigin` is of the clock as it was when the page was opened; the worker's messages have the time of now.
      const origin = Date.now() - performance.now()
      for (const { name, startTime, duration } of list.getEntries()) this.ended(name, origin + startTime + duration)
    })
    observer.observe({ type: 'resource', buffered: true })
  }
}
