import { defineErrors } from '../errors.ts'
import type { ErrorFactory } from '../errors.ts'

const catalogue = {
  PACELINE_GIT_UNAVAILABLE: (root: string, received: string): string =>
    `\`${root}\` is not in a git repository that can be read; ${received}. Name a saved report instead of a git ref: \`paceline check --save-baseline FILE\` writes one.`,
  PACELINE_GIT_REF_UNKNOWN: (ref: string, near: string): string =>
    `\`${ref}\` is neither a file nor a git ref of this repository. ${near}`,
  PACELINE_GIT_NO_MERGE_BASE: (ref: string, other: string): string =>
    `\`${ref}\` and ${other} have no commit in common, so there is nothing to compare with. Name a ref that ${other} was branched from, or a saved report.`,
  PACELINE_GIT_SHALLOW: (ref: string, other: string): string =>
    `\`${ref}\` and ${other} have no commit in common in this shallow clone. Fetch the history with \`git fetch --unshallow\`, or check out with \`fetch-depth: 0\` on GitHub Actions.`,
}

/** What git may be unable to answer. */
export const gitError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
