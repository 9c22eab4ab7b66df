import { renderJson } from '@paceline/budgets'
import { importHistory } from '@paceline/delivery'
import { cliError } from '../cli-errors.ts'
import type { Command } from '../command.ts'
import { loadDelivery } from '../release/load-delivery.ts'
import { renderNames } from '../release/render-release.ts'

export const releaseFetch: Command = {
  name: 'release fetch',
  summary: 'Fetch earlier releases into the archive: from the live site, a directory or the artifact cache.',
  positionals: { usage: '[url|directory|cache]', least: 0, most: 1 },
  options: {},
  examples: [
    'paceline release fetch https://example.com/',
    'paceline release fetch ../deployed/dist',
    'paceline release fetch',
  ],
  async run(invocation, io) {
    const delivery = await loadDelivery(invocation, io)
    const history = invocation.positionals[0] ?? delivery.options.history
    if (history === undefined) throw cliError('PACELINE_RELEASE_NOWHERE', [])
    const { archive, root, artifacts, options } = delivery
    const warn = (message: string): void => io.err(`paceline: ${message}\n`)
    const request = { history, root, artifacts, now: Date.now(), releases: Math.max(1, options.releases), warn }
    const { added, problem } = await importHistory(archive, request)
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, from: history, added, ...(problem === undefined ? {} : { problem }) })
      : renderNames('Added to the archive', added)
    // What was asked for is not there.
    return { code: problem === undefined ? 0 : 2, result }
  },
}
