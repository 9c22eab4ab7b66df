import type { BuildReport, Load, RouteEntry } from '@paceline/build-graph'
import type { RouteNames } from '@paceline/kit'
import type { ResolvedBudgets, ResolvedLimit, ResolvedRoute } from '../resolve-options.ts'
import type { Measured, Measurement } from './measurement.ts'
import { nearNames } from './near-names.ts'
import { entryClosure, entryRoutes, entryScope, routeScope } from '@paceline/build-graph'
import { sumOf } from './sum-of.ts'

/** The JavaScript of every document against its limit. */
export function measureInitials(report: BuildReport, limit: ResolvedLimit): Measured {
  const measurements = measureInitial(report, limit)
  if (measurements.some(({ files }) => files.length > 0)) return { measurements, misses: [] }
  const miss = '`budgets.initial` matches no file. The build has no entry that loads JavaScript.'
  return { measurements: [], misses: limit.written ? [miss] : [] }
}

/** JavaScript that each document runs by itself. */
export function measureInitial(report: BuildReport, limit: ResolvedLimit): Measurement[] {
  const loads = initialScripts(report)
  return loads.map(({ id, files }) => ({
    ...limit,
    name: loads.length > 1 ? `initial ${id}` : 'initial',
    kind: 'initial',
    subject: id,
    actual: sumOf(report, files, limit.encoding),
    unit: 'bytes',
    files,
    scope: entryScope(report, files),
  }))
}

/** The scripts of each document, whatever page it shows: what its entry imports, and what plugins put beside that. */
export function initialScripts(report: BuildReport): { readonly id: string; readonly files: readonly string[] }[] {
  const scripts = new Set(report.files.filter((file) => file.kind === 'js').map((file) => file.file))
  const entries = entryRoutes(report)
  const loads =
    entries.length > 0
      ? entries.map((route) => ({ id: route.id, files: route.firstLoad.files }))
      : [{ id: 'entry', files: entryClosure(report) }]
  return loads.map(({ id, files }) => ({ id, files: files.filter((file) => scripts.has(file)) }))
}

/** Every route against its own limits, and against those of `'*'` where it has none. */
export function measureRoutes(report: BuildReport, budgets: ResolvedBudgets['routes']): Measured {
  const named = namedRoutes(budgets)
  const known = report.routes.map((route) => route.id)
  const misses = named
    .filter((key) => !report.routes.some((route) => answers(key, route)))
    .map((key) => `\`budgets.routes['${key}']\` matches no route. ${nearNames(key, known, 'routes')}`)
  const star = budgets['*'] || {}
  const wanted = Object.values(star).some((limit: ResolvedLimit) => limit.written)
  if (wanted && report.routes.length === 0)
    misses.push("`budgets.routes['*']` matches no route. The build has no routes.")
  const measurements = report.routes.flatMap((route) => {
    const limits = limitsOfRoute(budgets, route)
    return limits ? measureRoute(report, route, limits) : []
  })
  return { measurements, misses }
}

/** What a route may load: its own limits, and those of `'*'` where it has none; `undefined` when it is exempt. */
export function limitsOfRoute(budgets: ResolvedBudgets['routes'], route: RouteNames): ResolvedRoute | undefined {
  const own = namedRoutes(budgets)
    .filter((key) => answers(key, route))
    .map((key) => budgets[key]!)
  return own.includes(false) ? undefined : Object.assign({}, budgets['*'] || {}, ...own)
}

const namedRoutes = (budgets: ResolvedBudgets['routes']): string[] => Object.keys(budgets).filter((key) => key !== '*')
const answers = (key: string, { id, path, module }: RouteNames): boolean => [id, path, module].includes(key)

function measureRoute(report: BuildReport, route: RouteEntry, limits: ResolvedRoute): Measurement[] {
  const of = (
    what: keyof ResolvedRoute,
    load: Load,
    unit: Measurement['unit'],
    actual: (limit: ResolvedLimit) => number,
  ): Measurement[] => {
    const limit = limits[what]
    if (!limit) return []
    const measured: Measurement = {
      ...limit,
      name: `route ${route.id} ${what}`,
      kind: 'route',
      subject: route.id,
      actual: actual(limit),
      unit,
      files: load.files,
      scope: routeScope(report, route, load.files),
    }
    return [measured]
  }
  const { firstLoad, navigation } = route
  return [
    ...of('firstLoad', firstLoad, 'bytes', ({ encoding }) => firstLoad[encoding]),
    ...of('navigation', navigation, 'bytes', ({ encoding }) => navigation[encoding]),
    ...of('requests', firstLoad, 'requests', () => firstLoad.requests),
    ...of('depth', firstLoad, 'depth', () => firstLoad.depth),
  ]
}
