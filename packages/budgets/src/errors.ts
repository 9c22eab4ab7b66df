import { defineErrors, type ErrorFactory } from '@paceline/kit'

const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

const catalogue = {
  PACELINE_BUDGET_EXCEEDED: (block: string): string => block,
  PACELINE_BUDGET_NO_MATCH: (misses: readonly string[]): string =>
    `\`budgets\` has entries that match nothing, so they check nothing:\n${list(misses)}\nCorrect the name, or remove the entry.`,
  PACELINE_SIZE_LIMIT_UNREADABLE: (file: string, problems: readonly string[]): string =>
    `\`${file}\` is not a size-limit file that a build can be held to:\n${list(problems)}`,
  PACELINE_BASELINE_UNREADABLE: (baseline: string, received: string): string =>
    `\`budgets.baseline\` names a report that cannot be read; received '${baseline}', and ${received}. Save one with \`paceline check --save-baseline ${baseline}\`.`,
  PACELINE_STALE_DIST: (dir: string, differences: readonly string[]): string =>
    `\`${dir}\` is not the build that was measured:\n${list(differences)}\nRun \`vite build\` again.`,
  PACELINE_REPORT_MISSING: (environment: string): string =>
    `\`budgets\` found no report of the '${environment}' build to judge. List \`budgets()\` after the plugin that provides the build graph.`,
}

/** What can go wrong in the budgets, each with the code that tests and CI match on. */
export const budgetError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
