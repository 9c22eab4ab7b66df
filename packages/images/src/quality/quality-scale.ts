import { defaultSettings, type LossyFormat } from './encoder-settings.ts'
import { interpolate, type SearchPlan, type TypicalCurve } from './next-quality.ts'

/**
 * The qualities of AVIF that give different pictures: libheif (1.23) rounds to the quantizers of AV1, of which there are fewer. Of equal
 * ones, the lowest. Another version that rounds otherwise costs a try more, now and then.
 */
const AVIF_QUALITIES: readonly number[] = [
  10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 35, 37, 39, 40, 42, 44, 45, 47, 49, 50, 52, 54, 55, 56, 58, 59,
  60, 62, 63, 64, 66, 67, 68, 70, 71, 72, 74, 75, 76, 78, 79, 80, 82, 83, 84, 86, 87, 88, 90, 91, 92, 94, 95,
]

/** The medians over 14 photographs at 480, 960 and 1600 pixels. Widths differ by a few points at most. */
const curves: Readonly<Record<LossyFormat, TypicalCurve>> = {
  avif: [
    [10, 28],
    [20, 43],
    [30, 56],
    [40, 66.3],
    [50, 75],
    [60, 81.6],
    [72, 86],
    [82, 88.4],
    [90, 91],
    [95, 93.7],
  ],
  webp: [
    [10, 38],
    [30, 55.5],
    [50, 65.5],
    [70, 71.8],
    [80, 77],
    [90, 85],
    [96, 89],
    [98, 90.3],
  ],
  jpeg: [
    [10, 10],
    [30, 50],
    [50, 62.8],
    [70, 72],
    [80, 77.8],
    [90, 84.2],
    [96, 90.5],
    [98, 92.3],
  ],
}

/** The qualities of a format, and the score each usually has, at its default settings. */
export function qualityScale(format: LossyFormat): Pick<SearchPlan, 'steps' | 'typical'> {
  const { min, max } = defaultSettings(format).qualityRange
  const all = format === 'avif' ? AVIF_QUALITIES : Array.from({ length: max - min + 1 }, (_, at) => min + at)
  return { steps: all.filter((quality) => quality >= min && quality <= max), typical: curves[format] }
}

/**
 * The quality at which a format usually looks as good as a JPEG does: encoders number theirs each in its own way, AVIF's 50 is
 * WebP's 78.
 *
 * @param jpegQuality 1 to 100
 */
export function qualityLike(jpegQuality: number, format: LossyFormat): number {
  return format === 'jpeg' ? jpegQuality : qualityFor(interpolate(curves.jpeg, jpegQuality), format)
}

/**
 * The quality, as `qualityLike` takes it, at which pictures usually reach a score: for those whose own cannot be looked for.
 *
 * @param target the score (SSIMULACRA 2)
 * @returns 1 to 100
 */
export function usualQuality(target: number): number {
  return qualityFor(target, 'jpeg')
}

function qualityFor(score: number, format: LossyFormat): number {
  const flipped = curves[format].map(([quality, at]) => [at, quality] as const)
  return Math.min(100, Math.max(1, Math.round(interpolate(flipped, score))))
}
