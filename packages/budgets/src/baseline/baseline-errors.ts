import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_BASELINE_NOT_STORED: (ref: string, commit: string): string =>
    `\`${ref}\` stands for commit ${commit}, whose report is not stored here. Run \`paceline check --baseline ${ref}\`: it builds that commit in a worktree of its own and stores the report.`,
  PACELINE_BASELINE_BUILD_FAILED: (ref: string, commit: string, received: string): string =>
    `\`${ref}\` cannot be compared with: commit ${commit} does not build; ${received}Build it by hand to see why, or name a saved report.`,
}

/** What can go wrong on the way to a baseline. */
export const baselineError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
