import { pruneCache } from '@paceline/artifact-cache'
import { renderJson } from '@paceline/budgets'
import { parseBytes } from '@paceline/kit'
import { loadCache } from '../cache/load-cache.ts'
import { renderPruned } from '../cache/render-cache.ts'
import { cliError } from '../cli-errors.ts'
import type { Command, Invocation } from '../command.ts'

const DAY = 86_400_000

export const cachePrune: Command = {
  name: 'cache prune',
  summary: 'Bring the directory of the artifact cache under its limits: what was not used for longest goes first.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    'max-size': { type: 'string', value: 'SIZE', help: "What may stay, such as '500 MB' (default: `cache.maxSize`)" },
    'max-age': {
      type: 'string',
      value: 'DAYS',
      help: 'Days without use after which an entry goes (default: `cache.maxAge`)',
    },
  },
  examples: ['paceline cache prune', "paceline cache prune --max-size '500 MB' --max-age 7"],
  async run(invocation, io) {
    // A mistake in them is told before anything is looked for.
    const limits = { ...maxSize(invocation), ...maxAge(invocation) }
    const { options } = await loadCache(invocation, io)
    const pruned = await pruneCache(options, limits)
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, dir: options.dir, ...pruned })
      : renderPruned(pruned, options.dir, io)
    return { code: 0, result }
  },
}

function maxSize(invocation: Invocation): { maxSize?: number } {
  const text = invocation.text('max-size')
  return text === undefined ? {} : { maxSize: parseBytes(text, '--max-size') }
}

function maxAge(invocation: Invocation): { maxAge?: number } {
  const text = invocation.text('max-age')
  if (text === undefined) return {}
  if (/^\d+(?:\.\d+)?$/.test(text)) return { maxAge: Number(text) * DAY }
  throw cliError('PACELINE_CLI_OPTION_VALUE', ['--max-age', `needs a number of days; received '${text}'`])
}
