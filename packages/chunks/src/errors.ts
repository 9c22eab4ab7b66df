import { defineErrors, type ErrorFactory } from '@paceline/kit'

const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

const catalogue = {
  PACELINE_RULES_BROKEN: (block: string): string => block,
  PACELINE_RULES_NO_REPORT: (environment: string): string =>
    `\`${environment}\` was built, but there is no report to hold to the rules. List the build graph before \`chunks()\`.`,
  PACELINE_RULES_CONTRADICT: (contradictions: readonly string[]): string =>
    `\`chunks\` has rules that contradict each other:\n${list(contradictions)}`,
  PACELINE_RULE_NO_MATCH: (option: string, near: string): string =>
    `\`${option}\` matches nothing in the build, so it would hold whatever happens. ${near}`,
  PACELINE_SUPPRESSION_EXPIRED: (rule: string, subject: string, until: string, reason: string): string =>
    `\`chunks.suppress\` accepted '${subject}' for \`${rule}\` until ${until}, because "${reason}". That day is over: mend it, or set a new day.`,
  PACELINE_SUPPRESSION_UNUSED: (rule: string, subject: string, near: string): string =>
    `\`chunks.suppress\` accepts '${subject}' for \`${rule}\`, but nothing of that name breaks the rule. ${near}`,
  PACELINE_CHUNK_CYCLE: (circle: string, consequence: string, chain: readonly string[], advice: string): string =>
    `${circle} is a circle of chunks: ${consequence}; received\n${list(chain)}\n${advice}`,
  PACELINE_CHUNK_DEADLOCK: (module: string, what: string, chain: readonly string[], advice: string): string =>
    `${module} ${what}; received\n${list(chain)}\n${advice}`,
  PACELINE_RUNS_EARLY: (modules: string, what: string, chain: readonly string[], advice: string): string =>
    `${modules} ${what}; received\n${list(chain)}\n${advice}`,
  PACELINE_ORDER_CHANGED: (module: string, what: string, chains: readonly string[], advice: string): string =>
    `${module} ${what}; received\n${list(chains)}\n${advice}`,
  PACELINE_NOTHING_TO_PLAN: (root: string): string =>
    `\`${root}\` builds nothing that could be planned; no module of an entry is left after tree shaking. Check \`build.rollupOptions.input\`.`,
  PACELINE_ANALYSIS_FAILED: (module: string, other: string): string =>
    `\`${module}\` cannot have a chunk of its own, which planning needs; received one together with \`${other}\`. Find the plugin that changes the output options after Paceline.`,
  PACELINE_VITE_MISSING: (version: string, root: string): string =>
    `\`vite\` ${version}, which runs this build, cannot be started again for the plan; it was not found from \`${root}\`. Install it there, or make the plan with \`paceline chunks plan\`.`,
  PACELINE_OUTPUT_UNSUPPORTED: (option: string, received: string): string =>
    `\`${option}\` rules out a plan of chunks; received ${received}. Remove it, or set \`chunks.strategy\` to 'default'.`,
  PACELINE_ROLLDOWN_OUTDATED: (version: string, least: string): string =>
    `\`rolldown\` is too old to follow a plan of chunks; received ${version}, and it can be told what goes where since ${least}. Update Vite to 8.3 or later, or set \`chunks.strategy\` to 'default'.`,
  PACELINE_CHUNKS_CONTRADICT: (option: string): string =>
    `\`${option}\` and \`chunks.strategy\` contradict each other; both say which module goes into which chunk. Write what you want as \`chunks.groups\`, or set \`chunks.strategy\` to 'default'.`,
  PACELINE_PLAN_NOT_FOLLOWED: (problems: readonly string[]): string =>
    `\`chunks.plan\` was not followed by the bundler; received\n${list(problems)}\nFind the plugin that changes the output options after Paceline, or report this.`,
  PACELINE_IMPORT_MAP_INVALID: (page: string, received: string): string =>
    `\`${page}\` has an import map of its own that the one of \`chunks.stable\` cannot be added to; ${received}. Correct it, or set \`build.chunkImportMap\` to false.`,
  PACELINE_IMPORT_MAP_CONFLICT: (page: string, key: string, one: string, other: string): string =>
    `\`${page}\` has two import maps that contradict each other; '${key}' is ${one} in the first and ${other} in another. Remove it from one, or set \`build.chunkImportMap\` to false.`,
  PACELINE_WEIGHT_UNKNOWN: (route: string, hint: string): string =>
    `\`chunks.weights['${route}']\` is for no route of the app. ${hint}`,
  PACELINE_PLAN_UNREADABLE: (file: string, received: string): string =>
    `\`${file}\` is no chunk plan; ${received}. Make it anew with \`paceline chunks plan\`.`,
  PACELINE_PLAN_FOREIGN: (file: string, received: string): string =>
    `\`${file}\` is something else than a chunk plan, and is not written over; received ${received}. Remove or rename it, or name another file in \`chunks.plan\`, and run \`paceline chunks plan\`.`,
  PACELINE_PLAN_CONFLICT: (file: string, line: number, received: string): string =>
    `\`${file}\` has an unresolved merge; received '${received}' on line ${line}. Take either side, then run \`paceline chunks plan\`.`,
  PACELINE_PLAN_VERSION: (file: string, received: number, expected: number): string =>
    `\`${file}\` was written by another version of Paceline; received \`version\` ${received}, this one reads ${expected}. Run \`paceline chunks plan\` with the version that builds the app.`,
  PACELINE_PLAN_CONTRADICTORY: (file: string, problems: readonly string[]): string =>
    `\`${file}\` cannot be followed; received\n${list(problems)}\nMake it anew with \`paceline chunks plan\`.`,
  PACELINE_PLAN_OTHER_APP: (file: string, app: string, found: number, total: number, what: string): string =>
    `\`${file}\` is the plan of another app; received the one of '${app}', and ${found} of its ${total} ${what} exist here. Remove it, or name another in \`chunks.plan\`, and run \`paceline chunks plan\`.`,
  PACELINE_DRIFT_INVALID: (received: string): string =>
    `\`chunks.drift\` is no percentage; received '${received}'. Write one such as '5%'.`,
  PACELINE_PLAN_GONE: (file: string, gone: readonly string[], total: number): string =>
    `\`${file}\` is about an app that has changed since; ${gone.length} of its ${total} files and directories are gone:\n${list(gone.slice(0, 5))}\nMake it anew with \`paceline chunks plan\`.`,
  PACELINE_GROUP_NO_MATCH: (group: string, near: readonly string[]): string =>
    `\`groups.${group}\` matches no module of the build; nearest names: ${near.map((name) => `\`${name}\``).join(', ') || 'none'}. Correct its patterns or remove it.`,
  PACELINE_GROUP_SHADOWED: (group: string, earlier: readonly string[]): string =>
    `\`groups.${group}\` is left with nothing; what it matches belongs to ${earlier.map((name) => `\`${name}\``).join(', ')}, which ${earlier.length === 1 ? 'is' : 'are'} written before it. Write \`${group}\` first, or remove it.`,
  PACELINE_GROUP_OF_ENTRIES: (group: string, entries: readonly string[]): string =>
    `\`groups.${group}\` can have no chunk; received only ${entries.map((key) => `\`${key}\``).join(', ')}, where the app starts. Name what the entry imports, or remove the group.`,
  PACELINE_GROUPS_IGNORED: (groups: readonly string[], strategy: string): string =>
    `\`chunks.groups\` is only for the strategy 'planned'; received ${groups.map((group) => `\`${group}\``).join(', ')} beside '${strategy}'. Set \`chunks.strategy\` to 'planned', or remove the groups.`,
  PACELINE_GROUPS_CHANGED: (file: string, changes: readonly string[]): string =>
    `\`${file}\` was made for other groups than \`chunks.groups\`; ${changes.join(', ')}. Make it anew with \`paceline chunks plan\`.`,
  PACELINE_VENDOR_ORDER: (first: string, second: string, chains: readonly string[]): string =>
    `\`chunks.strategy\` 'vendor' would run \`${first}\` before \`${second}\`, which the source runs first; received\n${list(chains)}\nSet \`chunks.strategy\` to 'planned', which divides the packages.`,
  PACELINE_GROUP_ONLY_STYLES: (group: string, first: string, second: string): string =>
    `\`groups.${group}\` has only stylesheets, and Vite puts a chunk without scripts behind those that import it; received \`${first}\` before \`${second}\`, which the source has first. Add a script that the same pages need to \`${group}\`, or take \`${second}\` out.`,
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
