import type { Sla } from '@paceline/kit'

/** Options of the vitals (`vitals` in `paceline()`). */
export interface VitalsOptions {
  /**
   * Where pages send what they measure: a path of this origin, or a URL.
   *
   * @default '/__paceline/beacon'
   */
  readonly endpoint?: string | undefined
  /**
   * Share of pages that send something, more than 0 and at most 1. It is in every beacon, so that counts can be scaled back.
   *
   * @default 1
   */
  readonly sampleRate?: number | undefined
  /**
   * `required`: nothing is observed, kept or sent before the page calls `grant()` of `virtual:paceline/vitals`.
   *
   * @default 'none'
   */
  readonly consent?: 'required' | 'none' | undefined
  /**
   * What is behind LCP, INP and CLS, and the scripts of long animation frames: their elements and places in the code. About 0.6 kB.
   *
   * @default true
   */
  readonly attribution?: boolean | undefined
  /**
   * Times API calls, by these patterns of paths (`/api/notes/:id`) or of URLs of other origins. `true`: all calls of the app's own origin, under
   * the one name `api`.
   *
   * @default true
   */
  readonly api?: boolean | readonly string[] | undefined
  /**
   * Bytes of the page by where they came from, and cache hits.
   *
   * @default true
   */
  readonly bytes?: boolean | undefined
  /**
   * Counts of errors that nothing caught, and of files that did not load.
   *
   * @default true
   */
  readonly errors?: boolean | undefined
  /**
   * Time to Interactive, of those who stayed until then.
   *
   * @default whether the SLA says something about it
   */
  readonly tti?: boolean | undefined
  /**
   * Paths of the routes, for apps whose router the build cannot read. The place in the list is the number in beacons.
   *
   * @default the routes of the report
   * @example ['/', '/notes/:id', '/files/*']
   */
  readonly routes?: readonly string[] | undefined
  /**
   * Live figures in the corner of the page: while developing, or also in production when the address has `?paceline`.
   *
   * @default 'dev'
   */
  readonly overlay?: 'dev' | 'query' | false | undefined
  /**
   * Writes the file of the component on what its JSX makes (`data-pc`), so that LCP, INP and CLS name the module and not only the element. `true`:
   * also in builds, where it adds bytes to chunks.
   *
   * @default 'dev'
   */
  readonly components?: boolean | 'dev' | undefined
  /**
   * What is promised, for `onViolation`, the dashboard and the overlay.
   *
   * @default LCP 2500 ms, INP 200 ms, CLS 0.1, operations within 5000 ms at 95 %
   */
  readonly sla?: Sla | undefined
}
