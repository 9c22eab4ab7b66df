/** What `npm test` runs. */
export interface SuitePlan {
  /** Filters for vitest; undefined leaves it out. */
  readonly unit: readonly string[] | undefined
  /** Filters for Playwright; undefined leaves it and the playground's build out. */
  readonly browser: readonly string[] | undefined
}

/**
 * Everything without arguments. With some, only what they name: `e2e` and paths below it go to Playwright, all others
 * to vitest (`npm test -- packages/budgets`, `npm test -- e2e/tests/routes`).
 */
export function planSuites(args: readonly string[]): SuitePlan {
  if (args.length === 0) return { unit: [], browser: [] }
  const browser = args.filter(isBrowserTest)
  const unit = args.filter((arg) => !isBrowserTest(arg))
  return {
    unit: unit.length > 0 ? unit : undefined,
    browser: browser.length > 0 ? browser.filter((arg) => !/^e2e[/\\]?$/.test(arg)) : undefined,
  }
}

function isBrowserTest(arg: string): boolean {
  return /^e2e([/\\]|$)/.test(arg)
}
