import type { BuildReport } from '@paceline/build-graph'
import type { ResolvedBudgets } from '../resolve-options.ts'
import { matcher } from './measure-files.ts'
import type { Measured, Measurement } from './measurement.ts'
import { nearNames } from './near-names.ts'
import { wholeScope } from '@paceline/build-graph'
import { sumOf } from './sum-of.ts'

/** Chunks by name. Their JavaScript counts; a chunk that is CSS only counts as that. */
export function measureChunks(report: BuildReport, budgets: ResolvedBudgets['chunks']): Measured {
  const measurements: Measurement[] = []
  const misses: string[] = []
  const known = [...new Set(report.chunks.map((chunk) => chunk.name))]
  for (const [name, limit] of Object.entries(budgets)) {
    const matches = known.includes(name) ? (candidate: string) => candidate === name : matcher(name)
    const named = report.chunks.filter((chunk) => matches(chunk.name))
    const scripts = named.filter((chunk) => chunk.kind === 'js')
    const files = (scripts.length > 0 ? scripts : named).map((chunk) => chunk.file)
    if (files.length === 0) {
      misses.push(`\`budgets.chunks['${name}']\` matches no chunk. ${nearNames(name, known, 'chunks')}`)
      continue
    }
    measurements.push({
      ...limit,
      name: `chunk ${name}`,
      kind: 'chunk',
      subject: name,
      actual: sumOf(report, files, limit.encoding),
      unit: 'bytes',
      files,
      scope: wholeScope(report, files),
    })
  }
  return { measurements, misses }
}

/** Packages by name. A limit of 0 says "not in here", so a package that is absent keeps it. */
export function measurePackages(report: BuildReport, budgets: ResolvedBudgets['packages']): Measured {
  const measurements: Measurement[] = []
  const misses: string[] = []
  const known = report.packages.map((entry) => entry.name)
  for (const [name, limit] of Object.entries(budgets)) {
    const entry = report.packages.find((candidate) => candidate.name === name)
    if (!entry && limit.limit > 0) {
      misses.push(`\`budgets.packages['${name}']\` matches no package. ${nearNames(name, known, 'packages')}`)
      continue
    }
    measurements.push({
      ...limit,
      name: `package ${name}`,
      kind: 'package',
      subject: name,
      // The options allow no zstd here: there is no such figure for a part of a file.
      actual: entry?.[limit.encoding === 'zstd' ? 'brotli' : limit.encoding] ?? 0,
      unit: 'bytes',
      files: [],
      package: name,
      scope: wholeScope(
        report,
        report.chunks.map((chunk) => chunk.file),
      ),
    })
  }
  return { measurements, misses }
}
