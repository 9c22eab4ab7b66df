import type { InlineConfig } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'
import { ENV, variantPlugins, type VariantName } from './variants.ts'

/** A build of next to nothing, to which the files that are compressed come as its `public/`. */
export async function config({ app, outDir, variant }: BuildTask): Promise<InlineConfig> {
  return {
    root: app,
    configFile: false,
    logLevel: 'error',
    publicDir: process.env[ENV.dist]!,
    plugins: await variantPlugins(variant as VariantName, outDir),
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  }
}
