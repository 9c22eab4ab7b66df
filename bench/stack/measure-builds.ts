import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runRounds, summarise } from '../lib/rounds.ts'
import type { VariantSummary } from '../lib/rounds.ts'
import { runBuild } from '../lib/run-build.ts'
import type { Usage } from '../lib/usage.ts'
import type { StackTask } from './config.ts'
import { runSizeLimit, usualChecks } from './size-limit.ts'
import { VARIANTS } from './variants.ts'
import type { StackPlace, VariantName } from './variants.ts'

/** The builds of each variant, in the order of {@link VARIANTS}. */
export interface BuildCosts {
  readonly rounds: number
  /** Without anything that an earlier build has left. */
  readonly cold: readonly VariantSummary[]
  /** Right after it, with nothing changed. */
  readonly second: readonly VariantSummary[]
}

const CONFIG = join(import.meta.dirname, 'config.ts')

/** Builds each variant cold and once again, in turn; of the peers, size-limit is part of it. */
export async function measureBuilds(place: StackPlace, rounds: number, warmUps: number): Promise<BuildCosts> {
  const kinds = ['cold', 'second'] as const
  const names = VARIANTS.flatMap((variant) => kinds.map((kind) => `${variant} ${kind}`))
  const measured = await runRounds(names, { rounds, warmUps }, async (name, round) => {
    place.tell(`${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: ${name}`)
    const [variant, kind] = name.split(' ') as [VariantName, (typeof kinds)[number]]
    const task = taskOf(place, variant, 'builds')
    if (kind === 'cold') rmSync(task.keptDir, { recursive: true, force: true })
    return buildOnce(place, task)
  })
  const of = (kind: (typeof kinds)[number]): VariantSummary[] =>
    VARIANTS.map((variant) => ({ ...summarise(measured, [`${variant} ${kind}`], `bare ${kind}`)[0]!, name: variant }))
  return { rounds, cold: of('cold'), second: of('second') }
}

async function buildOnce({ app, folder }: StackPlace, task: StackTask): Promise<Usage> {
  const build = await runBuild(task, app.env)
  if (task.variant !== 'peers') return build
  const { usage } = await runSizeLimit(join(folder, 'size-limit'), usualChecks(task.outDir))
  return { cpu: build.cpu + usage.cpu, wall: build.wall + usage.wall, rss: Math.max(build.rss, usage.rss) }
}

/** The task of one variant; `kind` keeps builds apart that must not find what others left. */
export function taskOf({ root, folder }: StackPlace, variant: VariantName, kind: string): StackTask {
  const own = join(folder, kind, variant)
  return {
    configModule: CONFIG,
    variant,
    app: root,
    outDir: join(own, 'dist'),
    reportDir: join(own, 'report'),
    keptDir: join(own, 'kept'),
    figures: false,
    edited: false,
  }
}
