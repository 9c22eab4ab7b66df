import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildEnvironmentOptions, InlineConfig, PluginOption } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'
import { plainPictures } from '../lib/plain-pictures.ts'
import { variantPlugins } from './variants.ts'

/** The app with React's plugin and nothing else but the variant's own. */
export async function config(task: BuildTask): Promise<InlineConfig> {
  const { plugins, sourcemap } = await variantPlugins(task)
  return {
    root: task.app,
    configFile: false,
    logLevel: 'error',
    plugins: [await reactPlugin(task.app), ...(await plainPictures(task.app)), ...plugins],
    build: {
      ...(await ownOptions(task.app)),
      outDir: task.outDir,
      emptyOutDir: true,
      ...(sourcemap !== undefined && { sourcemap }),
    },
  }
}

async function reactPlugin(app: string): Promise<PluginOption> {
  const file = createRequire(join(app, 'package.json')).resolve('@vitejs/plugin-react')
  const { default: react }: { default: () => PluginOption } = await import(pathToFileURL(file).href)
  return react()
}

/** The playground's chunks: what is measured has the shape of a real build. Its config would bring Paceline along. */
async function ownOptions(app: string): Promise<BuildEnvironmentOptions> {
  const file = join(app, 'build/options.ts')
  if (!existsSync(file)) return {}
  const { buildOptions }: { buildOptions: BuildEnvironmentOptions } = await import(pathToFileURL(file).href)
  return buildOptions
}
