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
  readonly samples: readonly MemorySample[]
  readonly live: readonly LiveSample[]
  readonly counts: LoadCounts
}

/** The first of it fills caches and warms the compiler up. */
const WARM_UP = 60

export function renderMemory({ date, machine, rate, memory, samples, live, counts }: MemoryResults): string {
  const last = samples.at(-1)!
  const shown = samples.filter(({ second }) => second === 30 || second % 60 === 0 || second === last.second)
  const alive = new Map(live.map(({ second, bytes }) => [second, formatBytes(bytes)]))
  const warm = samples.filter(({ second }) => second >= Math.min(WARM_UP, last.second / 3))
  const rss = warm.map((one) => one.rss)
  const slope = slopeOf(warm) * 60
  return `# Memory of the server under load

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, load ${machine.load.toFixed(1)} before. \`paceline serve\`, which may keep ${formatBytes(memory)}, answers ${rate.toLocaleString('en')} requests per second over 64 connections for 240 scripts in four encodings, with parts, conditions, missing files and parts of a file of 12 MB: more than it may keep, so contents come and go all the time. ${counts.answered.toLocaleString('en')} answered, ${counts.leftOut.toLocaleString('en')} left out because this machine was late.

${table(
  ['after', 'memory of the process (RSS)', 'alive after a collection'],
  shown.map(({ second, rss: bytes }) => [`${second} s`, formatBytes(bytes), alive.get(second) ?? '']),
)}

From ${warm[0]!.second} s on between ${formatBytes(Math.min(...rss))} and ${formatBytes(Math.max(...rss))}; the line through these ${warm.length} samples ${slope < 0 ? 'falls' : 'rises'} by ${formatBytes(Math.abs(slope))} per minute. What is alive is the site and its contents; the rest is Node's, whose young generation grows in steps under load.
`
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
