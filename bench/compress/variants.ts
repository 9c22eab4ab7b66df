import type { Plugin, PluginOption } from 'vite'
import { FAULTS, isFault, type Fault } from './faults.ts'
import { floor } from './floor.ts'

/** In the order in which they run. The first is what is taken away from the others. */
export const VARIANTS = ['bare', 'floor', 'cold', 'peer', 'warm', 'redis', ...FAULTS] as const
/** With the one that is measured apart: a very large output. */
export type VariantName = (typeof VARIANTS)[number] | 'large'

/** What each variant is, in words. */
export const DESCRIPTIONS: Readonly<Record<VariantName, string>> = {
  bare: '`vite build` that copies the files and compresses nothing',
  floor: 'bare zlib: gzip 9, brotli 11 and zstd 19 of every file, as many at once as there are cores, biggest first',
  cold: '`compress()` with an empty cache, ledger and all',
  peer: 'vite-plugin-compression2 by itself, the same files and levels',
  warm: '`compress()` once more, nothing changed',
  redis: '`compress()` on a clean checkout with a warm Redis',
  refused: 'as cold, with a Redis that refuses connections',
  silent: 'as cold, with a Redis that takes connections and does not answer',
  killed: 'as cold, with a Redis that is killed after 10 answers',
  stalled: 'as cold, with a Redis that is stopped after 10 answers and does not come back',
  password: 'as cold, with a Redis that wants another password',
  full: 'as cold, with a Redis that has no memory left',
  slow: 'as cold, with a Redis that takes 300 ms for every answer',
  large: '`compress()` of 200 MB with an empty cache',
}

/** Where the variants find things; the bench sets these for its builds. */
export const ENV = {
  dist: 'PACELINE_BENCH_DIST',
  cache: 'PACELINE_BENCH_CACHE',
  redis: 'PACELINE_BENCH_REDIS',
} as const

/** Files that all variants compress: `compress()` and its peer select differently by themselves. */
const INCLUDE = /\.(?:m?js|css|html)$/
const THRESHOLD = 1024

export async function variantPlugins(name: VariantName, outDir: string): Promise<PluginOption[]> {
  switch (name) {
    case 'bare':
      return []
    case 'floor':
      return [floor(outDir, INCLUDE, THRESHOLD)]
    case 'peer':
      return [await peer()]
    default:
      return ours(name)
  }
}

async function ours(name: 'cold' | 'warm' | 'redis' | 'large' | Fault): Promise<PluginOption[]> {
  const { artifactCache } = await import('@paceline/artifact-cache')
  const { compress } = await import('@paceline/compress')
  const redis: string | false = ((name === 'redis' || isFault(name)) && process.env[ENV.redis]) || false
  const cache = { dir: process.env[ENV.cache]!, namespace: 'bench', redis }
  return [artifactCache(cache), compress({ include: INCLUDE, threshold: THRESHOLD })]
}

async function peer(): Promise<Plugin> {
  const specifier = 'vite-plugin-compression2'
  const { compression }: { compression: (options: object) => Plugin } = await import(specifier)
  const algorithms = ['gzip', 'brotliCompress', 'zstandard']
  return compression({ algorithms, include: INCLUDE, threshold: THRESHOLD, logLevel: 'silent' })
}
