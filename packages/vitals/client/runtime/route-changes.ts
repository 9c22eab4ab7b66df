import { addOperation } from './operations.ts'
import { routeOf } from './life.ts'

/** Milliseconds without a change of the document after which a page is there. */
const QUIET = 100
const LONGEST = 10_000
/** A click that is older has not led here. */
const RECENT = 5000

/**
 * Times changes of the route: from the click that led there, or from the navigation where none did, to the last frame before the document stays as
 * it is. Where the browser has no Navigation API there are none: this throws, and whoever starts it
 * goes on.
 */
export function observeRouteChanges(): void {
  let clicked: number
  let from: number
  let painted = 0
  let path: string
  let timer: ReturnType<typeof setTimeout>
  const end = (): void => {
    observer.disconnect()
    // Nobody waits for a page that is hidden, or that was not gone to in the end.
    if (!document.hidden && path === location.pathname) addOperation(`${routeOf(path)}`, 'route', painted - from, true)
  }
  const observer = new MutationObserver(() => {
    // The task after the frame: it has been painted.
    requestAnimationFrame(() => setTimeout(() => (painted = performance.now())))
    // A page that never rests is there after a while.
    if (painted - from < LONGEST) {
      clearTimeout(timer)
      timer = setTimeout(end, QUIET)
    }
  })
  // The Enter key on a link is a click too.
  addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), true)
  navigation.addEventListener('navigate', ({ destination, timeStamp }) => {
    const { pathname } = new URL(destination.url)
    if (pathname === location.pathname) return
    path = pathname
    from = timeStamp - clicked < RECENT ? clicked : timeStamp
    observer.observe(document, { childList: true, subtree: true })
  })
}
