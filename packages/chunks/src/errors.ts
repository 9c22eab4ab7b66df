import { defineErrors, type ErrorFactory } from '@paceline/kit'

const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

const catalogue = {
  PACELINE_NOTHING_TO_PLAN: (root: string): string =>
    `\`${root}\` builds nothing that could be planned; no module of an entry is left after tree shaking. Check \`build.rollupOptions.input\`.`,
  PACELINE_ANALYSIS_FAILED: (module: string, other: string): string =>
    `\`${module}\` cannot have a chunk of its own, which planning needs; received one together with \`${other}\`. Find the plugin that changes the output options after Paceline.`,
  PACELINE_WEIGHT_UNKNOWN: (route: string, hint: string): string =>
    `\`chunks.weights['${route}']\` is for no route of the app. ${hint}`,
  PACELINE_PLAN_UNREADABLE: (file: string, received: string): string =>
    `\`${file}\` is no chunk plan; ${received}. Make it anew with \`paceline chunks plan\`.`,
  PACELINE_PLAN_CONFLICT: (file: string, line: number, received: string): string =>
    `\`${file}\` has an unresolved merge; received '${received}' on line ${line}. Take either side, then run \`paceline chunks plan\`.`,
  PACELINE_PLAN_VERSION: (file: string, received: number, expected: number): string =>
    `\`${file}\` was written by another version of Paceline; received \`version\` ${received}, this one reads ${expected}. Run \`paceline chunks plan\` with the version that builds the app.`,
  PACELINE_PLAN_CONTRADICTORY: (file: string, problems: readonly string[]): string =>
    `\`${file}\` cannot be followed; received\n${list(problems)}\nMake it anew with \`paceline chunks plan\`.`,
  PACELINE_PLAN_OTHER_APP: (file: string, app: string, found: number, total: number): string =>
    `\`${file}\` is the plan of another app; received the one of '${app}', and ${found} of its ${total} files and directories exist here. Remove it, or name another in \`chunks.plan\`, and run \`paceline chunks plan\`.`,
  PACELINE_DRIFT_INVALID: (received: string): string =>
    `\`chunks.drift\` is no percentage; received '${received}'. Write one such as '5%'.`,
  PACELINE_PLAN_GONE: (file: string, gone: readonly string[], total: number): string =>
    `\`${file}\` is about an app that has changed since; ${gone.length} of its ${total} files and directories are gone:\n${list(gone.slice(0, 5))}\nMake it anew with \`paceline chunks plan\`.`,
  PACELINE_GROUP_NO_MATCH: (group: string, near: readonly string[]): string =>
    `\`groups.${group}\` matches no module of the build; nearest names: ${near.map((name) => `\`${name}\``).join(', ') || 'none'}. Correct its patterns or remove it.`,
  PACELINE_GROUP_CYCLE: (
    group: string,
    other: string,
    there: readonly string[],
    back: readonly string[],
    missing: readonly string[],
  ): string =>
    `\`groups.${group}\` and ${other} would import each other; ${there.join(' → ')}, and ${back.join(' → ')}. Add ${missing.map((key) => `\`${key}\``).join(', ')} to \`${group}\`, or take what imports ${missing.length === 1 ? 'it' : 'them'} out.`,
}

/** What can go wrong with the chunks, each with the code that tests and CI match on. */
export const chunksError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
