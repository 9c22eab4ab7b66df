import { slaOf, type ResolvedSla, type SlaLimits } from '@paceline/kit'
import type { PageLimits, PageSla } from '../page-api.ts'
import { routeTable } from './route-table.ts'

/** The SLA as a page needs it: what routes have of their own is found by their paths. Routes that are named by a module have none. */
export function pageSla(sla: ResolvedSla, base: string): PageSla {
  const paths = Object.keys(sla.routes).filter((route) => route.startsWith('/'))
  return {
    limits: pageLimits(slaOf(sla, undefined)),
    routes: routeTable(paths, base).map(({ path, pattern }) => [pattern, pageLimits(slaOf(sla, path))]),
  }
}

function pageLimits({ lcp, inp, cls, fcp, ttfb, tti, operations }: SlaLimits): PageLimits {
  const vitals = Object.entries({ lcp, inp, cls, fcp, ttfb, tti }).filter(([, limit]) => limit !== undefined)
  return { ...(Object.fromEntries(vitals) as Partial<PageLimits>), operations }
}

/** As source text. */
export function slaSource({ limits, routes }: PageSla): string {
  const entries = routes.map(([pattern, own]) => `[${String(pattern)}, ${JSON.stringify(own)}]`)
  return `{ limits: ${JSON.stringify(limits)}, routes: [${entries.join(', ')}] }`
}
