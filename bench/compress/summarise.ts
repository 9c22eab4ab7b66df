import type { Machine } from '../lib/machine.ts'
import type { Round } from '../lib/rounds.ts'
import { spreadOf, type Spread } from '../lib/statistics.ts'
import type { Usage } from '../lib/usage.ts'
import { isFault, type Fault } from './faults.ts'
import type { ChangedLine } from './change-one-line.ts'
import type { LargeFigures } from './large-dist.ts'

/** What a variant costs beyond the bare build of the same round. */
export interface CompressVariant {
  readonly name: string
  readonly wall: Spread
  readonly cpu: Spread
  /** Of the whole process. */
  readonly rss: Spread
}

/** One figure against another of the same round, in wall time and in CPU. */
export interface Comparison {
  readonly wall: Spread
  readonly cpu: Spread
}

/** Everything that was measured; results.json holds it as it is. */
export interface CompressResults {
  readonly date: string
  readonly files: string
  readonly count: number
  readonly bytes: number
  readonly machine: Machine
  readonly rounds: number
  /** As `machine.load`, when the rounds were done: somebody else may have come in between. */
  readonly loadAfter: number
  readonly variants: readonly CompressVariant[]
  readonly coldToFloor: Comparison
  readonly peerToCold: Comparison
  readonly warmToCold: Comparison
  readonly redisToCold?: Comparison
  /** Seconds that a Redis with a fault adds to a build with an empty cache, in wall time. */
  readonly faults: readonly { readonly fault: Fault; readonly added: Spread }[]
  readonly large: LargeFigures
  readonly change: ChangedLine
}

type Summary = Pick<
  CompressResults,
  'variants' | 'coldToFloor' | 'peerToCold' | 'warmToCold' | 'redisToCold' | 'faults'
>

export function summariseCompress(rounds: readonly Round[], names: readonly string[]): Summary {
  const spread = (of: (round: Round) => number): Spread => spreadOf(rounds.map(of))
  const beyond = (round: Round, name: string, what: 'cpu' | 'wall'): number =>
    used(round, name)[what] - used(round, 'bare')[what]
  const compare = (name: string, base: string): Comparison => ({
    wall: spread((round) => beyond(round, name, 'wall') / beyond(round, base, 'wall')),
    cpu: spread((round) => beyond(round, name, 'cpu') / beyond(round, base, 'cpu')),
  })
  return {
    variants: names.map((name) => ({
      name,
      wall: spread((round) => (name === 'bare' ? used(round, name).wall : beyond(round, name, 'wall'))),
      cpu: spread((round) => (name === 'bare' ? used(round, name).cpu : beyond(round, name, 'cpu'))),
      rss: spread((round) => used(round, name).rss),
    })),
    coldToFloor: compare('cold', 'floor'),
    peerToCold: compare('peer', 'cold'),
    warmToCold: compare('warm', 'cold'),
    ...(names.includes('redis') && { redisToCold: compare('redis', 'cold') }),
    faults: names.filter(isFault).map((fault) => ({
      fault,
      added: spread((round) => used(round, fault).wall - used(round, 'cold').wall),
    })),
  }
}

function used(round: Round, variant: string): Usage {
  const usage = round[variant]
  if (usage === undefined) throw new Error(`\`${variant}\` is missing from a round. Run every variant in every round.`)
  return usage
}
