import type { BuildReport, ModuleImport, Sizes } from '../report.ts'
import { indexReport, memo } from './report-index.ts'

type EdgeKind = ModuleImport['kind']

/** One load: where it starts and which emitted files it downloads. */
export interface LoadScope {
  /** Module ids that are run in any case: the entries, and for a route its page and its lazy layouts. */
  readonly roots: readonly string[]
  /** The files that count, as in `Load.files`. A module in another file weighs nothing here. */
  readonly files: readonly string[]
  /**
   * Which imports keep a module in the load. A visit follows static ones only; the whole build follows both.
   *
   * @default ['static']
   */
  readonly kinds?: readonly EdgeKind[]
}

/** What is taken out of the source: one import or several, every import of a package, or every import of a module. */
export type Cut =
  | { readonly importer: string; readonly importee: string }
  | { readonly imports: readonly { readonly importer: string; readonly importee: string }[] }
  | { readonly package: string }
  | { readonly module: string }

const STATIC: readonly EdgeKind[] = ['static']
/** What loads reach, by the very object of the scope: callers ask for many savings in one load. */
const reaches = new WeakMap<BuildReport, WeakMap<LoadScope, Uint8Array>>()

/** Ids of all modules that `roots` reach by the given kinds of import, themselves included; unknown roots are left out. */
export function staticReach(
  report: BuildReport,
  roots: readonly string[],
  kinds: readonly EdgeKind[] = STATIC,
): Set<string> {
  const seen = reach(report, roots, kinds, () => false)
  return new Set(report.modules.flatMap((module, position) => (seen[position] ? [module.id] : [])))
}

/**
 * What a load loses when imports are removed: the bytes, in the load's files, of every module that the load's roots
 * reached before and do not reach any more. The shares are those of the emitted files, so this is exact up to what a
 * compressor makes of the remaining text.
 */
export function savingsOf(report: BuildReport, scope: LoadScope, cut: Cut): Sizes {
  const { shares } = indexReport(report)
  const kinds = scope.kinds ?? STATIC
  const before = memo(reaches, report, scope, () => reach(report, scope.roots, kinds, () => false))
  const after = reach(report, scope.roots, kinds, cutter(report, cut))
  const files = new Set(scope.files)
  const saved = { raw: 0, gzip: 0, brotli: 0 }
  report.modules.forEach((module, position) => {
    if (!before[position] || after[position]) return
    for (const share of shares.get(module.id) ?? []) {
      if (!files.has(share.file)) continue
      saved.raw += share.raw
      saved.gzip += share.gzip
      saved.brotli += share.brotli
    }
  })
  return saved
}

function reach(
  report: BuildReport,
  roots: readonly string[],
  kinds: readonly EdgeKind[],
  cut: (from: number, to: number) => boolean,
): Uint8Array {
  const { modules } = report
  const { indexOf } = indexReport(report)
  const seen = new Uint8Array(modules.length)
  const stack = roots.flatMap((id) => indexOf.get(id) ?? [])
  for (const position of stack) seen[position] = 1
  while (stack.length > 0) {
    const from = stack.pop()!
    for (const { to, kind } of modules[from]!.imports) {
      if (seen[to] !== 0 || !kinds.includes(kind) || cut(from, to)) continue
      seen[to] = 1
      stack.push(to)
    }
  }
  return seen
}

function cutter(report: BuildReport, cut: Cut): (from: number, to: number) => boolean {
  const { modules } = report
  if ('package' in cut) {
    // Imports inside the package stay: they go with it when nothing outside leads in.
    return (from, to) => modules[to]!.package === cut.package && modules[from]!.package !== cut.package
  }
  if ('module' in cut) return (_from, to) => modules[to]!.id === cut.module
  if ('imports' in cut) {
    const gone = new Set(cut.imports.map(({ importer, importee }) => `${importer}\0${importee}`))
    return (from, to) => gone.has(`${modules[from]!.id}\0${modules[to]!.id}`)
  }
  return (from, to) => modules[from]!.id === cut.importer && modules[to]!.id === cut.importee
}
