/** Changes of the page that may have moved others: what came in or got another style, by when. */
export interface RecentChanges {
  /** The largest of what changed lately. */
  culprit(now: number): Element | undefined
}

/** What is older has not caused what is seen now. */
const RECENT = 1500
const REMEMBERED = 50

/** Watches the document, for the overlay only: pages without it are not watched. */
export function watchChanges(own: Element): RecentChanges {
  const changes: { readonly element: Element; readonly at: number }[] = []
  new MutationObserver((records) => {
    const at = performance.now()
    for (const { type, target, addedNodes } of records) {
      const changed = type === 'childList' ? [...addedNodes] : [target]
      for (const element of changed) {
        if (element instanceof Element && element !== own) changes.push({ element, at })
      }
    }
    changes.splice(0, changes.length - REMEMBERED)
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['style', 'class', 'hidden', 'height', 'width'],
  })
  const height = ({ element }: { readonly element: Element }): number => element.getBoundingClientRect().height
  return {
    culprit: (now) =>
      changes
        .filter(({ element, at }) => now - at < RECENT && element.isConnected)
        // What came into an element has made it as high as itself: the later one is it.
        .sort((a, b) => height(b) - height(a) || b.at - a.at)[0]?.element,
  }
}
