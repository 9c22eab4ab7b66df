import { indexReport, minimumCut, savingsOf } from '@paceline/build-graph'
import type { BuildReport, ChainStep, LoadScope, ModuleImport, Sizes } from '@paceline/build-graph'
import type { WhySubject } from './find-subject.ts'

/** The fewest imports to take out of the app so that something is no longer part of what visitors download first. */
export interface CheapestCut {
  readonly imports: readonly ChainStep[]
  /** Which ways it keeps out: of something that is loaded later also `import()`. */
  readonly kinds: readonly ModuleImport['kind'][]
  /** Modules of the app that only these imports led to, beside the subject: they go with it. */
  readonly loses: readonly string[]
  /** What the heaviest of the loads loses, by the shares of the files as they are. */
  readonly estimate: Sizes
}

/**
 * One cut for all loads that a subject is part of.
 *
 * @param scopes the loads
 * @param pages modules that pages begin with, where whole pages are not to be taken out
 * @returns nothing where no set of the app's own imports does it
 */
export function cheapestCut(
  report: BuildReport,
  subject: WhySubject,
  scopes: readonly LoadScope[],
  pages: readonly string[] = [],
): CheapestCut | undefined {
  const kinds = scopes[0]?.kinds ?? ['static']
  const roots = [...new Set([...scopes.flatMap((scope) => scope.roots), ...contentsOf(report, subject, pages)])]
  const cut = minimumCut(report, { roots, matches: subject.matches, kinds })
  if (!cut) return undefined
  const estimates = scopes.map((scope) => savingsOf(report, scope, { imports: cut.imports }))
  const estimate = estimates.reduce((most, one) => (one.brotli > most.brotli ? one : most))
  return { ...cut, kinds, estimate }
}

/** A page that consists of a single import of the app is what that import leads to. */
function contentsOf(report: BuildReport, { matches }: WhySubject, pages: readonly string[]): string[] {
  const { indexOf } = indexReport(report)
  const contents = new Set(pages)
  // Grows while it is walked.
  for (const id of contents) {
    const imports = report.modules[indexOf.get(id) ?? -1]?.imports ?? []
    const own = imports.flatMap(({ to, kind }) => (kind === 'static' ? (report.modules[to] ?? []) : []))
    const [only, ...others] = new Set(own.filter((module) => module.package === undefined))
    if (only && others.length === 0 && !matches(only)) contents.add(only.id)
  }
  return [...contents]
}
