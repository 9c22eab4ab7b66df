import type { Machine } from '../lib/machine.ts'
import { table } from '../lib/render-units.ts'
import type { Usage } from '../lib/usage.ts'

/** What looking through a directory of so many entries cost. */
export interface Looked {
  readonly entries: number
  readonly inspect: Usage
  readonly prune: Usage
  /** How many that pruning removed. */
  readonly removed: number
  /** Pruning once more, with nothing left to remove. */
  readonly again: Usage
}

export interface CacheResults {
  readonly date: string
  readonly machine: Machine
  readonly measured: readonly Looked[]
}

export function renderCache({ date, machine, measured }: CacheResults): string {
  const rows = measured.map(({ entries, inspect, prune, removed, again }) => [
    entries.toLocaleString('en'),
    cost(inspect),
    `${cost(prune)}, ${removed.toLocaleString('en')} removed`,
    cost(again),
  ])
  return `# Large caches

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}. Directories of small results, used at some time in the last forty days. Each figure is of one process of its own: seconds of wall time, CPU seconds, peak memory.

${table(['entries', '`cache stats`', '`cache prune` to 37.5 %', 'once more'], rows)}
`
}

function cost({ wall, cpu, rss }: Usage): string {
  return `${(wall / 1000).toFixed(1)} s, ${(cpu / 1000).toFixed(1)} s, ${Math.round(rss / 1e6)} MB`
}
