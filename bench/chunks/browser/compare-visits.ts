import type { Browser } from '@playwright/test'
import { pairedDifference } from './paired-difference.ts'
import type { Difference } from './paired-difference.ts'
import { visitPage } from './visit-page.ts'
import type { Visit } from './visit-page.ts'
import { spreadOf } from '../../lib/statistics.ts'
import type { Spread } from '../../lib/statistics.ts'

/** One metric of two builds of a page, ms. */
export interface Compared {
  readonly a: Spread
  readonly b: Spread
  /** `b − a`. */
  readonly difference: Difference
}

export interface PageComparison {
  readonly path: string
  readonly fcp: Compared
  readonly tti: Compared
}

/** Before the pairs that count: the first visits of a fresh browser are slower by far. */
const WARM_UPS = 2

/**
 * Visits the same page of two builds in turn, AB BA AB …, so that what the machine does in the meantime hits both.
 *
 * @param urls of the two builds
 */
export async function compareVisits(
  browser: Browser,
  [a, b]: readonly [string, string],
  path: string,
  pairs: number,
): Promise<PageComparison> {
  const visits: { a: Visit; b: Visit }[] = []
  for (let pair = -WARM_UPS; pair < pairs; pair++) {
    const [first, second] = pair % 2 === 0 ? [a, b] : [b, a]
    const one = await visitPage(browser, new URL(path, first).href)
    const other = await visitPage(browser, new URL(path, second).href)
    if (pair >= 0) visits.push(first === a ? { a: one, b: other } : { a: other, b: one })
  }
  return { path, fcp: compare(visits, 'fcp'), tti: compare(visits, 'tti') }
}

function compare(visits: readonly { readonly a: Visit; readonly b: Visit }[], metric: keyof Visit): Compared {
  const [a, b] = [visits.map((visit) => visit.a[metric]), visits.map((visit) => visit.b[metric])]
  return { a: spreadOf(a), b: spreadOf(b), difference: pairedDifference(a, b) }
}
