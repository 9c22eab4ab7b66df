import type { Page } from '@playwright/test'

/** A script or stylesheet of a page, as the browser says it arrived. */
export interface ArrivedFile {
  readonly file: string
  /** `Content-Encoding` of what was downloaded; empty out of the cache. */
  readonly encoding: string
  /** Bytes over the network, headers included; 0 out of the cache. */
  readonly transferred: number
  /** Bytes of the body as it came, and decoded. */
  readonly encoded: number
  readonly decoded: number
}

/** Resource Timing of the page, for files of the build. */
export function arrivedFiles(page: Page): Promise<ArrivedFile[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => entry as PerformanceResourceTiming & { contentEncoding?: string })
      .filter(({ name }) => new URL(name).pathname.startsWith('/assets/'))
      .map(({ name, contentEncoding, transferSize, encodedBodySize, decodedBodySize }) => ({
        file: new URL(name).pathname,
        encoding: transferSize === 0 ? '' : (contentEncoding ?? ''),
        transferred: transferSize,
        encoded: encodedBodySize,
        decoded: decodedBodySize,
      })),
  )
}
