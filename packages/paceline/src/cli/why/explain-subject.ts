import {
  chainsTo,
  entryClosure,
  entryScope,
  indexReport,
  routeScope,
  savingsOf,
  shortestChain,
  staticReach,
  wholeScope,
} from '@paceline/build-graph'
import type { BuildReport, ChainStep, Cut, LoadScope, Sizes } from '@paceline/build-graph'
import { cheapestCut, type CheapestCut } from './cheapest-cut.ts'
import type { WhySubject } from './find-subject.ts'
import { liveReport } from './live-report.ts'

export interface WhyAnswer {
  readonly name: string
  readonly kind: 'package' | 'module'
  readonly version?: string
  /** Every copy of a package that is bundled more than once, and the shortest chain to it. */
  readonly copies?: readonly WhyCopy[]
  /** Bytes in all chunks. */
  readonly sizes: Sizes
  readonly modules: number
  readonly chunks: readonly string[]
  /** Shortest chain of all, static and dynamic imports. */
  readonly chain: readonly ChainStep[]
  /** Whether the app starts there. */
  readonly starts: boolean
  /** What the build loses without it: it, and all that only it leads to. */
  readonly saves: Sizes
  /** The loads it is part of, what every visit downloads first. Routes that only inherit it from there are left out; those that have it by themselves, too, are not. */
  readonly loads: readonly WhyLoad[]
  /** Imports of the app that bring it in. */
  readonly importers: readonly ChainStep[]
  /** The fewest imports without which no load has it any more; absent where no imports of the app do it. */
  readonly cut?: CheapestCut
}

export interface WhyCopy {
  readonly version: string
  /** Its directory, relative to the Vite root. */
  readonly path: string
  readonly chain: readonly ChainStep[]
}

export interface WhyLoad {
  /** `initial` or the id of a route. */
  readonly load: string
  /** Of a route that every visit's load has it for already, from where the route's own modules begin. */
  readonly chain: readonly ChainStep[]
  readonly saves: Sizes
  /** The app's imports that bring it into this load. */
  readonly importers: readonly ChainStep[]
  /** The chain of each of them, shortest first. */
  readonly chains: readonly (readonly ChainStep[])[]
}

/** Why a package or a module is in a build, load by load. Imports that tree shaking has emptied do not count. */
export function explainSubject(written: BuildReport, subject: WhySubject): WhyAnswer {
  const live = liveReport(written)
  // Of what left nothing behind the imports as written are all there is to tell.
  const report = shortestChain(live, subject.matches) ? live : written
  const shortest = shortestChain(report, subject.matches)
  const { shares } = indexReport(report)
  const members = report.modules.filter(subject.matches)
  const parts = members.flatMap(({ id }) => shares.get(id) ?? [])
  const entry = subject.kind === 'package' ? report.packages.find(({ name }) => name === subject.name) : undefined
  const copies = (entry?.duplicates ?? []).map(({ version, path }): WhyCopy => {
    return { version, path, chain: shortestChain(report, ({ id }) => id.startsWith(`${path}/`)) ?? [] }
  })
  const cut = cutOf(subject)
  const everything = wholeScope(
    report,
    report.chunks.map(({ file }) => file),
  )
  const scopes = scopesOf(report, subject)
  const asked = scopes.length > 0 ? scopes.map(({ scope }) => scope) : [everything]
  const pages = scopes.flatMap(({ own = [] }) => own)
  const found = cheapestCut(report, subject, asked, pages)
  return {
    name: subject.name,
    kind: subject.kind,
    ...(entry === undefined ? {} : { version: entry.version }),
    ...(copies.length > 0 ? { copies } : {}),
    sizes: sum(parts),
    modules: members.filter(({ id }) => shares.has(id)).length,
    chunks: [...new Set(parts.map(({ file }) => file))].sort(),
    chain: shortest ?? [],
    starts: shortest?.length === 0,
    saves: savingsOf(report, everything, cut),
    loads: scopes.map((asked) => describeLoad(report, subject, asked)),
    importers: ownImports(report, chainsTo(report, subject.matches)),
    ...(found ? { cut: found } : {}),
  }
}

/** A load, and where chains that are told of it begin: nothing where that is where the app starts. */
interface Asked {
  readonly load: string
  readonly scope: LoadScope
  readonly own?: readonly string[]
}

/**
 * The loads that a subject is part of: every visit's, and those of routes that have it by themselves, because of what only they import.
 * Else they would have it still when every visit has not.
 */
function scopesOf(report: BuildReport, subject: WhySubject): Asked[] {
  const { shares } = indexReport(report)
  const members = report.modules.filter(subject.matches)
  const isEmitted = members.some(({ id }) => shares.has(id))
  const holds = (reached: ReadonlySet<string>, files: readonly string[]): boolean => {
    const isIn = (id: string): boolean => (shares.get(id) ?? []).some(({ file }) => files.includes(file))
    return members.some(({ id }) => reached.has(id) && (!isEmitted || isIn(id)))
  }
  const initial = entryScope(report, entryClosure(report))
  const always = staticReach(report, initial.roots)
  const isInitial = holds(always, initial.files)
  const ofRoutes = report.routes.flatMap((route): Asked[] => {
    const scope = routeScope(report, route, route.firstLoad.files)
    if (!isInitial) return holds(staticReach(report, scope.roots), scope.files) ? [{ load: route.id, scope }] : []
    const own = scope.roots.filter((id) => !always.has(id))
    return holds(staticReach(report, own), scope.files) ? [{ load: route.id, scope, own }] : []
  })
  return isInitial ? [{ load: 'initial', scope: initial }, ...ofRoutes] : ofRoutes
}

function describeLoad(report: BuildReport, subject: WhySubject, { load, scope, own }: Asked): WhyLoad {
  const options = { kinds: ['static'] as const, lazyRoots: scope.roots, ...(own ? { roots: own } : {}) }
  const chains = chainsTo(report, subject.matches, options)
  return {
    load,
    chain: shortestChain(report, subject.matches, options) ?? [],
    saves: savingsOf(report, scope, cutOf(subject)),
    importers: ownImports(report, chains),
    chains,
  }
}

function cutOf({ kind, name }: WhySubject): Cut {
  return kind === 'package' ? { package: name } : { module: name }
}

/** The last import of each chain that the app wrote. */
function ownImports(report: BuildReport, chains: readonly (readonly ChainStep[])[]): ChainStep[] {
  const { indexOf } = indexReport(report)
  const isOwn = ({ importer }: ChainStep): boolean => report.modules[indexOf.get(importer) ?? -1]?.package === undefined
  return chains.flatMap((chain) => chain.findLast(isOwn) ?? [])
}

function sum(parts: readonly Sizes[]): Sizes {
  const add = (key: keyof Sizes): number => parts.reduce((total, part) => total + part[key], 0)
  return { raw: add('raw'), gzip: add('gzip'), brotli: add('brotli') }
}
