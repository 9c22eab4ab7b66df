/** What `npm test` runs. */
export interface SuitePlan {
  /** Filters for vitest; undefined leaves it out. */
  readonly unit: readonly string[] | undefined
  /** Filters for Playwright; undefined leaves it and the playground's build out. */
  readonly browser: readonly string[] | undefined
  /** Words for the matrix; undefined leaves it out. */
  readonly matrix: readonly string[] | undefined
}

/** The part of the matrix that runs with everything else. */
const QUICK = ['quick']

/**
 * Everything without arguments. With some, only what they name: `e2e` and paths below it go to Playwright, `matrix` is
 * its quick part, and all others go to vitest (`npm test -- packages/budgets`, `npm test -- e2e/tests/routes`).
 */
export function planSuites(args: readonly string[]): SuitePlan {
  if (args.length === 0) return { unit: [], browser: [], matrix: QUICK }
  const browser = args.filter(isBrowserTest)
  const unit = args.filter((arg) => !isBrowserTest(arg) && !isMatrix(arg))
  return {
    unit: unit.length > 0 ? unit : undefined,
    browser: browser.length > 0 ? browser.filter((arg) => !/^e2e[/\\]?$/.test(arg)) : undefined,
    matrix: args.some(isMatrix) ? QUICK : undefined,
  }
}

function isBrowserTest(arg: string): boolean {
  return /^e2e([/\\]|$)/.test(arg)
}

function isMatrix(arg: string): boolean {
  return /^matrix[/\\]?$/.test(arg)
}
