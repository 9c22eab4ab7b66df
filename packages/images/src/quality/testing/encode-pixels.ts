import sharp, { type AvifOptions, type JpegOptions, type WebpOptions } from 'sharp'
import { defaultSettings, type EncoderSettings, type LossyFormat } from '../encoder-settings.ts'
import type { Pixels } from '../pixels.ts'
import type { Drafts } from '../search-quality.ts'

/** Settings beside those that Paceline chooses among, to measure them. */
export type TriedSettings = Omit<EncoderSettings, 'qualityRange' | 'draft'> &
  Pick<AvifOptions, 'bitdepth' | 'tune'> &
  Pick<WebpOptions, 'preset'> &
  Pick<JpegOptions, 'progressive'>

/** Encodes plain pixels, without what a source brings along: for tests and measurements. */
export function encodePixels(
  { data, width, height, channels }: Pixels,
  format: LossyFormat,
  quality: number,
  changed: TriedSettings = {},
): Promise<Uint8Array> {
  const { qualityRange: _, draft: __, ...usual } = defaultSettings(format)
  const image = sharp(data, { raw: { width, height, channels } })
  return image[format]({ ...usual, ...changed, quality }).toBuffer()
}

/** Drafts of plain pixels, where a format has them. */
export function draftsOf(pixels: Pixels, format: LossyFormat): Drafts | undefined {
  const { draft } = defaultSettings(format)
  if (draft === undefined) return undefined
  const { effort, share } = draft
  return { share, encode: (quality) => encodePixels(pixels, format, quality, { effort }) }
}
