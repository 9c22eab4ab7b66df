import { renderJson } from '@paceline/budgets'
import { cliError } from '../cli-errors.ts'
import type { Command } from '../command.ts'
import { appOf } from '../rebuild/app-of.ts'
import { renderReplay } from '../replay/render-replay.ts'
import { parseStrategies } from '../replay/replay-strategy.ts'
import { runReplay } from '../replay/run-replay.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'What a returning visitor downloads after each commit of a range, per way to split the app.',
  positionals: { usage: '<git range>', least: 1, most: 1 },
  options: {
    strategies: {
      type: 'string',
      value: 'LIST',
      help: 'Of: default, planned, planned+stable, vendor, package, config (default: the first five)',
    },
    deltas: { type: 'boolean', help: 'Also with dictionary deltas against the release before (dcz)' },
    install: { type: 'string', value: 'COMMAND', help: "Installs a commit's packages when the lockfile differs" },
    prepare: {
      type: 'string',
      value: 'COMMAND',
      help: 'Run at every commit before its builds, in the root of its tree',
    },
    limit: { type: 'string', value: 'N', help: 'The newest N commits that touch the app' },
  },
  examples: [
    'paceline replay HEAD~12..HEAD',
    'paceline replay v1.0..main --root packages/ui --strategies default,planned+stable --deltas',
  ],
  async run(invocation, io) {
    const limit = invocation.text('limit')
    if (limit !== undefined && !/^[1-9]\d*$/.test(limit)) {
      throw cliError('PACELINE_CLI_OPTION_VALUE', ['--limit', `needs a number of commits; received '${limit}'`])
    }
    const result = await runReplay({
      app: appOf(invocation, io),
      range: invocation.positionals[0]!,
      strategies: parseStrategies(invocation.text('strategies')),
      deltas: invocation.flag('deltas'),
      limit: limit === undefined ? Infinity : Number(limit),
      install: invocation.text('install'),
      prepare: invocation.text('prepare'),
      log: (line) => io.err(`paceline: ${line}\n`),
    })
    return {
      code: 0,
      result: invocation.flag('json') ? renderJson({ schemaVersion: 1, ...result }) : renderReplay(result, io.color),
    }
  },
}
