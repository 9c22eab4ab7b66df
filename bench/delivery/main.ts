import { readOptions } from '../lib/read-options.ts'

/** The bench of delivery: `npm run bench -- delivery [--parts serve,memory,deltas] [--rounds 6] [--minutes 3] [--write]`. */

const { values } = readOptions({
  options: {
    parts: { type: 'string', default: 'serve,memory,deltas' },
    rounds: { type: 'string', default: '6' },
    minutes: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})
const { write } = values
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`\`--rounds\` must be a whole number from 1 on; received ${values.rounds}.`)
}
const minutes = Number(values.minutes)
if (!Number.isInteger(minutes) || minutes < 1) {
  throw new Error(`\`--minutes\` must be a whole number from 1 on; received ${values.minutes}.`)
}
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  // Each part needs programs and packages of its own.
  async serve() {
    const { runServe } = await import('./serve/run-serve.ts')
    await runServe({ rounds, write })
  },
  async memory() {
    const { runMemory } = await import('./memory/run-memory.ts')
    await runMemory({ seconds: minutes * 60, write })
  },
  async deltas() {
    const { runDeltas } = await import('./deltas/run-deltas.ts')
    await runDeltas({ write })
  },
}
for (const name of values.parts.split(',')) {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (!part) throw new Error(`\`--parts\` does not know '${name}'. Known: ${Object.keys(PARTS).join(', ')}.`)
  await part()
}
