import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { measureHalfLoad, measureIntake } from './measure-intake.ts'
import { measureKills } from './measure-kills.ts'
import { measureQueries } from './measure-queries.ts'
import { measureSteady } from './measure-steady.ts'
import { renderCollector } from './render-collector.ts'
import type { CollectorResults } from './render-collector.ts'

/**
 * The bench of the collector: `npm run bench -- collector [--parts intake,steady,queries,kills] [--rounds 5] [--seconds 5] [--minutes 10]
 * [--beacons 10000000] [--days 30] [--countries] [--store DIR] [--kills 100] [--write]`.
 * With `--store` the store of `queries` is kept there, and taken from there the next time.
 */

const { values } = readOptions({
  options: {
    parts: { type: 'string', default: 'intake,kills,queries,steady' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '10' },
    beacons: { type: 'string', default: '10000000' },
    days: { type: 'string', default: '30' },
    kills: { type: 'string', default: '100' },
    countries: { type: 'boolean', default: false },
    store: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const numbers = Object.fromEntries(
  (['rounds', 'seconds', 'minutes', 'beacons', 'days', 'kills'] as const).map((name) => {
    const number = Number(values[name])
    if (Number.isInteger(number) && number > 0) return [name, number]
    throw new Error(`\`--${name}\` must be a whole number from 1 on; received ${values[name]}.`)
  }),
) as Record<'rounds' | 'seconds' | 'minutes' | 'beacons' | 'days' | 'kills', number>
const { rounds, seconds, minutes, beacons, days, kills } = numbers

const PARTS: Readonly<Record<string, () => Promise<Partial<CollectorResults>>>> = {
  async intake() {
    const intake = [...(await measureIntake(1, rounds, seconds)), ...(await measureIntake(10, rounds, seconds))]
    const full = intake.find(({ perPost, server }) => perPost === 1 && server === 'collector')!
    return { intake, halfLoad: await measureHalfLoad(full.requests.median, seconds * 2) }
  },
  kills: async () => ({ kills: await measureKills(kills) }),
  queries: async () => ({ queries: await measureQueries(beacons, days, values.countries, values.store) }),
  steady: async () => ({ steady: await measureSteady(2000, minutes) }),
}

const machine = describeMachine()
const kept = fileURLToPath(new URL('results.json', import.meta.url))
const results: CollectorResults = { date: new Date().toISOString().slice(0, 10), machine, rounds }
for (const name of values.parts.split(',')) {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (!part) throw new Error(`\`--parts\` does not know '${name}'. Known: ${Object.keys(PARTS).join(', ')}.`)
  Object.assign(results, await part())
}
process.stdout.write(renderCollector(results))
if (values.write) {
  // Parts that were not measured now stay as they were.
  const before = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as CollectorResults) : {}
  const all: CollectorResults = { ...before, ...results }
  writeFileSync(kept, `${JSON.stringify(all, undefined, 2)}\n`)
  writeSection(fileURLToPath(new URL('../RESULTS.md', import.meta.url)), renderCollector(all))
}
