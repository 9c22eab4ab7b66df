import { globalOptions } from './command.ts'
import type { Command, OptionSpec } from './command.ts'

/** The help of `paceline` itself. */
export function renderOverview(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, positionals, summary }) => [`paceline ${name} ${positionals.usage}`.trimEnd(), summary] as const,
  )
  return `paceline: one performance contract, from vite build to the user's browser

Commands
${table(rows)}

Every command takes --root, --config, --json, --output and --help.
It ends with 0 when the contract holds, 1 when it does not, 2 when that could not be told, in every format.

Example
  paceline check --baseline origin/main --github
`
}

/** The help of one command. */
export function renderHelp(command: Command): string {
  const { name, summary, positionals, options, examples } = command
  return `${`paceline ${name} ${positionals.usage}`.trimEnd()}
${summary}

Options
${table([...optionRows(options), ...optionRows(globalOptions)])}

${examples.length === 1 ? 'Example' : 'Examples'}
${examples.map((example) => `  ${example}`).join('\n')}
`
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, help }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ])
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
