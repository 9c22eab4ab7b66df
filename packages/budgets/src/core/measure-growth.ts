import type { BuildReport } from '@paceline/build-graph'
import type { ResolvedGrowth } from '../resolve-options.ts'
import type { Measurement } from './measurement.ts'
import { measureInitial } from './measure-loads.ts'
import { routeScope, wholeScope } from '@paceline/build-graph'
import { sumOf } from './sum-of.ts'

/**
 * What the total, the initial JavaScript and each route's first load grew by. Routes that the baseline does not have
 * are not growth: they count in the total, and in their own budgets.
 */
export function measureGrowth(report: BuildReport, baseline: BuildReport, growth: ResolvedGrowth): Measurement[] {
  const { encoding, unit, limit } = growth
  const grown = (before: number, after: number): number => {
    const bytes = after - before
    if (unit === 'bytes') return bytes
    return before === 0 ? (bytes === 0 ? 0 : 100) : (bytes / before) * 100
  }
  const shared = { ...growth, kind: 'growth' as const, limit, unit, encoding }
  const every = (build: BuildReport): string[] => build.files.map((file) => file.file)
  const initial = { ...growth, unit: 'bytes' as const }
  const before = new Map(measureInitial(baseline, initial).map((entry) => [entry.name, entry.actual]))
  const known = new Map(baseline.routes.map((route) => [route.id, route]))
  return [
    {
      ...shared,
      name: 'growth total',
      subject: 'total',
      actual: grown(sumOf(baseline, every(baseline), encoding), sumOf(report, every(report), encoding)),
      files: every(report),
      scope: wholeScope(report, every(report)),
    },
    ...measureInitial(report, initial).flatMap((entry): Measurement[] => {
      const previous = before.get(entry.name)
      if (previous === undefined) return []
      return [{ ...entry, ...shared, name: `growth ${entry.name}`, actual: grown(previous, entry.actual) }]
    }),
    ...report.routes.flatMap((route): Measurement[] => {
      const previous = known.get(route.id)
      if (!previous) return []
      const { files } = route.firstLoad
      const actual = grown(previous.firstLoad[encoding], route.firstLoad[encoding])
      const scope = routeScope(report, route, files)
      return [{ ...shared, name: `growth route ${route.id}`, subject: route.id, actual, files, scope }]
    }),
  ]
}
