import { addOperation } from './operations.ts'

/**
 * Times calls of the app's own origin, and of others that a pattern says, and names them by the pattern: an address never leaves the page.
 * No global is patched: the browser tells.
 *
 * @param file of the page
 * @param patterns what to look for in the address, which begins with `/` when it is of this origin; the first that matches counts. None may match
 *   the endpoint
 */
export function readApiCall(
  { name, initiatorType, duration, responseStatus }: PerformanceResourceTiming,
  patterns: readonly (readonly [RegExp, string])[],
): void {
  // Most entries are files of the page: this is asked of every one of them.
  if (!/^(fetch|xml)/.test(initiatorType)) return
  const address = name.replace(location.origin, '')
  const match = patterns.find(([pattern]) => pattern.test(address))
  if (!match) return
  // Safari does not say the status: of what it says nothing is taken for answered.
  addOperation(match[1], 'api', duration, !(responseStatus < 1 || responseStatus > 399))
}
