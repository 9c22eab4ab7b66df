import { defineErrors, type PacelineError } from '@paceline/kit'

/** The compressed formats whose bits can be attributed. */
export type StreamFormat = 'gzip' | 'brotli'

const attributionError = defineErrors({
  PACELINE_STREAM_CORRUPT: (format: StreamFormat, byteOffset: number, problem: string) =>
    `\`${format} stream\` cannot be attributed; at byte ${byteOffset} ${problem}. ` +
    'Compress the file again, and pass the stream with exactly the bytes it was made from.',
  PACELINE_STREAM_UNSUPPORTED: (format: StreamFormat, byteOffset: number, feature: string, advice: string) =>
    `\`${format} stream\` cannot be attributed; at byte ${byteOffset} it uses ${feature}. ${advice}`,
  PACELINE_OWNERS_INVALID: (problem: string) =>
    `\`owners\` do not account for the file; ${problem}. ` +
    'Pass sorted ranges that cover the content once, with the costs and the length of the same stream.',
})

/** The stream breaks its format's rules, or it is not the compressed form of the content it was passed with. */
export function streamCorrupt(
  format: StreamFormat,
  byteOffset: number,
  problem: string,
): PacelineError<'PACELINE_STREAM_CORRUPT'> {
  return attributionError('PACELINE_STREAM_CORRUPT', [format, byteOffset, problem])
}

/** The stream may be sound, but browsers do not decode it or it is beyond what is counted here. */
export function streamUnsupported(
  format: StreamFormat,
  byteOffset: number,
  feature: string,
  advice: string,
): PacelineError<'PACELINE_STREAM_UNSUPPORTED'> {
  return attributionError('PACELINE_STREAM_UNSUPPORTED', [format, byteOffset, feature, advice])
}

/** The ranges, the costs and the length handed to `shareBytes` do not belong together. */
export function ownersInvalid(problem: string): PacelineError<'PACELINE_OWNERS_INVALID'> {
  return attributionError('PACELINE_OWNERS_INVALID', [problem])
}
