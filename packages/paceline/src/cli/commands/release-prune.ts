import { renderJson } from '@paceline/budgets'
import { findRelease, parseAge } from '@paceline/delivery'
import { cliError } from '../cli-errors.ts'
import type { Command, Invocation } from '../command.ts'
import { loadDelivery } from '../release/load-delivery.ts'
import { renderNames } from '../release/render-release.ts'

export const releasePrune: Command = {
  name: 'release prune',
  summary: 'Bring the archive under its limits, or remove one release that was never deployed.',
  positionals: { usage: '[release]', least: 0, most: 1 },
  options: {
    keep: { type: 'string', value: 'NUMBER', help: 'Earlier releases that stay (default: `delivery.releases`)' },
    'max-age': {
      type: 'string',
      value: 'AGE',
      help: "Age after which one goes, such as '30d' (default: `delivery.maxAge`)",
    },
  },
  examples: [
    'paceline release prune',
    'paceline release prune --keep 2 --max-age 30d',
    'paceline release prune 22913f78b4a8',
  ],
  async run(invocation, io) {
    // A mistake in them is told before anything is looked for.
    const given = { ...keep(invocation), ...maxAge(invocation) }
    const [name] = invocation.positionals
    const { archive, options } = await loadDelivery(invocation, io)
    const dropped = name === undefined ? [] : [findRelease(await archive.list(), name)]
    for (const { release } of dropped) await archive.drop(release)
    const limits = { releases: options.releases, maxAge: options.maxAge, ...given }
    const pruned = await archive.prune(
      name === undefined ? limits : { releases: Infinity, maxAge: undefined },
      Date.now(),
    )
    const removed = [...dropped, ...pruned].map(({ release }) => release)
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, dir: archive.dir, removed })
      : renderNames('Removed from the archive', removed)
    return { code: 0, result }
  },
}

function keep(invocation: Invocation): { releases?: number } {
  const text = invocation.text('keep')
  if (text === undefined) return {}
  if (/^\d{1,4}$/.test(text)) return { releases: Number(text) }
  throw cliError('PACELINE_CLI_OPTION_VALUE', ['--keep', `needs a whole number; received '${text}'`])
}

function maxAge(invocation: Invocation): { maxAge?: number } {
  const text = invocation.text('max-age')
  return text === undefined ? {} : { maxAge: parseAge(text, '--max-age') }
}
