import { formatBytes } from '@paceline/kit'
import type { Machine } from '../../lib/machine.ts'
import { table } from '../../lib/render-units.ts'

export interface MemorySample {
  /** Since the load began. */
  readonly second: number
  /** Of the server's process, bytes. */
  readonly rss: number
}

/** What is alive after a collection. */
export interface LiveSample {
  readonly second: number
  /** On the heap and outside. */
  readonly bytes: number
}

/** Requests that were answered as they should be, answered otherwise, and left out since too many were waiting. */
export interface LoadCounts {
  readonly answered: number
  readonly failed: number
  readonly leftOut: number
}

export interface MemoryResults {
  readonly date: string
  readonly machine: Machine
  /** Requests per second that were meant. */
  readonly rate: number
  /** What the server may keep of files, bytes. */
  readonly memory: number
  readonly runs: readonly MemoryRun[]
}

/** One server under the load. */
export interface MemoryRun {
  /** MiB that half of the young generation may grow to; V8's own limit where there is none. */
  readonly semiSpace: number | undefined
  readonly samples: readonly MemorySample[]
  readonly live: readonly LiveSample[]
  readonly counts: LoadCounts
}

/** The first of it fills caches and warms the compiler up. */
const WARM_UP = 60

export function renderMemory({ date, machine, rate, memory, runs }: MemoryResults): string {
  const counts = runs.map((run) => run.counts)
  const sum = (of: (counts: LoadCounts) => number): string =>
    counts.reduce((all, one) => all + of(one), 0).toLocaleString('en')
  const times = runs[0]!.samples.map(({ second }) => second)
  const shown = times.filter((second) => second === 30 || second % 60 === 0 || second === times.at(-1))
  const cells = (run: MemoryRun, second: number): string[] => {
    const rss = run.samples.find((one) => one.second === second)
    const live = run.live.find((one) => one.second === second)
    return [rss, live && { rss: live.bytes }].map((one) => (one ? formatBytes(one.rss) : ''))
  }
  return `# Memory of the server under load

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, load ${machine.load.toFixed(1)} before. \`paceline serve\`, which may keep ${formatBytes(memory)}, answers ${rate.toLocaleString('en')} requests per second over 64 connections for 240 scripts in four encodings, with parts, conditions, missing files and parts of a file of 12 MB: more than it may keep, so contents come and go all the time. Once as Node is, and once with \`NODE_OPTIONS=--max-semi-space-size=8\`, one after the other. ${sum(({ answered }) => answered)} answered, ${sum(({ leftOut }) => leftOut)} left out because this machine was late.

${table(
  ['after', ...runs.flatMap((run) => [`memory of the process (RSS), ${nameOf(run)}`, 'alive after a collection'])],
  shown.map((second) => [`${second} s`, ...runs.flatMap((run) => cells(run, second))]),
)}

${runs.map(slopeText).join(' ')} What is alive is the site and its contents. The rest is Node's: above all the young generation, which V8 lets grow to 134 MB under load, whatever survives in it.
`
}

function nameOf({ semiSpace }: MemoryRun): string {
  return semiSpace === undefined ? 'as Node is' : `halves of ${semiSpace} MiB at most`
}

function slopeText(run: MemoryRun): string {
  const last = run.samples.at(-1)!
  const warm = run.samples.filter(({ second }) => second >= Math.min(WARM_UP, last.second / 3))
  const rss = warm.map((one) => one.rss)
  const slope = slopeOf(warm) * 60
  const name = nameOf(run)
  return `${name[0]!.toUpperCase()}${name.slice(1)}: from ${warm[0]!.second} s on between ${formatBytes(Math.min(...rss))} and ${formatBytes(Math.max(...rss))}; the line through these ${warm.length} samples ${slope < 0 ? 'falls' : 'rises'} by ${formatBytes(Math.abs(slope))} per minute.`
}

/** Bytes per second of the line that fits samples best (least squares). */
function slopeOf(samples: readonly MemorySample[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const atMean = mean(samples.map(({ second }) => second))
  const rssMean = mean(samples.map(({ rss }) => rss))
  const above = samples.reduce((sum, { second, rss }) => sum + (second - atMean) * (rss - rssMean), 0)
  const below = samples.reduce((sum, { second }) => sum + (second - atMean) ** 2, 0)
  return below === 0 ? 0 : above / below
}
