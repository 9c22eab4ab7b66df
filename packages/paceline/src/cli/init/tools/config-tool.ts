import type { OptionMove, OptionRules } from '../move.ts'

/** A tool with a configuration of its own, apart from Vite's. */
export interface ConfigTool {
  readonly package: string
  /** In one line, for people: what does its work now. */
  readonly instead: string
  /** Names of its files, in the order in which it looks for them. */
  readonly files: readonly string[]
  /** Its field in package.json. */
  readonly field?: string
  /** Packages that are not needed any more when it goes, itself among them. */
  readonly packages: RegExp
  /** Whether Paceline reads the same file, which therefore stays. */
  readonly sharesFile?: boolean
  /** By option, for people and for {@link applyRules}. */
  readonly rules: OptionRules
  /** Reads the whole configuration; everything known of it goes into the move. */
  readonly read: (config: OptionMove, file: ConfigFile) => void
  /** Whether what has an equivalent is written although the tool stays: two that hold the same limit do no harm. */
  readonly isPartial?: boolean
  /** What a command in a script becomes; nothing when it has to stay. */
  readonly script: (command: string, args: readonly string[], moved: MovedCommands) => ScriptLine | undefined
  /** The commands that it knows. */
  readonly commands: RegExp
}

export interface ConfigFile {
  /** As shown to people, relative to the app. */
  readonly file: string
  /** From the Vite root. */
  readonly fromRoot: string
  /** A field of package.json, not a file of its own. */
  readonly isField: boolean
  readonly isJson: boolean
  /** What has to be written in place of the file. */
  replaceBy(file: string, content: string): void
  /** The file is not needed any more. */
  remove(): void
  /** Gives `paceline measure` an argument. */
  measureWith(...args: readonly string[]): void
}

export interface MovedCommands {
  /** Arguments of `paceline measure`. */
  readonly measure: readonly string[]
}

export interface ScriptLine {
  readonly command: string
  /** Flags without an equivalent. */
  readonly dropped?: readonly string[]
}
