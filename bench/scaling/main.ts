import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readOptions } from '../lib/read-options.ts'
import { measuredHere } from '../chunks/stored-results.ts'
import { writeSection } from '../lib/results-page.ts'
import { AXES, AXIS_NAMES } from './axes.ts'
import type { AxisName } from './axes.ts'
import { measureAxis } from './measure-axis.ts'
import { measureCollector } from './measure-collector.ts'
import { drawAll, renderScaling } from './render-scaling.ts'
import type { ScalingResults } from './render-scaling.ts'

/**
 * The bench of growth: `npm run bench -- scaling [--parts modules,assets,images,releases,collector] [--rounds 5] [--most 20000] [--seconds 10] [--write]`.
 * `--most` leaves out the sizes above it. `--write` puts what was measured and its plots into RESULTS.md and leaves there what was not.
 */
const PARTS = [...AXIS_NAMES, 'collector'] as const
const RATES = [100, 300, 1000, 3000, 10_000]
const STORED = [10_000, 100_000, 1_000_000, 10_000_000]

const { values } = readOptions({
  options: {
    parts: { type: 'string', default: PARTS.join(',') },
    rounds: { type: 'string', default: '5' },
    most: { type: 'string', default: '10000000' },
    seconds: { type: 'string', default: '10' },
    write: { type: 'boolean', default: false },
  },
})
const [rounds, most, duration] = [whole('rounds'), whole('most'), whole('seconds')]
const unknown = values.parts.split(',').find((name) => !PARTS.some((part) => part === name))
if (unknown !== undefined) throw new Error(`\`--parts\` does not know '${unknown}'. Known: ${PARTS.join(', ')}.`)
const parts = PARTS.filter((part) => values.parts.split(',').includes(part))
const tell = (what: string): void => void process.stderr.write(`${what}\n`)

const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
try {
  let results: ScalingResults = {}
  for (const part of parts) results = merged(results, await measure(part))
  process.stdout.write(renderScaling(results))
  if (values.write) keep(results)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

async function measure(part: (typeof PARTS)[number]): Promise<ScalingResults> {
  const here = measuredHere()
  if (part === 'collector') {
    const wanted = { rates: upTo(RATES), stored: upTo(STORED), seconds: duration }
    return { collector: here(await measureCollector(wanted, tell)) }
  }
  const axis = AXES[part satisfies AxisName]
  const figures = await measureAxis(axis, upTo(axis.points), { folder, rounds, tell })
  return { axes: { [part]: here({ rounds, figures }) } }
}

/** The least one is always there. */
function upTo(sizes: readonly number[]): number[] {
  return sizes.filter((size, index) => index === 0 || size <= most)
}

function keep(results: ScalingResults): void {
  const bench = resolve(import.meta.dirname, '..')
  const file = join(import.meta.dirname, 'results.json')
  const all = merged(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ScalingResults) : {}, results)
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
  mkdirSync(join(bench, 'plots'), { recursive: true })
  for (const [name, svg] of Object.entries(drawAll(all))) writeFileSync(join(bench, 'plots', name), svg)
  writeSection(join(bench, 'RESULTS.md'), renderScaling(all))
}

function merged(before: ScalingResults, now: ScalingResults): ScalingResults {
  const collector = now.collector ?? before.collector
  return { axes: { ...before.axes, ...now.axes }, ...(collector && { collector }) }
}

function whole(option: 'rounds' | 'most' | 'seconds'): number {
  const number = Number(values[option])
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`\`--${option}\` must be a whole number from 1 on; received ${values[option]}.`)
}
