import { decodePixels } from '../../packages/images/src/quality/decode-pixels.ts'
import type { LossyFormat } from '../../packages/images/src/quality/encoder-settings.ts'
import type { Pixels } from '../../packages/images/src/quality/pixels.ts'
import { prepareReference, scoreAgainst } from '../../packages/images/src/quality/score-images.ts'
import { encodePixels, type TriedSettings } from '../../packages/images/src/quality/testing/encode-pixels.ts'
import { bytesAt, type Sample } from './bytes-at-score.ts'

export interface SettingsFigures {
  readonly format: LossyFormat
  readonly name: string
  /** CPU over all pictures and qualities, against that of the default. */
  readonly cpu: number
  /** Bytes at the same score against those of the default, the geometric mean over pictures. */
  readonly bytes: Readonly<Record<string, number>>
}

/** The scores at which bytes are compared. */
export const SCORES: readonly number[] = [70, 80]

const QUALITIES: Readonly<Record<LossyFormat, readonly number[]>> = {
  avif: [45, 60, 70, 80, 90],
  webp: [60, 75, 85, 92, 98],
  jpeg: [60, 75, 85, 92, 98],
}

const ALTERNATIVES: Readonly<Record<LossyFormat, Readonly<Record<string, TriedSettings>>>> = {
  avif: {
    'effort 2': { effort: 2 },
    'effort 3': { effort: 3 },
    'effort 4': { effort: 4 },
    'effort 5': { effort: 5 },
    '4:2:0': { chromaSubsampling: '4:2:0' },
    '4:4:4': { chromaSubsampling: '4:4:4' },
    '10 bits': { bitdepth: 10 },
    'tuned for SSIM': { tune: 'ssim' },
  },
  webp: {
    'effort 2': { effort: 2 },
    'effort 3': { effort: 3 },
    'effort 4': { effort: 4 },
    'effort 5': { effort: 5 },
    'effort 6': { effort: 6 },
    'plain subsampling': { smartSubsample: false },
    'preset photo': { preset: 'photo' },
  },
  jpeg: {
    'libjpeg-turbo, baseline': { mozjpeg: false },
    'libjpeg-turbo, progressive': { mozjpeg: false, progressive: true },
    mozjpeg: { mozjpeg: true },
    '4:2:0': { chromaSubsampling: '4:2:0' },
    '4:4:4': { chromaSubsampling: '4:4:4' },
  },
}

/** Bytes at equal score and CPU of each alternative, beside the default of its format. */
export async function measureSettings(pictures: readonly Pixels[], format: LossyFormat): Promise<SettingsFigures[]> {
  const usual = await sampleSettings(pictures, format, {})
  const figures: SettingsFigures[] = []
  for (const [name, alternative] of Object.entries(ALTERNATIVES[format])) {
    const { cpu, samples } = await sampleSettings(pictures, format, alternative)
    const bytes = SCORES.map((score) => [String(score), ratioAt(samples, usual.samples, score)] as const)
    figures.push({ format, name, cpu: cpu / usual.cpu, bytes: Object.fromEntries(bytes) })
  }
  return figures
}

async function sampleSettings(
  pictures: readonly Pixels[],
  format: LossyFormat,
  changed: TriedSettings,
): Promise<{ cpu: number; samples: Sample[][] }> {
  const samples: Sample[][] = []
  let cpu = 0
  for (const picture of pictures) {
    const reference = prepareReference(picture)
    const ofPicture: Sample[] = []
    for (const quality of QUALITIES[format]) {
      const before = process.cpuUsage()
      const encoded = await encodePixels(picture, format, quality, changed)
      const { user, system } = process.cpuUsage(before)
      cpu += (user + system) / 1000
      ofPicture.push({ bytes: encoded.byteLength, score: scoreAgainst(reference, await decodePixels(encoded)) })
    }
    samples.push(ofPicture)
  }
  return { cpu, samples }
}

function ratioAt(samples: readonly Sample[][], usual: readonly Sample[][], score: number): number {
  const logs = samples.map((ofPicture, at) => Math.log(bytesAt(ofPicture, score) / bytesAt(usual[at]!, score)))
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
}
