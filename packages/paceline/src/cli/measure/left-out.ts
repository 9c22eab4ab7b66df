import type { RouteComparison, RouteMeasurement } from '@paceline/lab'
import type { MeasureOptions } from './read-measure-options.ts'

interface Findings {
  readonly measurements: readonly Pick<RouteMeasurement, 'route' | 'profile' | 'kind' | 'runs'>[]
  readonly comparisons: readonly RouteComparison[] | undefined
}

/** Visits that `--budget-time` left no time for, a sentence for each page. */
export function leftOut({ runs, blocks }: Pick<MeasureOptions, 'runs' | 'blocks'>, found: Findings): string[] {
  const { measurements, comparisons = [] } = found
  return [
    ...measurements
      .filter((one) => one.runs < runs)
      .map(
        ({ route, profile, kind, runs: made }) =>
          `${route} on ${profile}, ${kind}: ${made} of ${runs} visits, \`--budget-time\` left no time for more.`,
      ),
    ...comparisons.flatMap(({ route, cpu: [time] }) =>
      // Each block has two visits of each build, one pair with each.
      time === undefined || time.pairs >= blocks * 2
        ? []
        : [
            `${route}: CPU times of ${time.pairs} of ${blocks * 2} visits of each build, \`--budget-time\` left no time for more.`,
          ],
    ),
  ]
}
