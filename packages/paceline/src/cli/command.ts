import type { Io } from './io.ts'

/** 0: the contract holds, or the question was answered. 1: it does not hold. 2: it could not be told. */
export type ExitCode = 0 | 1 | 2

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** Stands for the value in the help: `FILE`. */
  readonly value?: string
  readonly help: string
}

/** What was asked for. */
export interface Invocation {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  flag(name: string): boolean
}

export interface Outcome {
  readonly code: ExitCode
  /** The whole result, as text in the chosen format. */
  readonly result: string
}

/** One command of `paceline`. Each lies in a file of its own and looks the same. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** Positional arguments as the help shows them, `[dist]`; how many there may be, and how many there must be. */
  readonly positionals: { readonly usage: string; readonly least: number; readonly most: number }
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly examples: readonly string[]
  run(invocation: Invocation, io: Io): Promise<Outcome>
}

/** Options of every command. */
export const globalOptions: Readonly<Record<string, OptionSpec>> = {
  root: { type: 'string', value: 'DIR', help: "The app's directory, where vite.config is (default: the nearest one)" },
  config: { type: 'string', value: 'FILE', help: 'The Vite config, when it is not vite.config.*' },
  mode: { type: 'string', value: 'MODE', help: 'The mode of the build (default: production)' },
  json: { type: 'boolean', help: 'The result as JSON' },
  output: { type: 'string', value: 'FILE', help: 'Write the result to a file instead of stdout' },
  help: { type: 'boolean', help: 'Show this help' },
}

/** Formats of the commands that judge. */
export const formatOptions: Readonly<Record<string, OptionSpec>> = {
  markdown: { type: 'boolean', help: 'The result as Markdown for a pull request' },
  sarif: { type: 'boolean', help: 'The result as SARIF 2.1.0, for code scanning' },
  github: { type: 'boolean', help: 'The result as annotations of GitHub Actions' },
}

/** Options about what to compare with. */
export const baselineOptions: Readonly<Record<string, OptionSpec>> = {
  baseline: {
    type: 'string',
    value: 'REF|FILE',
    help: 'Compare with a saved report or with the merge base of a git ref',
  },
  build: {
    type: 'string',
    value: 'COMMAND',
    help: 'Shell command that builds a baseline, when `vite build` is not enough',
  },
}
