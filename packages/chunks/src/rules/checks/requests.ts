import { entryRoutes, type BuildReport, type ChainStep, type RouteEntry } from '@paceline/build-graph'
import { bytesOfFiles, chainInto, routeLoad, type RuleLoad } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

const FIX = "Let the planner join chunks (`chunks.strategy: 'planned'`), or put small ones into a group."
const FIX_PLANNED =
  'Lower `chunks.maxRouteRequests` or `chunks.maxInitialRequests` and make the plan anew with `paceline chunks plan`, which says what is in the way.'
/** Files that a message lists. */
const NAMED = 3

/** Requests of first loads: of the entries, and of every route. */
export const requests: Rule<'requests'> = {
  name: 'requests',
  check({ report, planned }, { initial, route: perRoute }) {
    const fix = planned === true ? FIX_PLANNED : FIX
    const entries = new Set(entryRoutes(report))
    return report.routes.flatMap((route) => {
      const { requests: actual } = route.firstLoad
      if (entries.has(route) && actual > initial) return [tooMany(report, route, 'the initial load', initial, fix)]
      return actual > perRoute ? [tooMany(report, route, 'the first load', perRoute, fix)] : []
    })
  },
}

function tooMany(report: BuildReport, route: RouteEntry, what: string, limit: number, fix: string): Found {
  const { requests: actual, byKind } = route.firstLoad
  const kinds = Object.entries(byKind)
    .toSorted(([, a], [, b]) => b.requests - a.requests)
    .map(([kind, load]) => `${load.requests} ${kind}`)
  const load = routeLoad(report, route)
  const spare = smallest(report, load, actual - limit)
  return {
    subject: route.id,
    names: [route.id, route.module],
    message: `\`${route.id}\` makes ${actual} requests in ${what}, limit ${limit}: ${kinds.join(', ')}. Beyond the limit, smallest first: ${listed(spare)}.`,
    chain: chainTo(report, load, spare) ?? chainInto(report, load, ({ id }) => id === route.module),
    bytes: bytesOfFiles(report, spare),
    fix,
  }
}

/** The smallest files of a load, which are the first to join with others; an entry is always needed. By name where they are alike. */
function smallest(report: BuildReport, { files }: RuleLoad, count: number): string[] {
  const entries = new Set(report.chunks.filter(({ entry }) => entry).map(({ file }) => file))
  return report.files
    .filter(({ file }) => files.has(file) && !entries.has(file))
    .toSorted((a, b) => a.brotli - b.brotli || (a.file < b.file ? -1 : 1))
    .slice(0, count)
    .map(({ file }) => file)
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, NAMED).map((file) => `\`${file}\``)
  const more = files.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** Why the load has the first of these files that modules are in; pictures, fonts and scripts of plugins have none. */
function chainTo(report: BuildReport, load: RuleLoad, files: readonly string[]): ChainStep[] | undefined {
  for (const file of files) {
    const ids = new Set(report.chunks.find((chunk) => chunk.file === file)?.modules.map(({ id }) => id))
    const chain = chainInto(report, load, ({ id }) => ids.has(id))
    if (chain.length > 0) return chain
  }
  return undefined
}
