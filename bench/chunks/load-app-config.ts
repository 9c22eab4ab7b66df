import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Vite from 'vite'
import { plainPictures } from '../lib/plain-pictures.ts'

type OutputOptions = Readonly<Record<string, unknown>>

/** Everything by which somebody may have said how chunks are made, in Rollup's words and in Rolldown's. */
const CHUNK_OPTIONS: ReadonlySet<string> = new Set([
  'manualChunks',
  'experimentalMinChunkSize',
  'codeSplitting',
  'advancedChunks',
  'onlyExplicitManualChunks',
])

/** The Vite that the app builds with. */
export async function viteOf(app: string): Promise<typeof Vite> {
  const file = createRequire(join(app, 'package.json')).resolve('vite')
  return (await import(pathToFileURL(file).href)) as typeof Vite
}

/**
 * The app's config as it is in its folder, without Paceline and without what it says about chunks: every strategy
 * begins at Vite's default.
 *
 * @param keepChunks leaves what the app says about chunks
 */
export async function loadAppConfig(vite: typeof Vite, app: string, keepChunks = false): Promise<Vite.UserConfig> {
  const loaded = await vite.loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, app)
  if (loaded === null) return {}
  const { config } = loaded
  const others = (await flatten(config.plugins ?? [])).filter((plugin) => !plugin.name.startsWith('paceline'))
  const plugins = [...others, ...(await plainPictures(app))]
  const own = { ...config.build?.rollupOptions, ...config.build?.rolldownOptions }
  const output = [own.output].flat().map((output) => without((output ?? {}) as OutputOptions))
  const { rollupOptions: _, rolldownOptions: __, ...build } = config.build ?? {}
  const options = keepChunks ? own : { ...own, output: output.length === 1 ? output[0] : output }
  const bundler = vite.version.startsWith('7.') ? 'rollupOptions' : 'rolldownOptions'
  return { ...config, plugins, build: { ...build, [bundler]: options } }
}

export async function flatten(options: Vite.PluginOption[]): Promise<Vite.Plugin[]> {
  const plugins = await Promise.all(
    options.map(async (option): Promise<Vite.Plugin[]> => {
      const value = await option
      if (!value) return []
      return Array.isArray(value) ? flatten(value) : [value]
    }),
  )
  return plugins.flat()
}

function without(output: OutputOptions): OutputOptions {
  return Object.fromEntries(Object.entries(output).filter(([option]) => !CHUNK_OPTIONS.has(option)))
}
