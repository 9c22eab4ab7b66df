import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { runRounds, summarise, type VariantSummary } from '../../lib/rounds.ts'
import { runBuild } from '../../lib/run-build.ts'
import { spreadOf, type Spread } from '../../lib/statistics.ts'
import type { Usage } from '../../lib/usage.ts'
import { startRedis } from '../../compress/redis.ts'
import { atWidth, photographs } from '../photographs.ts'
import { copyPhotographs, writeApp } from './make-app.ts'
import { qualitiesOfPeer } from './same-score.ts'
import { measureTransfer, type Transfer } from './measure-transfer.ts'
import { ENV, VARIANTS, type PeerQualities, type VariantName } from './variants.ts'

/** What builds with many photographs cost. */
export interface BuildFigures {
  readonly photographs: number
  /** What a build fetches from a warm Redis, and how long a client that is connected takes to have and to check it all, ms. */
  readonly transfer?: Transfer
  /** Files in AVIF and WebP that each of the variants writes. */
  readonly files: number
  readonly rounds: number
  readonly qualities: PeerQualities
  readonly variants: readonly VariantSummary[]
  readonly bytes: Readonly<Record<string, number>>
  /** Round by round, `bare` taken away on both sides: what the images alone cost. */
  readonly ratios: {
    readonly coldCpuToFloor: Spread
    readonly coldWallToFloor: Spread
    readonly coldWallToImagetools: Spread
    readonly searchedWallToImagetools: Spread
    readonly warmBeyondBare: Spread
    readonly redisBeyondBare?: Spread
    readonly redisBeyondWarm?: Spread
    /** Share of the cores' time that is used while images are made. */
    readonly busy: Spread
  }
}

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
    const run = (variant: VariantName): Promise<Usage> =>
      build(variant, folder, app, () => writeApp(app, copies, variant, qualities), redis?.url)
    // The first one fills it.
    if (redis) await run('redis')
    const measured = await runRounds(variants, { rounds, warmUps: 0 }, async (name, round) => {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`)
      const variant = name as VariantName
      const usage = await run(variant)
      const made = imagesIn(join(folder, 'dist'))
      bytes[variant] = made.bytes
      if (variant === 'cold') files = made.count
      return usage
    })
    const transfer = redis && (await measureTransfer(redis.url))
    const cores = availableParallelism()
    const beyond = (of: (usage: Usage) => number, one: VariantName, other: VariantName): Spread =>
      spreadOf(
        measured.map((round) => (of(round[one]!) - of(round['bare']!)) / (of(round[other]!) - of(round['bare']!))),
      )
    const cpu = (usage: Usage): number => usage.cpu
    const wall = (usage: Usage): number => usage.wall
    return {
      photographs: copies.length,
      files,
      rounds,
      qualities,
      bytes,
      ...(transfer && { transfer }),
      variants: summarise(measured, variants, 'floor'),
      ratios: {
        coldCpuToFloor: beyond(cpu, 'cold', 'floor'),
        coldWallToFloor: beyond(wall, 'cold', 'floor'),
        coldWallToImagetools: beyond(wall, 'cold', 'imagetools'),
        searchedWallToImagetools: beyond(wall, 'searched', 'imagetools'),
        warmBeyondBare: spreadOf(measured.map(({ warm, bare }) => warm!.wall - bare!.wall)),
        ...(redis && {
          redisBeyondBare: spreadOf(measured.map((round) => round['redis']!.wall - round['bare']!.wall)),
          redisBeyondWarm: spreadOf(measured.map((round) => round['redis']!.wall - round['warm']!.wall)),
        }),
        busy: spreadOf(measured.map(({ cold, bare }) => (cold!.cpu - bare!.cpu) / (cores * (cold!.wall - bare!.wall)))),
      },
    }
  } finally {
    await redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function build(
  variant: VariantName,
  folder: string,
  app: string,
  write: () => void,
  redis: string | undefined,
): Promise<Usage> {
  // `warm` finds what `cold` of the same round left; a clean checkout has no directory.
  const cache = join(folder, variant === 'redis' ? 'checkout' : 'cache')
  if (variant === 'cold' || variant === 'searched' || variant === 'redis')
    rmSync(cache, { recursive: true, force: true })
  write()
  const changed = join(app, 'photos', readdirSync(join(app, 'photos')).toSorted()[0]!)
  const original = join(folder, 'original.jpg')
  copyFileSync(changed, original)
  if (variant === 'changed') await sharp(original).modulate({ brightness: 1.05 }).jpeg({ quality: 90 }).toFile(changed)
  try {
    return await runBuild(
      {
        configModule: resolve(import.meta.dirname, 'config.ts'),
        variant,
        app,
        outDir: join(folder, 'dist'),
        reportDir: join(folder, 'report'),
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
