/** In the order of the table. The first is what is taken away from the others. */
export const VARIANTS = ['bare', 'floor', 'cold', 'warm', 'redis', 'changed', 'imagetools', 'searched'] as const
/** Those that take less than a second: a moment's noise is as much as what they differ by, so each round has them many times, in turn. */
export const SHORT = ['bare', 'warm', 'redis'] as const satisfies readonly VariantName[]
export type VariantName = (typeof VARIANTS)[number]

/** What each variant is, in words. */
export const DESCRIPTIONS: Readonly<Record<VariantName, string>> = {
  bare: '`vite build` of the photographs as they are',
  floor: 'the same, and bare sharp in a loop: as many files at once as there are cores, the same files and settings',
  cold: '`images()` with an empty cache, one fixed quality',
  warm: '`images()` once more, nothing changed',
  redis: '`images()` on a clean checkout with a warm Redis',
  changed: '`images()` once more, one photograph changed',
  imagetools: 'vite-imagetools with the efforts of sharp, at the qualities that give the same mean score',
  searched:
    '`images({ quality: { target: 80 } })` with an empty cache: each file at the lowest quality that reaches the score',
}

/** Where the builds find their cache; the bench sets it for them. */
export const ENV = { cache: 'PACELINE_BENCH_CACHE', redis: 'PACELINE_BENCH_REDIS' } as const

/** What a peer must be told to reach the same mean score. */
export interface PeerQualities {
  readonly avif: number
  readonly webp: number
}

export const WIDTHS: readonly number[] = [480, 960, 1600]
/** Of `images()`: what a JPEG of this quality looks like. */
export const QUALITY = 80
export const FORMATS = ['avif', 'webp'] as const
