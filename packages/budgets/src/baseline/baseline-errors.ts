import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_GIT_UNAVAILABLE: (root: string, received: string): string =>
    `\`${root}\` is not in a git repository that can be read; ${received}. Name a saved report instead of a git ref: \`paceline check --save-baseline FILE\` writes one.`,
  PACELINE_GIT_REF_UNKNOWN: (ref: string, near: string): string =>
    `\`${ref}\` is neither a file nor a git ref of this repository. ${near}`,
  PACELINE_GIT_NO_MERGE_BASE: (ref: string): string =>
    `\`${ref}\` and HEAD have no commit in common, so there is nothing to compare with. Name a ref that HEAD was branched from, or a saved report.`,
  PACELINE_GIT_SHALLOW: (ref: string): string =>
    `\`${ref}\` and HEAD have no commit in common in this shallow clone. Fetch the history with \`git fetch --unshallow\`, or check out with \`fetch-depth: 0\` on GitHub Actions.`,
  PACELINE_BASELINE_NOT_STORED: (ref: string, commit: string): string =>
    `\`${ref}\` stands for commit ${commit}, whose report is not stored here. Run \`paceline check --baseline ${ref}\`: it builds that commit in a worktree of its own and stores the report.`,
  PACELINE_BASELINE_BUILD_FAILED: (ref: string, commit: string, received: string): string =>
    `\`${ref}\` cannot be compared with: commit ${commit} does not build; ${received}Build it by hand to see why, or name a saved report.`,
}

/** What can go wrong on the way to a baseline. */
export const baselineError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
