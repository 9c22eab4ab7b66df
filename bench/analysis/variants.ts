import { join } from 'node:path'
import type { PluginOption } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'
import { encodeOnce } from './encode-once.ts'

interface Variant {
  readonly plugins: PluginOption[]
  /** What the variant needs of `build.sourcemap`; undefined leaves Vite's default. */
  readonly sourcemap?: boolean | 'hidden'
}

type Factory = (options: object) => PluginOption

/** In the order in which they run. The first is what the others are compared with. */
export const VARIANTS = ['bare', 'encode', 'paceline', 'visualizer', 'sonda', 'analyzer'] as const
export type VariantName = (typeof VARIANTS)[number]

/** What each variant is, in words. */
export const DESCRIPTIONS: Readonly<Record<VariantName, string>> = {
  bare: '`vite build` without it',
  encode: 'gzip 9, brotli 11 and zstd 19 of every file, once, and nothing else',
  paceline:
    '`paceline({ images: false, compress: false })`: exact shares of every file in gzip and brotli, routes, budgets, pages',
  visualizer: 'rollup-plugin-visualizer with `gzipSize` and `brotliSize`',
  sonda: 'sonda with `gzip` and `brotli`',
  analyzer: 'vite-bundle-analyzer, static page, which always has gzip and brotli',
}

/** Sources are also built once with maps and no tool: what is really in the chunks is read from those. */
export const TRUTH = 'truth'

/** The plugins of a variant, each set up as its documentation says, to show gzip and brotli. */
export async function variantPlugins(task: BuildTask): Promise<Variant> {
  switch (task.variant) {
    case 'bare':
      return { plugins: [] }
    case TRUTH:
      return { plugins: [], sourcemap: 'hidden' }
    case 'encode':
      return { plugins: [encodeOnce()] }
    case 'paceline':
      return { plugins: [await paceline(task)] }
    case 'visualizer':
      return { plugins: [await visualizer(task)] }
    case 'sonda':
      return { plugins: [await sonda(task)], sourcemap: true }
    case 'analyzer':
      return { plugins: [await analyzer(task)] }
    default:
      throw new Error(`\`${task.variant}\` is no variant. Known are: ${VARIANTS.join(', ')}.`)
  }
}

async function paceline({ reportDir }: BuildTask): Promise<PluginOption> {
  const { paceline } = await import('paceline')
  // Verdicts and all; an overrun must not end the build that is measured.
  return paceline({
    images: false,
    compress: false,
    cache: false,
    budgets: { severity: 'warn' },
    buildGraph: { dir: reportDir },
  })
}

async function visualizer({ reportDir, figures }: BuildTask): Promise<PluginOption> {
  const plugin = await load('rollup-plugin-visualizer', 'visualizer')
  const report = figures ? { template: 'raw-data', filename: 'report.json' } : { filename: 'report.html' }
  return plugin({ ...report, filename: join(reportDir, report.filename), gzipSize: true, brotliSize: true })
}

async function sonda({ reportDir, figures }: BuildTask): Promise<PluginOption> {
  const plugin = await load('sonda/vite', 'default')
  const format = figures ? 'json' : 'html'
  return plugin({ format, gzip: true, brotli: true, outputDir: reportDir, filename: 'report' })
}

async function analyzer({ reportDir, figures }: BuildTask): Promise<PluginOption> {
  const plugin = await load('vite-bundle-analyzer', 'analyzer')
  return plugin({
    analyzerMode: figures ? 'json' : 'static',
    fileName: () => join(reportDir, 'report'),
    openAnalyzer: false,
    summary: false,
    // Its default is zlib's, which no server that compresses ahead of time uses.
    gzipOptions: { level: 9 },
  })
}

/** The peers are installed in bench/ only, so their types are not there when the repository is checked. */
async function load(specifier: string, name: string): Promise<Factory> {
  const module: Record<string, unknown> = await import(specifier)
  const factory = module[name]
  if (typeof factory !== 'function') throw new Error(`\`${specifier}\` has no \`${name}\`. Install bench/ again.`)
  return factory as Factory
}
