import type { PageBudgets } from '../../src/page-api.ts'
import { attempt, observe } from '../runtime/browser.ts'
import { budgetRows, firstLoadFiles, type PageLinks } from './first-load.ts'
import type { Row } from './model.ts'

/**
 * The lines about what was downloaded by landing here. They stay as they are once the person did something: what comes later was asked for, and may
 * belong to another route.
 *
 * @param budgets `undefined` while developing
 */
export function watchFirstLoad(
  budgets: PageBudgets | undefined,
): (files: readonly PerformanceResourceTiming[]) => Row[] {
  if (!budgets) return () => budgetRows([], undefined)
  const started = performance.now()
  let until = Infinity
  let path = location.pathname
  attempt(() =>
    observe('first-input', ({ startTime }) => {
      until = startTime
      // One from before this was here may have led elsewhere already.
      if (startTime < started) path = landed() ?? path
    }),
  )
  return (files) => {
    // An app may redirect while it starts.
    if (until === Infinity) path = location.pathname
    const [, budget = {}] = budgets.find(([pattern]) => pattern.test(path)) ?? []
    return budgetRows(firstLoadFiles(files, linksOfPage(), until), budget)
  }
}

function landed(): string | undefined {
  const [page] = performance.getEntriesByType('navigation')
  return page && new URL(page.name).pathname
}

/** The overlay lies beside the files of the build. */
function linksOfPage(): PageLinks {
  const linked = (rel: string): string[] =>
    [...document.querySelectorAll<HTMLLinkElement>(`link[rel=${rel}]`)].map(({ href }) => href)
  const own = import.meta.url
  return {
    origin: new URL(own).origin,
    preloads: new Set(linked('preload')),
    others: new Set([...linked('prefetch'), own]),
  }
}
