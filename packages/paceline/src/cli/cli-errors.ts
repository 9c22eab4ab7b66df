import { defineErrors, nearest } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_CLI_COMMAND_UNKNOWN: (name: string, known: readonly string[]): string =>
    `\`paceline ${name}\` is not a command. ${suggest(name, known)}`,
  PACELINE_CLI_OPTION_UNKNOWN: (option: string, command: string, known: readonly string[]): string =>
    `\`${option}\` is not an option of \`paceline ${command}\`. ${suggest(option, known)}`,
  PACELINE_CLI_OPTION_VALUE: (option: string, received: string): string =>
    `\`${option}\` ${received}. See \`paceline --help\`.`,
  PACELINE_CLI_ARGUMENTS: (command: string, usage: string, received: number): string =>
    `\`paceline ${command}\` takes ${usage === '' ? 'no arguments' : usage}; received ${received}. See \`paceline ${command} --help\`.`,
  PACELINE_CLI_FORMATS: (formats: readonly string[]): string =>
    `\`${formats.join(' ')}\` exclude each other. Choose one format; run the command again for another.`,
  PACELINE_ROOT_MISSING: (root: string): string =>
    `\`--root\` is not a directory; received '${root}'. Name the directory that holds the Vite config.`,
  PACELINE_CONFIG_UNREADABLE: (root: string, received: string): string =>
    `The Vite config of \`${root}\` cannot be loaded; it says:\n${received}\nName it with \`--config\`, or the app's directory with \`--root\`.`,
  PACELINE_CONFIG_NO_BUDGETS: (root: string, configFile: string | undefined): string =>
    configFile === undefined
      ? `\`${root}\` has no Vite config, so there are no budgets. Name the app's directory with \`--root\`, or its config with \`--config\`.`
      : `The Vite config of \`${root}\` has no budgets to hold a build to. Add \`paceline()\` to its plugins, and \`budgets\` to its options.`,
  PACELINE_DIFF_NO_BASELINE: (root: string): string =>
    `\`paceline diff\` has nothing to compare \`${root}\` with. Name a git ref or a saved report, or set \`budgets.baseline\`.`,
  PACELINE_REBUILD_FAILED: (received: string): string =>
    `The app does not build; it says:\n${received}\nRun \`vite build\` to see whether it does without a change.`,
  PACELINE_REPLAY_EMPTY: (range: string, received: string): string =>
    `\`${range}\` has nothing to replay; ${received}. Name a range such as \`HEAD~12..HEAD\`, and the app with \`--root\`.`,
  PACELINE_REPLAY_STRATEGY: (name: string, near: string | undefined, known: readonly string[]): string =>
    `\`--strategies\` does not know '${name}'. ${near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean \`${near}\`?`}`,
  PACELINE_WHAT_IF_SYNTAX: (received: string): string =>
    `\`paceline what-if\` ${received}. Write \`lazy FILE\`, \`drop PACKAGE\`, \`replace A=B\` or \`merge A B\`, as many as you like.`,
  PACELINE_WHAT_IF_NOTHING: (subject: string, received: string): string =>
    `\`${subject}\` cannot be changed like this; ${received}. \`paceline why ${subject}\` says how it is loaded.`,
  PACELINE_WHAT_IF_NOT_A_PACKAGE: (name: string): string =>
    `\`${name}\` is a module of the app; only packages can be replaced. Use \`drop\` to see what the app is without it.`,
  PACELINE_WHAT_IF_NOT_INSTALLED: (name: string, near: string | undefined): string =>
    `\`${name}\` is not installed here. ${near === undefined ? `Install it with \`npm install ${name}\` first.` : `Did you mean \`${near}\`?`}`,
  PACELINE_WHAT_IF_CHUNK_UNKNOWN: (name: string, near: string | undefined, known: readonly string[]): string =>
    `\`${name}\` is not a chunk of this build. ${near === undefined ? `Known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? `, and ${known.length - 12} more` : ''}.` : `Did you mean \`${near}\`?`}`,
  PACELINE_WHAT_IF_CHUNK_AMBIGUOUS: (name: string, files: readonly string[]): string =>
    `\`${name}\` is the name of several chunks: ${files.join(', ')}. Write the file instead.`,
  PACELINE_WHAT_IF_CHUNK_ENTRY: (name: string): string =>
    `\`${name}\` is the script of a page and cannot be merged: it stays a file of its own. Name two chunks that it imports.`,
  PACELINE_WHAT_IF_CHUNK_CYCLE: (first: string, second: string): string =>
    `\`${first}\` and \`${second}\` cannot be one chunk: a third one imports the one and is imported by the other. Merge the three, or neither.`,
  PACELINE_WHAT_IF_UNRESOLVED: (source: string, wanted: string): string =>
    `\`${source}\` cannot be replaced: there is no \`${wanted}\`. Replace it by a package that has the same entry points.`,
  PACELINE_DELIVERY_OFF: (config: string): string =>
    `\`${config}\` has no delivery. Add \`paceline()\` to its plugins, without \`delivery: false\`.`,
  PACELINE_RELEASE_NOWHERE: (): string =>
    '`paceline release fetch` has nowhere to fetch from; received no argument, and `delivery.history` is not set. Write a URL, a directory or `cache`.',
  PACELINE_CACHE_OFF: (config: string): string =>
    `\`${config}\` has no artifact cache. Add \`paceline()\` to its plugins, without \`cache: false\`.`,
  PACELINE_WHY_UNKNOWN: (name: string, near: readonly string[]): string =>
    `\`${name}\` is neither a package nor a module of this build. ${near.length > 0 ? `Nearest: ${near.join(', ')}.` : 'The build has no modules.'}`,
  PACELINE_WHY_AMBIGUOUS: (name: string, found: readonly string[]): string =>
    `\`${name}\` could be several modules: ${found.join(', ')}. Write more of the path.`,
}

/** What can go wrong on the command line, apart from the verdict. */
export const cliError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)

function suggest(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean \`${near}\`?`
}
