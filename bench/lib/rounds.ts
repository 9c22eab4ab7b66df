import { spreadOf } from './statistics.ts'
import type { Spread } from './statistics.ts'
import type { Usage } from './usage.ts'

/** One round runs every variant once: variant → what it used. */
export type Round = Readonly<Record<string, Usage>>

export interface VariantSummary {
  readonly name: string
  readonly cpu: Spread
  readonly wall: Spread
  readonly rss: Spread
  /** CPU against the base variant of the same round, so that a busy spell of the machine hits both. */
  readonly ratio: Spread
}

/** The variants in their order: ABC ABC …, not AAA BBB …: the machine's drift must not look like a difference. */
export async function runRounds(
  variants: readonly string[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
  run: (variant: string, round: number) => Promise<Usage>,
): Promise<Round[]> {
  const done: Round[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const usages: Record<string, Usage> = {}
    for (const variant of variants) usages[variant] = await run(variant, round)
    if (round >= 0) done.push(usages)
  }
  return done
}

/** Medians and spreads of each variant over the rounds. */
export function summarise(rounds: readonly Round[], variants: readonly string[], base: string): VariantSummary[] {
  return variants.map((name) => ({
    name,
    cpu: spreadOf(rounds.map((round) => used(round, name).cpu)),
    wall: spreadOf(rounds.map((round) => used(round, name).wall)),
    rss: spreadOf(rounds.map((round) => used(round, name).rss)),
    ratio: spreadOf(rounds.map((round) => used(round, name).cpu / used(round, base).cpu)),
  }))
}

/** What `variant` costs beyond `without`, in CPU of the base variant, round by round. */
export function costBeyond(rounds: readonly Round[], variant: string, without: string, base: string): Spread {
  return spreadOf(rounds.map((round) => (used(round, variant).cpu - used(round, without).cpu) / used(round, base).cpu))
}

function used(round: Round, variant: string): Usage {
  const usage = round[variant]
  if (usage === undefined) throw new Error(`\`${variant}\` is missing from a round. Run every variant in every round.`)
  return usage
}
