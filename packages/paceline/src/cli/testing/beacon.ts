/** A release as pages call it, and the user agent of a browser. */
export const RELEASE = '0123456789ab'
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0'

/** The last word of a page, by number. */
export function beaconOf(index: number, changes: object): object {
  return {
    v: 1,
    release: RELEASE,
    page: `00000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`,
    seq: 1,
    type: 'update',
    route: 0,
    nav: 'navigate',
    device: 'desktop',
    at: Date.now(),
    sampleRate: 1,
    ...changes,
  }
}
