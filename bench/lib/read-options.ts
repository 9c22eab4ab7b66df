import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'

/** The options that a bench was called with. What it does not know ends it with 2 and one sentence, before anything is measured. */
export function readOptions<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config)
  } catch (error) {
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`)
    const options = known.length === 0 ? 'This bench has no options.' : `Its options: ${known.join(', ')}.`
    // Its first sentence says what is wrong, the next what positional arguments are.
    const [wrong] = (error as Error).message.split('. ')
    process.stderr.write(`${wrong}. ${options} bench/README.md says what they do.\n`)
    return process.exit(2)
  }
}
