/** The formats whose quality can be searched for. PNG and GIF have none: they are lossless or indexed. */
export type LossyFormat = 'avif' | 'webp' | 'jpeg'

/** What decides an encoder's output beside the picture. Part of every cache key. */
export interface EncoderSettings {
  /** CPU spent on finding smaller bytes: AVIF 0–9, WebP 0–6. JPEG has none: mozjpeg's optimisations are on or off. */
  readonly effort?: number
  readonly chromaSubsampling?: '4:2:0' | '4:4:4'
  /** WebP only: halves the colours so that they look right at edges, instead of taking the mean. */
  readonly smartSubsample?: boolean
  readonly mozjpeg?: boolean
  /** An effort at which a draft takes a tenth of the time, and how far encodes are from a score of 100 as a share of its distance. */
  readonly draft?: { readonly effort: number; readonly share: number }
  /** The qualities worth trying, both included: below the first pictures fall apart, above the last bytes buy nothing. */
  readonly qualityRange: { readonly min: number; readonly max: number }
}

const settings: Readonly<Record<LossyFormat, EncoderSettings>> = Object.freeze({
  avif: {
    effort: 3,
    chromaSubsampling: '4:4:4',
    draft: { effort: 0, share: 0.92 },
    qualityRange: { min: 10, max: 95 },
  },
  webp: { effort: 5, smartSubsample: true, qualityRange: { min: 10, max: 98 } },
  jpeg: { mozjpeg: true, chromaSubsampling: '4:2:0', qualityRange: { min: 10, max: 98 } },
})

/** The settings that give the fewest bytes for their CPU at the same score; docs/decisions/0008-image-quality.md has the figures. */
export function defaultSettings(format: LossyFormat): EncoderSettings {
  return settings[format]
}
