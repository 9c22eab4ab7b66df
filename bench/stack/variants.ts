import type { BenchApp } from '../chunks/apps.ts'

/** In the order in which they run. The first is what the others are compared with. */
export const VARIANTS = ['bare', 'peers', 'paceline'] as const
export type VariantName = (typeof VARIANTS)[number]

/** What each variant is, in words. */
export const DESCRIPTIONS: Readonly<Record<VariantName, string>> = {
  bare: '`vite build` of the app, served by sirv as it comes',
  peers:
    'with vite-plugin-compression2, vite-imagetools or vite-plugin-image-optimizer, vite-plugin-pwa, rollup-plugin-visualizer and web-vitals, size-limit afterwards; sirv with `brotli` and `gzip`',
  paceline: 'with `paceline()` set to do the same; `paceline serve`',
}

/** An app that is measured, and where its builds go. */
export interface StackPlace {
  readonly app: BenchApp
  /** Vite root. */
  readonly root: string
  readonly folder: string
  readonly tell: (what: string) => void
}
