// node:util's parser: strict, tokens with positions, kept by Node itself, and nothing to install.
import { parseArgs } from 'node:util'
import { cliError } from './cli-errors.ts'
import { globalOptions } from './command.ts'
import type { Command, Invocation, OptionSpec } from './command.ts'

export type Parsed =
  | { readonly kind: 'help'; readonly command?: Command }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: Command; readonly invocation: Invocation }

/**
 * Reads a command line.
 *
 * @param argv without the node executable and the script
 * @throws `PACELINE_CLI_*`, naming the nearest command or option
 */
export function parseArguments(argv: readonly string[], commands: readonly Command[]): Parsed {
  const [first] = argv
  if (first === undefined) return { kind: 'nothing' }
  if (first === '--help' || first === '-h') return { kind: 'help' }
  if (first === '--version' || first === '-v') return { kind: 'version' }
  if (first === 'help') {
    return argv[1] === undefined ? { kind: 'help' } : { kind: 'help', command: findCommand(argv.slice(1), commands) }
  }
  const command = findCommand(argv, commands)
  const { values, positionals } = readTokens(command, argv.slice(command.name.split(' ').length))
  if (values.has('help')) return { kind: 'help', command }
  const { least, most, usage } = command.positionals
  if (positionals.length < least || positionals.length > most) {
    throw cliError('PACELINE_CLI_ARGUMENTS', [command.name, usage, positionals.length])
  }
  const invocation: Invocation = {
    positionals,
    text: (name) => {
      const value = values.get(name)
      return typeof value === 'string' ? value : undefined
    },
    flag: (name) => values.get(name) === true,
  }
  return { kind: 'run', command, invocation }
}

/** The command that the words begin with; its name may be two words, `chunks plan`. */
function findCommand(words: readonly string[], commands: readonly Command[]): Command {
  const found = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))
  if (found) return found
  const inside = commands.filter(({ name }) => name.startsWith(`${words[0]} `))
  const written = inside.length > 0 ? words.slice(0, 2).join(' ') : words[0]!
  const known = inside.length > 0 ? inside : commands
  throw cliError('PACELINE_CLI_COMMAND_UNKNOWN', [written, [...known.map(({ name }) => name), 'help']])
}

type Values = ReadonlyMap<string, string | true>

function readTokens(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  const specs: Readonly<Record<string, OptionSpec>> = { ...command.options, ...globalOptions }
  const options = Object.fromEntries(Object.entries(specs).map(([name, { type }]) => [name, { type }]))
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string | true>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined
    if (!spec) {
      const known = Object.keys(specs).map((name) => `--${name}`)
      throw cliError('PACELINE_CLI_OPTION_UNKNOWN', [token.rawName, command.name, known])
    }
    values.set(token.name, readValue(spec, token))
  }
  return { values, positionals }
}

interface OptionToken {
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function readValue({ type, value: name = 'a value' }: OptionSpec, token: OptionToken): string | true {
  if (type === 'boolean') {
    if (token.value === undefined) return true
    throw cliError('PACELINE_CLI_OPTION_VALUE', [token.rawName, `takes no value; received '${token.value}'`])
  }
  // `--baseline --json` is a forgotten value, not a file called `--json`; `--baseline=--json` would be one.
  const forgotten = token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))
  if (!forgotten && token.value !== '') return token.value as string
  throw cliError('PACELINE_CLI_OPTION_VALUE', [token.rawName, `needs ${name}; received nothing`])
}
