import { indexReport, savingsOf, staticReach, wholeScope } from '@paceline/build-graph'
import type { BuildReport, ChainStep, LoadScope, ModuleEntry, ModuleImport, Sizes } from '@paceline/build-graph'
import { follower, loadScopes } from './load-scopes.ts'
import type { NamedScope } from './load-scopes.ts'
import type { Cause, Subject } from './report-diff.ts'
import { compare, sumSizes } from './sizes.ts'
import { traceArrivals } from './trace-arrivals.ts'
import type { Edge, Trace } from './trace-arrivals.ts'

interface Group {
  readonly edge: Edge
  readonly scope: NamedScope
  readonly trace: Trace
  readonly loads: Set<string>
  readonly modules: Set<number>
}

/**
 * The imports that brought something into a load: into what every visit downloads, into a route, or into the build.
 * What came into several loads through one import is told once.
 *
 * @param aligned old module id → new module id
 */
export function findCauses(before: BuildReport, after: BuildReport, aligned: ReadonlyMap<string, string>): Cause[] {
  const isNew = newImports(before, after, aligned)
  const oldScopes = new Map(loadScopes(before).map((scope) => [scope.name, scope]))
  const initial = oldScopes.get('initial')!
  const groups = new Map<string, Group>()
  const everywhere = new Set<number>()
  const explained = new Set<number>()
  for (const scope of loadScopes(after)) {
    // Every load contains the initial one, and the build contains every load: each arrival is told where it weighs most.
    const known = scope.name === undefined ? explained : everywhere
    // A new route has no former load; who came to the app had the initial one.
    const arrived = arrivals(before, after, oldScopes.get(scope.name) ?? initial, scope, aligned)
    const open = arrived.filter((position) => !known.has(position))
    if (open.length === 0) continue
    const trace = traceArrivals(after, scope, isNew)
    for (const position of open) {
      const edge = trace.blame.get(position)
      if (!edge) continue
      const key = `${edge.from} ${edge.to}`
      const group = groups.get(key) ?? { edge, scope, trace, loads: new Set(), modules: new Set() }
      groups.set(key, group)
      group.modules.add(position)
      if (scope.name !== undefined) group.loads.add(scope.name)
      if (scope.name === 'initial') everywhere.add(position)
      explained.add(position)
    }
  }
  return [...groups.values()]
    .map((group) => describe(after, group, isNew))
    .sort((a, b) => b.size.brotli - a.size.brotli || b.size.raw - a.size.raw || compare(nameOf(a.edge), nameOf(b.edge)))
}

type IsNew = (from: ModuleEntry, edge: ModuleImport) => boolean

/** Knows whether the old build lacked an import. An `import()` that became a static import counts as new. */
function newImports(before: BuildReport, after: BuildReport, aligned: ReadonlyMap<string, string>): IsNew {
  const renamed = (id: string): string => aligned.get(id) ?? id
  const known = new Set<string>()
  for (const module of before.modules) {
    for (const { to, kind } of module.imports) {
      const edge = `${renamed(module.id)}\0${renamed(before.modules[to]?.id ?? '')}`
      known.add(edge)
      if (kind === 'static') known.add(`${edge}\0static`)
    }
  }
  return (from, { to, kind }) =>
    !known.has(`${from.id}\0${after.modules[to]?.id ?? ''}${kind === 'static' ? '\0static' : ''}`)
}

/** Modules with bytes in the load's files that the load reaches now and did not hold before. */
function arrivals(
  before: BuildReport,
  after: BuildReport,
  oldScope: NamedScope,
  scope: NamedScope,
  aligned: ReadonlyMap<string, string>,
): number[] {
  const { indexOf, shares } = indexReport(after)
  const held = heldModules(before, oldScope, aligned)
  const files = new Set(scope.files)
  const reached = staticReach(after, scope.roots, scope.kinds)
  return [...reached].flatMap((id) => {
    const weighs = (shares.get(id) ?? []).some(({ file, raw }) => raw > 0 && files.has(file))
    return weighs && !held.has(id) ? [indexOf.get(id)!] : []
  })
}

function heldModules(report: BuildReport, scope: NamedScope, aligned: ReadonlyMap<string, string>): Set<string> {
  const { shares } = indexReport(report)
  const files = new Set(scope.files)
  const reached = staticReach(report, scope.roots, scope.kinds)
  const held = [...reached].filter((id) => (shares.get(id) ?? []).some(({ file, raw }) => raw > 0 && files.has(file)))
  return new Set(held.map((id) => aligned.get(id) ?? id))
}

function describe(report: BuildReport, group: Group, isNew: IsNew): Cause {
  const { edge, scope } = group
  const subjects = subjectsOf(report, group)
  const step = stepOf(report, edge)
  const main = subjects[0]
  const others = main?.kind === 'package' ? otherImports(report, scope, main.name, edge, isNew) : []
  return {
    edge: step,
    isNew: edge.isNew,
    loads: [...group.loads],
    chain: chainTo(report, group.trace, edge),
    subjects,
    size: sumSizes(subjects),
    saves: savingsOf(report, savingScope(report, scope, step), step),
    others,
    ...(main && others.length > 0 ? { savesTogether: savingsOf(report, scope, { package: main.name }) } : {}),
  }
}

/** A visit of a page starts from the page, so only the build as a whole can lose it with the import that leads there. */
function savingScope(report: BuildReport, scope: NamedScope, { importee }: ChainStep): LoadScope {
  return scope.roots.includes(importee) ? wholeScope(report, scope.files) : scope
}

function subjectsOf(report: BuildReport, { modules, scope }: Group): Subject[] {
  const { shares } = indexReport(report)
  const files = new Set(scope.files)
  const sizes = new Map<string, Subject>()
  for (const position of modules) {
    const { id, package: owner } = report.modules[position]!
    const name = owner ?? id
    const weight: Sizes = sumSizes((shares.get(id) ?? []).filter(({ file }) => files.has(file)))
    const known = sizes.get(name)
    sizes.set(name, {
      name,
      kind: owner === undefined ? 'module' : 'package',
      modules: (known?.modules ?? 0) + 1,
      ...sumSizes(known ? [known, weight] : [weight]),
    })
  }
  return [...sizes.values()].sort((a, b) => b.brotli - a.brotli || b.raw - a.raw || compare(a.name, b.name))
}

/** The app's other new imports of a package inside a load: while one is left, removing the first saves nothing. */
function otherImports(report: BuildReport, scope: NamedScope, name: string, edge: Edge, isNew: IsNew): ChainStep[] {
  const { modules } = report
  const reached = staticReach(report, scope.roots, scope.kinds)
  const follows = follower(scope)
  return modules.flatMap((importer, from) => {
    if (importer.package !== undefined || !reached.has(importer.id)) return []
    return importer.imports
      .filter((imported) => modules[imported.to]?.package === name && follows(imported, modules[imported.to]!.id))
      .filter((imported) => !(from === edge.from && imported.to === edge.to) && isNew(importer, imported))
      .map(({ to, line }) => stepOf(report, { from, to, ...(line === undefined ? {} : { line }) }))
  })
}

function chainTo(report: BuildReport, { parents }: Trace, edge: Edge): ChainStep[] {
  const steps: ChainStep[] = []
  for (let current: Edge | undefined = edge; current; current = parents.get(current.from)) {
    steps.push(stepOf(report, current))
  }
  return steps.toReversed()
}

function stepOf(report: BuildReport, { from, to, line }: Pick<Edge, 'from' | 'to' | 'line'>): ChainStep {
  const importer = report.modules[from]!.id
  return { importer, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id }
}

function nameOf(step: ChainStep): string {
  return `${step.importer} ${step.importee}`
}
