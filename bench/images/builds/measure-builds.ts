import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { summarise, type Round, type VariantSummary } from '../../lib/rounds.ts'
import { runBuild } from '../../lib/run-build.ts'
import { quantile, spreadOf, type Spread } from '../../lib/statistics.ts'
import type { Usage } from '../../lib/usage.ts'
import { startRedis } from '../../compress/redis.ts'
import { atWidth, photographs } from '../photographs.ts'
import { copyPhotographs, writeApp } from './make-app.ts'
import { qualitiesOfPeer } from './same-score.ts'
import { measureTransfer, type Transfer } from './measure-transfer.ts'
import { ENV, SHORT, VARIANTS, type PeerQualities, type VariantName } from './variants.ts'

/** What builds with many photographs cost. */
export interface BuildFigures {
  readonly photographs: number
  /** What a build fetches from a warm Redis, and how long a client that is connected takes to have and to check it all, ms. */
  readonly transfer?: Transfer
  /** Files in AVIF and WebP that each of the variants writes. */
  readonly files: number
  readonly rounds: number
  /** How often each round has the short builds. */
  readonly repeats: number
  /** How often each round has the floor and a cold build, one after the other. */
  readonly pairs: number
  readonly qualities: PeerQualities
  readonly variants: readonly VariantSummary[]
  readonly bytes: Readonly<Record<string, number>>
  /** Bytes that a build and its processes held at the worst moment of all rounds, pages that they share counted once. Linux alone tells. */
  readonly held?: Readonly<Partial<Record<VariantName, number>>>
  /** Round by round, `bare` taken away on both sides: what the images alone cost. Of short builds, each beside the one that ran before or after it. */
  readonly ratios: {
    readonly coldCpuToFloor: Spread
    readonly coldWallToFloor: Spread
    readonly coldWallToImagetools: Spread
    readonly searchedWallToImagetools: Spread
    readonly warmBeyondBare: Spread
    readonly redisBeyondBare?: Spread
    readonly redisBeyondWarm?: Spread
    /** Against the wall time of `warm` and the transfer, without writing what came, and with it. */
    readonly redisToWarmAndTransfer?: Spread
    readonly redisToWarmAndKept?: Spread
    /** Share of the cores' time that is used while images are made. */
    readonly busy: Spread
  }
}

const REPEATS = 20
const PAIRS = 2

export async function measureBuilds(rounds: number): Promise<BuildFigures> {
  // Inside the repository: the app's Vite is found from the app's folder.
  const parent = resolve(import.meta.dirname, '../../node_modules/.cache')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'photographs-'))
  const redis = await startRedis(folder)
  try {
    const app = join(folder, 'app')
    const copies = await copyPhotographs(photographs(), app)
    const qualities = await qualitiesOfPeer(await Promise.all(photographs().map(({ file }) => atWidth(file, 480))))
    const bytes: Record<string, number> = {}
    let files = 0
    if (!redis) process.stderr.write('There is no redis-server: that variant is left out.\n')
    const variants = VARIANTS.filter((name) => name !== 'redis' || redis !== undefined)
    let builds = 0
    let outDir = ''
    let filled: string | undefined
    // Each in new folders, and nothing is deleted before the end: ext4 leaves inodes alone that were deleted a short while ago, and looks at all of them for each
    // new file. After a dozen builds that is more than what they differ by.
    const run = async (variant: VariantName): Promise<Usage> => {
      const own = join(folder, 'builds', String(builds++))
      // `warm` and `changed` find what `cold` left; a clean checkout has no cache.
      const cache = (variant === 'warm' || variant === 'changed' ? filled : undefined) ?? join(own, 'cache')
      if (variant === 'cold') filled = cache
      outDir = join(own, 'dist')
      writeApp(app, copies, variant, qualities)
      return build(variant, { app, cache, outDir, own }, redis?.url)
    }
    // The first one fills it.
    if (redis) await run('redis')
    const measure = async (variant: VariantName): Promise<Usage> => {
      const usage = await run(variant)
      const made = imagesIn(outDir)
      bytes[variant] = made.bytes
      if (variant === 'cold') files = made.count
      return usage
    }
    const measured: MeasuredRound[] = []
    for (let round = 1; round <= rounds; round++) {
      const show = (name: string): boolean => process.stderr.write(`round ${round} of ${rounds}: ${name}\n`)
      measured.push(await measureRound(variants, (name) => (show(name), measure(name))))
    }
    const whole = measured.map((round) => round.usages)
    const floored = measured.flatMap((round) => round.floored)
    const short = measured.flatMap((round) => round.short)
    const transfer = redis && (await measureTransfer(redis.url, folder))
    const cores = availableParallelism()
    const beyond = (
      of: (usage: Usage) => number,
      one: VariantName,
      other: VariantName,
      those: readonly Round[] = whole,
    ): Spread =>
      spreadOf(those.map((round) => (of(round[one]!) - of(round['bare']!)) / (of(round[other]!) - of(round['bare']!))))
    const beyondTransfer = (ms: number): Spread =>
      spreadOf(short.map((one) => one['redis']!.wall / (one['warm']!.wall + ms)))
    const cpu = (usage: Usage): number => usage.cpu
    const wall = (usage: Usage): number => usage.wall
    return {
      photographs: copies.length,
      files,
      rounds,
      repeats: REPEATS,
      pairs: PAIRS,
      qualities,
      bytes,
      ...heldBy(whole),
      ...(transfer && { transfer }),
      variants: summarise(whole, variants, 'floor'),
      ratios: {
        coldCpuToFloor: beyond(cpu, 'cold', 'floor', floored),
        coldWallToFloor: beyond(wall, 'cold', 'floor', floored),
        coldWallToImagetools: beyond(wall, 'cold', 'imagetools'),
        searchedWallToImagetools: beyond(wall, 'searched', 'imagetools'),
        warmBeyondBare: spreadOf(short.map(({ warm, bare }) => warm!.wall - bare!.wall)),
        ...(redis && {
          redisBeyondBare: spreadOf(short.map((one) => one['redis']!.wall - one['bare']!.wall)),
          redisBeyondWarm: spreadOf(short.map((one) => one['redis']!.wall - one['warm']!.wall)),
          redisToWarmAndTransfer: beyondTransfer(transfer!.ms.median),
          redisToWarmAndKept: beyondTransfer(transfer!.keptMs.median),
        }),
        busy: spreadOf(whole.map(({ cold, bare }) => (cold!.cpu - bare!.cpu) / (cores * (cold!.wall - bare!.wall)))),
      },
    }
  } finally {
    await redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface MeasuredRound {
  /** What is typical of each variant in this round. */
  readonly usages: Round
  /** The floor and a cold build, one after the other, with what `bare` is in this round. */
  readonly floored: readonly Round[]
  readonly short: readonly Round[]
}

async function measureRound(
  variants: readonly VariantName[],
  measure: (name: VariantName) => Promise<Usage>,
): Promise<MeasuredRound> {
  const several = async (names: readonly VariantName[], times: number): Promise<Round[]> => {
    const rounds: Round[] = []
    for (let time = 0; time < times; time++) {
      const usages: Record<string, Usage> = {}
      // What always came second would always have the same neighbour.
      for (const name of inTurn(names, time)) usages[name] = await measure(name)
      rounds.push(usages)
    }
    return rounds
  }
  const pairs = await several(['floor', 'cold'], PAIRS)
  const short = await several(
    SHORT.filter((name) => variants.includes(name)),
    REPEATS,
  )
  const usages = Object.assign(
    {},
    ...[pairs, short].map(typicalOf),
    ...(await several(['changed', 'imagetools', 'searched'], 1)),
  ) as Round
  return { usages, floored: pairs.map((pair) => ({ ...pair, bare: usages['bare']! })), short }
}

function typicalOf(rounds: readonly Round[]): Round {
  return Object.fromEntries(Object.keys(rounds[0]!).map((name) => [name, typical(rounds.map((round) => round[name]!))]))
}

/** As they are, and the other way round every second time. */
function inTurn<Name>(names: readonly Name[], time: number): readonly Name[] {
  return time % 2 === 0 ? names : names.toReversed()
}

/** Median of each figure, and the highest peak. */
function typical(usages: readonly Usage[]): Usage {
  const median = (of: (usage: Usage) => number): number => quantile(usages.map(of), 0.5)
  return {
    cpu: median(({ cpu }) => cpu),
    wall: median(({ wall }) => wall),
    rss: Math.max(...usages.map(({ rss }) => rss)),
    held: Math.max(...usages.map(({ held = 0 }) => held)),
  }
}

function heldBy(rounds: readonly Round[]): Pick<BuildFigures, 'held'> {
  const held: Partial<Record<VariantName, number>> = {}
  for (const name of VARIANTS) {
    const most = Math.max(0, ...rounds.map((round) => round[name]?.held ?? 0))
    if (most > 0) held[name] = most
  }
  return Object.keys(held).length > 0 ? { held } : {}
}

interface Place {
  readonly app: string
  readonly cache: string
  readonly outDir: string
  /** For what else a build leaves. */
  readonly own: string
}

async function build(
  variant: VariantName,
  { app, cache, outDir, own }: Place,
  redis: string | undefined,
): Promise<Usage> {
  const changed = join(app, 'photos', readdirSync(join(app, 'photos')).toSorted()[0]!)
  const original = join(own, 'original.jpg')
  mkdirSync(own, { recursive: true })
  copyFileSync(changed, original)
  if (variant === 'changed') await sharp(original).modulate({ brightness: 1.05 }).jpeg({ quality: 90 }).toFile(changed)
  try {
    return await runBuild(
      {
        configModule: resolve(import.meta.dirname, 'config.ts'),
        variant,
        app,
        outDir,
        reportDir: join(own, 'report'),
        figures: false,
      },
      {
        [ENV.cache]: cache,
        ...(redis !== undefined && { [ENV.redis]: redis }),
      },
    )
  } finally {
    copyFileSync(original, changed)
  }
}

function imagesIn(dir: string): { readonly count: number; readonly bytes: number } {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile() && /\.(?:avif|webp)$/.test(entry.name))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size)
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}
