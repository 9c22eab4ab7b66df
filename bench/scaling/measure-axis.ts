import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runBuild } from '../lib/run-build.ts'
import { spreadOf } from '../lib/statistics.ts'
import type { Spread } from '../lib/statistics.ts'
import type { Usage } from '../lib/usage.ts'
import type { AxisOfSize } from './axes.ts'
import type { ScalingTask } from './config.ts'
import { makeApp, writeRelease } from './make-app.ts'

/** What builds of one size take, and what Paceline takes beyond the bare one of the same round. */
export interface SizeFigure {
  readonly size: number
  readonly bare: UsageSpread
  /** Cold: nothing is there. With releases kept, the deploy of one more, with what the earlier ones have left. */
  readonly cold: UsageSpread
  /** The same once again. */
  readonly second: UsageSpread
  readonly beyond: { readonly cold: UsageSpread; readonly second: UsageSpread }
}

export interface UsageSpread {
  readonly cpu: Spread
  readonly wall: Spread
  readonly rss: Spread
}

interface Setting {
  readonly folder: string
  readonly rounds: number
  readonly tell: (what: string) => void
}

type Round = Readonly<Record<'bare' | 'cold' | 'second', Usage>>

/** Builds all sizes in turn in every round: what else the machine does must not look like a slope. */
export async function measureAxis(
  axis: AxisOfSize,
  points: readonly number[],
  setting: Setting,
): Promise<SizeFigure[]> {
  const { folder, rounds, tell } = setting
  const apps = new Map<number, MadeApp>()
  for (const size of points) {
    tell(`${axis.name}: making ${size}`)
    apps.set(size, await prepare(axis, size, join(folder, axis.name, `${size}`)))
  }
  // The first build of all reads Vite from the disk.
  await apps.get(points[0]!)!.build('bare')
  const measured = new Map<number, Round[]>(points.map((size) => [size, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [size, app] of apps) {
      tell(`${axis.name}: ${size}, round ${round + 1} of ${rounds}`)
      measured.get(size)!.push(await app.round())
    }
  }
  return points.map((size) => summarise(size, measured.get(size)!))
}

interface MadeApp {
  build(variant: ScalingTask['variant']): Promise<Usage>
  round(): Promise<Round>
}

async function prepare(axis: AxisOfSize, size: number, folder: string): Promise<MadeApp> {
  const app = join(folder, 'app')
  const releases = axis.releasesOf(size)
  let release = 0
  await makeApp(app, axis.appOf(size))
  writeRelease(app, release)
  const keptDir = join(folder, 'kept')
  const build = (variant: ScalingTask['variant']): Promise<Usage> => {
    const own = join(folder, variant)
    const task: ScalingTask = {
      configModule: join(import.meta.dirname, 'config.ts'),
      variant,
      app,
      outDir: join(own, 'dist'),
      reportDir: join(own, 'report'),
      keptDir,
      figures: false,
      releases,
    }
    return runBuild(task)
  }
  for (let deployed = 0; deployed < releases; deployed++) {
    writeRelease(app, release++)
    await build('paceline')
  }
  return {
    build,
    async round() {
      if (releases === 0) rmSync(keptDir, { recursive: true, force: true })
      else writeRelease(app, release++)
      return { bare: await build('bare'), cold: await build('paceline'), second: await build('paceline') }
    },
  }
}

function summarise(size: number, rounds: readonly Round[]): SizeFigure {
  const spread = (of: (round: Round) => Usage): UsageSpread => ({
    cpu: spreadOf(rounds.map((round) => of(round).cpu)),
    wall: spreadOf(rounds.map((round) => of(round).wall)),
    rss: spreadOf(rounds.map((round) => of(round).rss)),
  })
  const beyond = (kind: 'cold' | 'second'): UsageSpread => spread((round) => less(round[kind], round.bare))
  return {
    size,
    bare: spread(({ bare }) => bare),
    cold: spread(({ cold }) => cold),
    second: spread(({ second }) => second),
    beyond: { cold: beyond('cold'), second: beyond('second') },
  }
}

function less(one: Usage, other: Usage): Usage {
  return { cpu: one.cpu - other.cpu, wall: one.wall - other.wall, rss: one.rss - other.rss }
}
