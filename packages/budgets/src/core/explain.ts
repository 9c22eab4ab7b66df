import type { BuildReport, Explanation } from '@paceline/build-graph'
import type { Measurement } from './measurement.ts'
import { bySubject, heaviest, moduleSizes } from './module-sizes.ts'
import { responsibleChains } from './responsible-chains.ts'
import { filesByName } from './sum-of.ts'

const LISTED = 10
/** Share of the biggest growth below which another is noise: any change moves the bytes of its neighbours a little. */
const NOISE = 0.02

/** The baseline's report and what the same budget counted in it. */
export interface Previous {
  readonly report: BuildReport
  readonly previous: Measurement
}

/** Says why a measurement is over its limit and what would help. */
export function explain(report: BuildReport, measurement: Measurement, before: Previous | undefined): Explanation {
  const { encoding, limit, actual, files } = measurement
  const byName = filesByName(report)
  const sizes = moduleSizes(report, measurement)
  const grew = before ? growthOf(report, measurement, before) : undefined
  return {
    over: actual - limit,
    files: heaviest(new Map(files.map((file) => [file, byName.get(file)?.[encoding] ?? 0])), LISTED).map(
      ([file, size]) => ({ file, size }),
    ),
    packages: heaviest(sizes.byPackage, LISTED).map(([name, size]) => ({ name, size })),
    modules: heaviest(sizes.byModule, LISTED).map(([id, size]) => ({ id, size })),
    ...(grew ? { grew } : {}),
    chains: responsibleChains(report, measurement, sizes, grew ?? []),
  }
}

/** Packages and the app's modules that weigh more than in the baseline, biggest growth first. */
function growthOf(report: BuildReport, measurement: Measurement, before: Previous): NonNullable<Explanation['grew']> {
  const { growth, sizesBefore } = compare(report, measurement, before)
  // What is around a text decides how well it compresses: who has no more code than before did not grow, though its
  // compressed share may be bigger.
  const raw = compare(report, { ...measurement, encoding: 'raw' }, before).growth
  const leastRaw = Math.max(...raw.values()) * NOISE
  const grown = new Map([...growth].filter(([id]) => (raw.get(id) ?? 0) > 0 && (raw.get(id) ?? 0) >= leastRaw))
  const listed = heaviest(grown.size > 0 ? grown : growth, LISTED)
  const least = (listed[0]?.[1] ?? 0) * NOISE
  return listed
    .filter(([, size]) => size >= least)
    .map(([id, size]) => ({ id, size, before: Math.round(sizesBefore.get(id) ?? 0) }))
}

function compare(
  report: BuildReport,
  measurement: Measurement,
  { report: baseline, previous }: Previous,
): { readonly growth: ReadonlyMap<string, number>; readonly sizesBefore: ReadonlyMap<string, number> } {
  const now = bySubject(report, moduleSizes(report, measurement))
  const sizesBefore = bySubject(baseline, moduleSizes(baseline, { ...previous, encoding: measurement.encoding }))
  return { growth: new Map([...now].map(([id, size]) => [id, size - (sizesBefore.get(id) ?? 0)])), sizesBefore }
}
