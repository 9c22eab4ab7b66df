import type { ImportClauses } from './import-clauses.ts'

/** Clauses of a module of which is known what they lead to. */
export interface TargetedClauses extends ImportClauses {
  /** For each of the specifiers the id of the module that it names. */
  readonly targets: readonly string[]
}

/** What Vite makes a module import by itself: with `import()` a helper that loads stylesheets first, and others. */
const HELPER = /^\0vite\//

/**
 * Puts the specifiers of a module beside what the bundler says that it imports, which comes in the same order. With Rolldown, and for the
 * script of a page, helpers of Vite are among the imports of which the code says nothing.
 *
 * @returns nothing when it cannot be told which is which
 */
export function withTargets(clauses: ImportClauses, imports: readonly string[]): TargetedClauses | undefined {
  const named = new Set(clauses.specifiers.flatMap((specifier) => [specifier, `\0${specifier}.js`]))
  const targets = imports.filter((id) => !HELPER.test(id) || named.has(id))
  return targets.length === clauses.specifiers.length ? { ...clauses, targets } : undefined
}
