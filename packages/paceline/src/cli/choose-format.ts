import { cliError } from './cli-errors.ts'
import type { Invocation } from './command.ts'

export type Format = 'text' | 'json' | 'markdown' | 'sarif' | 'github'

export const FORMATS: readonly Exclude<Format, 'text'>[] = ['json', 'markdown', 'sarif', 'github']

/** @throws `PACELINE_CLI_FORMATS` when there are two */
export function chooseFormat(invocation: Invocation): Format {
  const chosen = FORMATS.filter((format) => invocation.flag(format))
  if (chosen.length > 1) throw cliError('PACELINE_CLI_FORMATS', [chosen.map((format) => `--${format}`)])
  return chosen[0] ?? 'text'
}
