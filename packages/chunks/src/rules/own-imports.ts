import {
  formatPlace,
  indexReport,
  packageOf,
  staticReach,
  type BuildReport,
  type ChainStep,
  type ModuleEntry,
  type ModuleImport,
} from '@paceline/build-graph'
import { chainInto, type RuleLoad } from './loads.ts'

/** Where somebody can change something: the imports in code that is not installed, by which a load gets to a subject. */
export interface OwnImports {
  /** Of the subject itself. */
  readonly direct: readonly ChainStep[]
  /** Of packages that bring it. */
  readonly indirect: readonly ChainStep[]
}

/** Places that one sentence names. */
const SHOWN = 3

/** Whether a module lies below `node_modules`; a package of the same workspace is one's own code. */
export function isInstalled(id: string): boolean {
  return packageOf(`/${id}`) !== undefined
}

/** All of them, the one on the shortest way first; by any imports when the load's own do not lead there. */
export function ownImports(report: BuildReport, load: RuleLoad, matches: (module: ModuleEntry) => boolean): OwnImports {
  const { roots, kinds = ['static'] } = load.scope
  const reached = staticReach(report, roots, kinds)
  const ofLoad: EdgeTest = (from, { kind, to }) =>
    reached.has(from) && (kinds.includes(kind) || roots.includes(report.modules[to]!.id))
  const inLoad = ownSteps(report, matches, ofLoad)
  const steps = inLoad.length > 0 ? inLoad : ownSteps(report, matches, () => true)
  const nearest = chainInto(report, load, matches).findLast(({ importer }) => !isInstalled(importer))
  const ordered = steps.toSorted((a, b) => Number(isSame(b, nearest)) - Number(isSame(a, nearest)))
  const subject = new Set(report.modules.filter(matches).map(({ id }) => id))
  const { direct = [], indirect = [] } = Object.groupBy(ordered, ({ importee }) =>
    subject.has(importee) ? 'direct' : 'indirect',
  )
  return { direct, indirect }
}

type EdgeTest = (importer: string, edge: ModuleImport) => boolean

/** Imports of one's own code that lead to a subject at once, or into installed modules that lead there. */
function ownSteps(report: BuildReport, matches: (module: ModuleEntry) => boolean, allowed: EdgeTest): ChainStep[] {
  const { modules } = report
  const { importers } = indexReport(report)
  const leading = new Set(modules.flatMap((module, position) => (matches(module) ? [position] : [])))
  const steps: ChainStep[] = []
  // Grows while it is walked.
  for (const to of leading) {
    for (const from of new Set(importers[to])) {
      const importer = modules[from]!
      const edge = importer.imports.find((candidate) => candidate.to === to && allowed(importer.id, candidate))
      if (!edge || matches(importer)) continue
      if (isInstalled(importer.id)) leading.add(from)
      else {
        const { line } = edge
        steps.push({ importer: importer.id, ...(line === undefined ? {} : { line }), importee: modules[to]!.id })
      }
    }
  }
  return steps
}

function isSame(step: ChainStep, other: ChainStep | undefined): boolean {
  return step.importer === other?.importer && step.importee === other.importee
}

/**
 * What to do, and at which places: `Remove the imports at src/a.js:1 and src/b.js:4`. Packages that bring the subject as well
 * stand behind; where only they do, the imports of them are the places.
 *
 * @param what to do at so many places
 */
export function fixAt({ direct, indirect }: OwnImports, what: (places: number) => string): string {
  const places = direct.length > 0 ? direct : indirect
  const packages = direct.length > 0 ? unique(indirect.map(({ importee }) => `\`${packageName(importee)}\``)) : []
  const at = places.length === 0 ? '' : ` at ${listed(unique(places.map(formatPlace)))}`
  const too = packages.length === 0 ? '' : `; ${listed(packages)} ${packages.length === 1 ? 'brings' : 'bring'} it too`
  return `${what(places.length)}${at}${too}`
}

/** For {@link fixAt}. */
export function removeImports(places: number): string {
  return places > 1 ? 'Remove the imports' : 'Remove the import'
}

function packageName(id: string): string {
  return packageOf(`/${id}`)?.name ?? id
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  const shown = names.length > SHOWN ? names.slice(0, SHOWN - 1) : names.slice(0, -1)
  const rest = names.length - shown.length
  return `${shown.join(', ')} and ${rest === 1 ? names.at(-1)! : `${rest} more`}`
}
