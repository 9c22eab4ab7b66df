import type { InlineConfig, PluginOption } from 'vite'
import type { BuildTask } from '../../lib/run-build.ts'
import { floor } from './floor.ts'
import { ENV, FORMATS, QUALITY, WIDTHS, type VariantName } from './variants.ts'

/** A build of a page that names photographs, and nothing else. */
export async function config({ app, outDir, variant }: BuildTask): Promise<InlineConfig> {
  return {
    root: app,
    configFile: false,
    logLevel: 'error',
    plugins: await pluginsOf(variant as VariantName, app, outDir),
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  }
}

async function pluginsOf(variant: VariantName, app: string, outDir: string): Promise<PluginOption[]> {
  if (variant === 'bare') return []
  if (variant === 'floor') return [floor(app, outDir)]
  if (variant === 'imagetools') {
    const specifier = 'vite-imagetools'
    // Its own cache would make every build but the first a warm one.
    const { imagetools }: { imagetools: (options: object) => PluginOption } = await import(specifier)
    return [imagetools({ cache: { enabled: false } })]
  }
  const { artifactCache } = await import('@paceline/artifact-cache')
  const { images } = await import('@paceline/images')
  const quality = variant === 'searched' ? { target: 80 } : QUALITY
  const wanted = { formats: [...FORMATS], widths: [...WIDTHS], fallback: false, placeholder: false as const, quality }
  const redis: string | false = (variant === 'redis' && process.env[ENV.redis]) || false
  return [artifactCache({ dir: process.env[ENV.cache]!, namespace: 'bench', redis }), images(wanted)]
}
