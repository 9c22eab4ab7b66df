import {
  chainsTo,
  type ChainOptions,
  indexReport,
  savingsOf,
  shortestChain,
  staticReach,
  type BuildReport,
  type ChainStep,
  type Explanation,
  type ImportChain,
  type LoadScope,
  type ModuleEntry,
} from '@paceline/build-graph'
import { assetChains } from './asset-chains.ts'
import type { Measurement } from './measurement.ts'
import { heaviest, type ModuleSizes } from './module-sizes.ts'

const SUBJECTS = 8
const LISTED = 5
/** Importers of one package that are tried for the one whose removal saves most. */
const TRIED = 5
/** A package that so few modules import is worth naming although no single import is to blame; `react` is not. */
const FEW_IMPORTERS = 3
/** Share of the measured bytes from which a module of the app's own is heavy enough to be named. */
const HEAVY = 0.1
/** Share of the overrun that a removal must save to be named as an answer to it. */
const TELLING = 0.05

/**
 * The imports that answer for the weight: of what grew when there is a baseline, else of the heaviest packages, of the
 * app's own heavy modules, and of pages that are lazy elsewhere but came in statically. Those whose removal saves most come first.
 *
 * @param news packages and modules that grew over the baseline, biggest first. When they are more than the overrun, what
 * was there before is not asked.
 */
export function responsibleChains(
  report: BuildReport,
  measurement: Measurement,
  sizes: ModuleSizes,
  news: NonNullable<Explanation['grew']>,
): ImportChain[] {
  const { scope, unit, encoding, kind } = measurement
  if (!scope) return []
  if (unit === 'requests' || unit === 'depth') return lazyChain(report, scope)
  if (sizes.byModule.size === 0 && kind !== 'coverage') return assetChains(report, measurement)
  const grew = news.map(({ id }) => id)
  const grown = news.reduce((sum, { size }) => sum + size, 0)
  const options = chainOptions(scope)
  const over = unit === 'percent' ? 0 : measurement.actual - measurement.limit
  const weigh = (subject: string, steps: ChainStep[]): ImportChain => {
    const cut = lastOwnImport(report, steps)
    if (!cut) return { subject, steps, saves: 0 }
    const saved = savingsOf(report, scope, { importer: cut.importer, importee: cut.importee })
    return { subject, steps, saves: Math.round(saved[encoding === 'zstd' ? 'brotli' : encoding]) }
  }
  // A budget on a package is about each import of it, whatever it saves.
  if (measurement.package !== undefined) {
    const all = chainsTo(report, isOf(measurement.package), options).slice(0, LISTED)
    return all.map((steps) => weigh(measurement.package!, steps))
  }
  const onlyNews = grew.length > 0 && (kind === 'growth' || grown >= over)
  const subjects = onlyNews
    ? grew.slice(0, SUBJECTS)
    : subjectsOf(report, scope, sizes, grew, heavyModules(report, measurement, sizes))
  const candidates = [...subjects].flatMap((subject): Candidate[] => {
    const found = chainsTo(report, isOf(subject), options)
    const [best] = found
      .slice(0, TRIED)
      .map((steps) => weigh(subject, steps))
      .sort((a, b) => b.saves - a.saves)
    const place = grew.indexOf(subject)
    return best ? [{ chain: best, importers: found.length, rank: place === -1 ? Infinity : place }] : []
  })
  const telling = candidates.filter(
    ({ chain, importers, rank }) =>
      chain.saves > over * TELLING || rank < Infinity || (chain.saves === 0 && importers <= FEW_IMPORTERS),
  )
  // What a route brings itself is asked before what every route shares.
  const shared = kind === 'route' ? entryReach(report, scope) : new Set<string>()
  const isShared = ({ chain }: Candidate): number => {
    const importer = lastOwnImport(report, chain.steps)?.importer
    return importer !== undefined && shared.has(importer) ? 1 : 0
  }
  telling.sort((a, b) => {
    if (a.rank !== b.rank) return a.rank - b.rank
    return isShared(a) - isShared(b) || b.chain.saves - a.chain.saves
  })
  return distinct(
    report,
    telling.map(({ chain }) => chain),
  ).slice(0, LISTED)
}

/** Modules that run on every route: what the entries among the roots reach statically. */
function entryReach(report: BuildReport, { roots }: LoadScope): ReadonlySet<string> {
  const entries = new Set(indexReport(report).entries.map((position) => report.modules[position]!.id))
  return staticReach(
    report,
    roots.filter((root) => entries.has(root)),
  )
}

interface Candidate {
  readonly chain: ImportChain
  readonly importers: number
  /** Place among what grew over the baseline. */
  readonly rank: number
}

function chainOptions({ roots, kinds }: LoadScope): ChainOptions {
  return { kinds: kinds ?? ['static'], lazyRoots: roots }
}

function isOf(subject: string): (module: ModuleEntry) => boolean {
  return (module) => module.package === subject || (module.package === undefined && module.id === subject)
}

function subjectsOf(
  report: BuildReport,
  scope: LoadScope,
  sizes: ModuleSizes,
  grew: readonly string[],
  own: readonly string[],
): ReadonlySet<string> {
  const heavy = heaviest(sizes.byPackage, SUBJECTS).map(([name]) => name)
  return new Set([
    ...grew.slice(0, SUBJECTS),
    ...heavy,
    ...own,
    ...heaviest(eagerPages(report, scope, sizes), SUBJECTS).map(([id]) => id),
  ])
}

/** Data, styles and the like: modules of the app that weigh something themselves, whatever they import. */
function heavyModules(report: BuildReport, { kind, unit, actual }: Measurement, sizes: ModuleSizes): string[] {
  if (unit !== 'bytes' || kind === 'growth') return []
  const { indexOf } = indexReport(report)
  return heaviest(sizes.byModule, SUBJECTS).flatMap(([id, size]) => {
    const isOwn = report.modules[indexOf.get(id) ?? -1]?.package === undefined
    return isOwn && size >= actual * HEAVY ? [id] : []
  })
}

/** Modules of the app that somebody imports with `import()`, yet are in the load because somebody else does not. */
function eagerPages(report: BuildReport, scope: LoadScope, sizes: ModuleSizes): Map<string, number> {
  const roots = new Set(scope.roots)
  const lazy = new Set<number>()
  const eager = new Set<number>()
  for (const { imports } of report.modules) {
    for (const { to, kind } of imports) (kind === 'dynamic' ? lazy : eager).add(to)
  }
  const { indexOf } = indexReport(report)
  return new Map(
    [...sizes.byModule].filter(([id]) => {
      const position = indexOf.get(id) ?? -1
      return lazy.has(position) && eager.has(position) && !roots.has(id) && !report.modules[position]?.package
    }),
  )
}

/** The import that somebody who owns the app can remove. */
export function lastOwnImport(report: BuildReport, steps: readonly ChainStep[]): ChainStep | undefined {
  const { indexOf } = indexReport(report)
  return steps.findLast(({ importer }) => report.modules[indexOf.get(importer) ?? -1]?.package === undefined)
}

/** Two packages that one import brings in are one answer, told for the first of them. */
function distinct(report: BuildReport, chains: readonly ImportChain[]): ImportChain[] {
  const seen = new Set<string>()
  return chains.filter(({ steps }) => {
    const cut = lastOwnImport(report, steps)
    const key = `${cut?.importer}\n${cut?.importee}`
    return !seen.has(key) && seen.add(key)
  })
}

/** How a visit gets to the page of its route: what requests and depth come from. */
function lazyChain(report: BuildReport, scope: LoadScope): ImportChain[] {
  const page = scope.roots.at(-1)
  const steps = page === undefined ? undefined : shortestChain(report, (module) => module.id === page)
  return steps && steps.length > 0 ? [{ subject: page!, steps, saves: 0 }] : []
}
