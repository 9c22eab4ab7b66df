import { minimumCut, savingsOf } from '@paceline/build-graph'
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
 * @returns nothing where no set of the app's own imports does it
 */
export function cheapestCut(
  report: BuildReport,
  subject: WhySubject,
  scopes: readonly LoadScope[],
): CheapestCut | undefined {
  const kinds = scopes[0]?.kinds ?? ['static']
  const roots = [...new Set(scopes.flatMap((scope) => scope.roots))]
  const cut = minimumCut(report, { roots, matches: subject.matches, kinds })
  if (!cut) return undefined
  const estimates = scopes.map((scope) => savingsOf(report, scope, { imports: cut.imports }))
  const estimate = estimates.reduce((most, one) => (one.brotli > most.brotli ? one : most))
  return { ...cut, kinds, estimate }
}
