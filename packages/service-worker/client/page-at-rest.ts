/** Nothing has arrived for this long: what comes after the data, as pictures do, has been asked for by then. */
const QUIET_MS = 1000
/** A page that polls is never at rest. */
const AT_MOST_MS = 10_000

/** Resolves once the page has loaded. */
export function pageLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve()
    else addEventListener('load', () => resolve(), { once: true })
  })
}

/** Resolves once the page has loaded, and after that nothing has arrived for a second: apps ask for what they show when they run. */
export async function pageAtRest(): Promise<void> {
  await pageLoaded()
  await new Promise<void>((resolve) => {
    const end = (): void => {
      observer.disconnect()
      clearTimeout(quiet)
      clearTimeout(latest)
      resolve()
    }
    let quiet = setTimeout(end, QUIET_MS)
    const latest = setTimeout(end, AT_MOST_MS)
    const observer = new PerformanceObserver(() => {
      clearTimeout(quiet)
      quiet = setTimeout(end, QUIET_MS)
    })
    observer.observe({ type: 'resource' })
  })
}
