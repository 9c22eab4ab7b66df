import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { decodePixels } from '../../packages/images/src/quality/decode-pixels.ts'
import type { LossyFormat } from '../../packages/images/src/quality/encoder-settings.ts'
import type { Pixels } from '../../packages/images/src/quality/pixels.ts'
import { scoreImages } from '../../packages/images/src/quality/score-images.ts'
import { encodePixels } from '../../packages/images/src/quality/testing/encode-pixels.ts'
import { rankCorrelation } from './rank-correlation.ts'
import { quantile } from '../lib/statistics.ts'

/** Metrics of others, as programs that take two PNG files; Debian has the first two in libjxl-devtools. */
const METRICS: Readonly<Record<string, { readonly command: string; readonly better: 1 | -1 }>> = {
  'SSIMULACRA 1': { command: 'ssimulacra_main', better: -1 },
  Butteraugli: { command: 'butteraugli_main', better: -1 },
  'SSIMULACRA 2, reference': { command: process.env['PACELINE_SSIMULACRA2'] ?? 'ssimulacra2', better: 1 },
}

export interface Agreement {
  readonly pairs: number
  /** Rank correlation over all pairs. */
  readonly overall: number
  /** Over the qualities and formats of one picture: the middle picture, and the worst. */
  readonly perPicture: { readonly median: number; readonly lowest: number }
  /** Only where the other metric has the same scale. */
  readonly difference?: { readonly median: number; readonly largest: number }
}

const GRID: Readonly<Record<LossyFormat, readonly number[]>> = {
  avif: [30, 45, 60, 75, 90],
  webp: [30, 50, 70, 85, 95],
  jpeg: [30, 50, 70, 85, 95],
}

/** How the metrics that are installed rank the same pairs. */
export async function measureAgreement(pictures: readonly Pixels[]): Promise<Record<string, Agreement>> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-images-'))
  try {
    const metrics = Object.entries(METRICS).filter(([, { command }]) => isInstalled(command))
    const rows: { readonly own: number; readonly others: readonly number[] }[][] = []
    for (const picture of pictures) {
      const original = join(folder, 'original.png')
      const changed = join(folder, 'changed.png')
      await writePng(picture, original)
      const scores: { own: number; others: number[] }[] = []
      for (const [format, qualities] of Object.entries(GRID) as [LossyFormat, readonly number[]][]) {
        for (const quality of qualities) {
          const candidate = await decodePixels(await encodePixels(picture, format, quality))
          await writePng(candidate, changed)
          const others = metrics.map(([, { command, better }]) => better * run(command, original, changed))
          scores.push({ own: scoreImages(picture, candidate), others })
        }
      }
      rows.push(scores)
    }
    return Object.fromEntries(
      metrics.map(([name, { better }], at) => [
        name,
        agreement(
          rows.map((scores) => scores.map(({ own, others }) => [own, others[at] as number] as const)),
          better === 1,
        ),
      ]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function agreement(pictures: readonly (readonly (readonly [number, number])[])[], sameScale: boolean): Agreement {
  const correlation = (pairs: readonly (readonly [number, number])[]): number =>
    rankCorrelation(
      pairs.map(([own]) => own),
      pairs.map(([, other]) => other),
    )
  const all = pictures.flat()
  const single = pictures.map(correlation)
  const differences = all.map(([own, other]) => Math.abs(own - other))
  return {
    pairs: all.length,
    overall: correlation(all),
    perPicture: { median: quantile(single, 0.5), lowest: Math.min(...single) },
    ...(sameScale && { difference: { median: quantile(differences, 0.5), largest: Math.max(...differences) } }),
  }
}

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, { stdio: 'ignore' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

function run(command: string, original: string, changed: string): number {
  return Number.parseFloat(
    execFileSync(command, [original, changed], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
}

async function writePng({ data, width, height, channels }: Pixels, file: string): Promise<void> {
  await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toFile(file)
}
