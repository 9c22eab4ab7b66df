import type { BuildReport, FileEntry } from '@paceline/build-graph'
import type { Measure } from '@paceline/kit'

const entries = new WeakMap<BuildReport, ReadonlyMap<string, FileEntry>>()

/** The report's files by name. */
export function filesByName(report: BuildReport): ReadonlyMap<string, FileEntry> {
  const known = entries.get(report)
  if (known) return known
  const byName = new Map(report.files.map((file) => [file.file, file]))
  entries.set(report, byName)
  return byName
}

/** Bytes of these files together; a file the report does not know counts nothing. */
export function sumOf(report: BuildReport, files: readonly string[], encoding: Measure): number {
  const byName = filesByName(report)
  return files.reduce((sum, file) => sum + (byName.get(file)?.[encoding] ?? 0), 0)
}
