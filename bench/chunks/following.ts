import { runRounds, summarise } from '../lib/rounds.ts'
import type { VariantSummary } from '../lib/rounds.ts'
import { viteOf } from './load-app-config.ts'
import { buildStrategy, runTask } from './measure-strategy.ts'
import type { Workplace } from './measure-strategy.ts'
import { seconds, spreadTimes, table } from '../lib/render-units.ts'

/** What builds cost that check their chunks, or follow a plan as well, beside one in the default's chunks. All make the same report. */
export interface FollowingCost {
  readonly app: string
  readonly vite: string
  readonly variants: readonly VariantSummary[]
}

const VARIANTS = ['default', 'checked', 'planned'] as const

/** Builds in turn; the first planned build, which makes the plan, does not count. */
export async function measureFollowing(place: Workplace, rounds: number): Promise<FollowingCost> {
  const tasks = new Map([
    ['default', await buildStrategy(place, 'default')],
    ['checked', await buildStrategy(place, 'checked')],
    ['planned', await buildStrategy(place, 'planned')],
  ])
  const { version } = await viteOf(place.root)
  const measured = await runRounds(VARIANTS, { rounds, warmUps: 0 }, (variant) => runTask(place, tasks.get(variant)!))
  return { app: place.app.name, vite: version, variants: summarise(measured, VARIANTS, 'default') }
}

export function renderFollowing({ app, vite, variants }: FollowingCost): string {
  const rows = variants.map(({ name, cpu, wall, ratio: against }) => [
    name,
    seconds(cpu),
    spreadTimes(against),
    seconds(wall),
  ])
  return [`### ${app}`, `Vite ${vite}`, table(['chunks', 'CPU, s', 'CPU ÷ default', 'wall, s'], rows)].join('\n\n')
}
