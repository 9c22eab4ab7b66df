import type { BuildReport, Sizes } from '../report.ts'

/** Lookups over one report, built once and kept as long as the report is. */
export interface ReportIndex {
  /** Module id → index into `report.modules`. */
  readonly indexOf: ReadonlyMap<string, number>
  /** Indices of the modules that the browser runs without being asked. */
  readonly entries: readonly number[]
  /** For each module the indices of the modules that import it, in either way. */
  readonly importers: readonly (readonly number[])[]
  /** Module id → the files that hold a part of it, with the part's sizes. */
  readonly shares: ReadonlyMap<string, readonly ({ readonly file: string } & Sizes)[]>
}

const indexes = new WeakMap<BuildReport, ReportIndex>()

/** The lookups of a report. */
export function indexReport(report: BuildReport): ReportIndex {
  const known = indexes.get(report)
  if (known) return known
  const importers: number[][] = report.modules.map(() => [])
  report.modules.forEach((module, from) => {
    for (const { to } of module.imports) importers[to]?.push(from)
  })
  const shares = new Map<string, ({ readonly file: string } & Sizes)[]>()
  for (const chunk of report.chunks) {
    for (const { id, raw, gzip, brotli } of chunk.modules) {
      const list = shares.get(id)
      const share = { file: chunk.file, raw, gzip, brotli }
      if (list) list.push(share)
      else shares.set(id, [share])
    }
  }
  const index: ReportIndex = {
    indexOf: new Map(report.modules.map((module, position) => [module.id, position])),
    entries: report.modules.flatMap((module, position) => (module.entry ? [position] : [])),
    importers,
    shares,
  }
  indexes.set(report, index)
  return index
}

/** The value kept for a report and a key, made when it is not there. */
export function memo<Key extends object, Value>(
  store: WeakMap<BuildReport, WeakMap<Key, Value>>,
  report: BuildReport,
  key: Key,
  make: () => Value,
): Value {
  const ofReport = store.get(report) ?? new WeakMap<Key, Value>()
  store.set(report, ofReport)
  const known = ofReport.get(key)
  if (known !== undefined) return known
  const made = make()
  ofReport.set(key, made)
  return made
}
