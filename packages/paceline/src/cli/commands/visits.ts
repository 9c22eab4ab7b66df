import type { Visits } from '@paceline/collector'
import { askCollector } from '../../collector/ask-collector.ts'
import { collectorFlags, collectorOf } from '../collector/collector-flags.ts'
import { readNumber } from '../collector/run-flags.ts'
import { visitWeights } from '../collector/visit-weights.ts'
import type { Command } from '../command.ts'

const DAY = 86_400_000
const DAYS = 28

export const visits: Command = {
  name: 'visits',
  summary: 'On which routes visits begin, as weights for `chunks.weights` and the precache.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    ...collectorFlags,
    days: { type: 'string', value: 'N', help: `How far to look back, at most 400 (default: ${DAYS})` },
  },
  examples: ['paceline visits --output visits.json', 'paceline visits --url https://rum.example.com --days 90'],
  async run(invocation, io) {
    const days = readNumber(invocation, 'days', 1, 400) ?? DAYS
    const query = new URLSearchParams({ from: `${Date.now() - days * DAY}` })
    const found = await askCollector<Visits>(collectorOf(invocation), `performance/visits?${query}`)
    const weights = visitWeights(found, days)
    io.err(`paceline: ${describe(found, days)}\n`)
    // In every format the record itself: it is made to be imported.
    return { code: 0, result: `${JSON.stringify(weights, undefined, 2)}\n` }
  },
}

function describe({ visits: all, routes, unnamed, release }: Visits, days: number): string {
  const visited = routes.filter((route) => route.visits > 0)
  const [most] = visited.toSorted((a, b) => b.visits - a.visits)
  const rest = unnamed === 0 ? '' : `, and ${share(unnamed, all)} on routes without a name`
  return `${all} visits in ${days} days began on ${visited.length} of the ${routes.length} routes of ${release}, ${share(most!.visits, all)} on ${most!.name}${rest}.`
}

function share(part: number, all: number): string {
  return `${((part / all) * 100).toFixed(1)} %`
}
