import type { BudgetKind, BuildReport, FileEntry } from '@paceline/build-graph'
import picomatch from 'picomatch'
import type { ResolvedBudgets, ResolvedFilesLimit, ResolvedLimit } from '../resolve-options.ts'
import type { Measured, Measurement } from './measurement.ts'
import { nearNames } from './near-names.ts'
import { wholeScope } from '@paceline/build-graph'
import { sumOf } from './sum-of.ts'

/** CSS, fonts, images, what a service worker stores, and the whole build. */
export function measureKinds(report: BuildReport, budgets: ResolvedBudgets): Measured {
  const all = [
    measureKind(
      report,
      'css',
      budgets.css,
      report.files.filter((file) => file.kind === 'css'),
    ),
    measureKind(
      report,
      'fonts',
      budgets.fonts,
      report.files.filter((file) => file.kind === 'font'),
    ),
    measureKind(
      report,
      'images',
      budgets.images,
      report.files.filter((file) => file.kind === 'image'),
      true,
    ),
    measurePrecache(report, budgets.precache),
    measureKind(report, 'total', budgets.total, report.files),
  ]
  return { measurements: all.flatMap((one) => one.measurements), misses: all.flatMap((one) => one.misses) }
}

function measurePrecache(report: BuildReport, limit: ResolvedLimit | undefined): Measured {
  if (limit && !report.serviceWorker) {
    const miss =
      '`budgets.precache` limits nothing: this build has no service worker. Turn one on with `serviceWorker`.'
    return { measurements: [], misses: [miss] }
  }
  const stored = new Set(report.serviceWorker?.precache.entries.map(({ file }) => file))
  return measureKind(
    report,
    'precache',
    limit,
    report.files.filter(({ file }) => stored.has(file)),
  )
}

function measureKind(
  report: BuildReport,
  kind: BudgetKind,
  limit: ResolvedLimit | undefined,
  files: readonly FileEntry[],
  each = false,
): Measured {
  if (!limit) return { measurements: [], misses: [] }
  const miss = `\`budgets.${kind}\` matches no file. ${nearNames(
    kind,
    report.files.map((file) => file.file),
    'files',
  )}`
  if (files.length === 0) return { measurements: [], misses: limit.written ? [miss] : [] }
  return { measurements: measureGroup(report, kind, kind, kind, { ...limit, each }, files), misses: [] }
}

/** Globs over the emitted files. A leading `!` is not understood here: `assets/!(vendor)*.js` says the same. */
export function measureGlobs(report: BuildReport, budgets: ResolvedBudgets['files']): Measured {
  const measurements: Measurement[] = []
  const misses: string[] = []
  const names = report.files.map((file) => file.file)
  for (const [glob, limit] of Object.entries(budgets)) {
    const matches = matcher(glob)
    const files = report.files.filter((file) => matches(file.file))
    if (files.length > 0) measurements.push(...measureGroup(report, 'files', `files ${glob}`, glob, limit, files))
    else misses.push(`\`budgets.files['${glob}']\` matches no file. ${nearNames(glob, names, 'files')}`)
  }
  return { measurements, misses }
}

/** Compiles a glob over the emitted files; files in dot directories match only when the glob names the dot. */
export function matcher(glob: string): (file: string) => boolean {
  const matches = picomatch(glob.replace(/^\.\//, ''))
  // One argument only: a second one, as `filter` gives, makes picomatch answer with an object.
  return (file) => matches(file)
}

/**
 * One measurement for a sum. For a limit on each file: one for every file over it, so that each is named, and one for
 * the heaviest of the others.
 */
function measureGroup(
  report: BuildReport,
  kind: BudgetKind,
  name: string,
  subject: string,
  limit: ResolvedFilesLimit,
  files: readonly FileEntry[],
): Measurement[] {
  const { encoding, each, ...rest } = limit
  const measure = (label: string, about: string, counted: readonly string[], covered = counted): Measurement => ({
    ...rest,
    encoding,
    name: label,
    kind,
    subject: about,
    actual: sumOf(report, counted, encoding),
    unit: 'bytes',
    files: covered,
    scope: wholeScope(report, counted),
  })
  if (!each)
    return [
      measure(
        name,
        subject,
        files.map((file) => file.file),
      ),
    ]
  const heaviest = files.toSorted((a, b) => b[encoding] - a[encoding])
  const over = heaviest.filter((file) => file[encoding] > limit.limit)
  const within = heaviest.slice(over.length).map((file) => file.file)
  const overruns = over.map(({ file }) => measure(`${name} ${file}`, file, [file]))
  return within.length === 0 ? overruns : [...overruns, measure(name, within[0]!, [within[0]!], within)]
}
