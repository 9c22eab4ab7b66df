import type { Browser } from 'playwright-core'
import { COUNTS, ScriptShelf, visitForWork } from '../browser/work-visit.ts'
import type { CountName, FindTable, WorkVisit } from '../browser/work-visit.ts'

export interface CountRequest {
  /** Origin. */
  readonly url: string
  readonly routes: readonly string[]
  /** Of each route. */
  readonly visits: number
  /** ms for one visit. */
  readonly timeout: number
  readonly insecure: boolean
  readonly findTable: FindTable
}

/** What the visits of a route counted, the lowest and the highest. */
export interface RouteCounts {
  readonly route: string
  readonly counts: Readonly<Record<CountName, readonly [low: number, high: number]>>
  /** Work by module. */
  readonly modules: Readonly<Record<string, readonly [low: number, high: number]>>
}

/** Counts the work of pages, to keep it and to hold later builds to it. */
export async function countRoutes(browser: Browser, request: CountRequest): Promise<RouteCounts[]> {
  const { url, routes, visits, timeout, insecure, findTable } = request
  const scripts = new ScriptShelf(findTable)
  const found: RouteCounts[] = []
  for (const route of routes) {
    const list: WorkVisit[] = []
    for (let visit = 0; visit < visits; visit++) {
      const page = new URL(route, url).href
      list.push(await visitForWork(browser, { url: page, timeout, insecure, coverage: true, scripts }))
    }
    const names = new Set(list.flatMap(({ modules }) => [...modules.keys()]))
    const modules = [...names].sort().map((name) => [name, rangeOf(list.map((one) => one.modules.get(name) ?? 0))])
    const counts = COUNTS.map((name) => [name, rangeOf(list.map((one) => one.counts[name]))])
    found.push({
      route,
      counts: Object.fromEntries(counts) as RouteCounts['counts'],
      modules: Object.fromEntries(modules) as RouteCounts['modules'],
    })
  }
  return found
}

function rangeOf(values: readonly number[]): readonly [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)]
}
