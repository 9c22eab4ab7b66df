import type { OptionMove } from '../move.ts'

/** A file of budgets as Lighthouse had it: sizes in KiB, times in milliseconds. */
interface LighthouseBudget {
  readonly path?: string
  readonly timings?: readonly { readonly metric: string; readonly budget: number }[]
  readonly resourceSizes?: readonly { readonly resourceType: string; readonly budget: number }[]
  readonly resourceCounts?: readonly unknown[]
}

/** Where limits go, by the name of their audit. */
export type AuditPaths = Readonly<Record<string, readonly string[]>>

/**
 * Moves the limits of a budgets file. Those of single pages, and those that Paceline has no name for, keep the tool.
 *
 * @see https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#budgetsfile
 */
export function moveBudgetsFile(option: OptionMove, paths: AuditPaths): void {
  const file = option.text()
  const budgets = file === undefined ? undefined : readBudgets(option.facts.readText(file))
  if (!budgets) return option.stays('names no file with a list of budgets that can be read')
  option.automatic(`\`${file}\` is not read any more; delete it.`)
  for (const budget of budgets) {
    if (!['/', '/*', undefined].includes(budget.path))
      option.stays(`has limits for \`${budget.path}\` alone; write \`sla.routes\``)
    else moveBudget(option, budget, paths)
  }
}

function moveBudget(option: OptionMove, budget: LighthouseBudget, paths: AuditPaths): void {
  const limits = [
    ...(budget.timings ?? []).map(({ metric, budget: limit }) => [metric, String(limit)] as const),
    ...(budget.resourceSizes ?? []).map(
      ({ resourceType, budget: limit }) => [`resource-summary:${resourceType}:size`, `${limit} * 1024`] as const,
    ),
  ]
  for (const [audit, limit] of limits) {
    const path = paths[audit]
    if (path) option.to(path, limit)
    else option.stays(`\`${audit}\` has no equivalent`)
  }
  if ((budget.resourceCounts ?? []).length > 0)
    option.stays('`resourceCounts` has no equivalent; write `budgets.routes`')
}

function readBudgets(text: string | undefined): readonly LighthouseBudget[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) ? (value as LighthouseBudget[]) : undefined
  } catch {
    return undefined
  }
}
