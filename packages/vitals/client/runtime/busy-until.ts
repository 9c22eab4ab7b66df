/** Requests that may run in a quiet network. */
const REQUESTS = 2

/** The last moment in which too many requests ran at once. */
export function busyUntil(requests: readonly { readonly startTime: number; readonly responseEnd: number }[]): number {
  const isBusy = ({ responseEnd }: { readonly responseEnd: number }): boolean =>
    requests.filter((other) => other.startTime < responseEnd && other.responseEnd >= responseEnd).length > REQUESTS
  return Math.max(0, ...requests.filter(isBusy).map(({ responseEnd }) => responseEnd))
}
