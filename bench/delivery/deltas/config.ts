import { join } from 'node:path'
import { buildGraph, findBuildGraph } from '@paceline/build-graph'
import { delivery } from '@paceline/delivery'
import type { InlineConfig, Plugin } from 'vite'
import { appIn } from '../../chunks/apps.ts'
import { editSource } from '../../chunks/config.ts'
import { flatten, viteOf } from '../../chunks/load-app-config.ts'
import type { BuildTask } from '../../lib/run-build.ts'
import { ONE_LINE_EDITS } from './one-line-edits.ts'

/** Environment variables of a build: folders of the archive, and of the `node_modules` with the other React. */
export const ENV = {
  state: 'PACELINE_BENCH_STATE',
  react: 'PACELINE_BENCH_REACT',
} as const

/**
 * `line-<n>`: one string of a component reads so; `edits-<n>`: the first n of the one-line edits; `react-19.1`: another minor version of React; `now`: as
 * it is. With `default:` in front in the chunks that Vite makes by itself.
 */
export async function config({ app, outDir, variant: name }: BuildTask): Promise<InlineConfig> {
  const variant = name.replace(DEFAULT_CHUNKS, '')
  const file = variant === name ? undefined : join(app, 'vite.config.default.ts')
  const vite = await viteOf(app)
  const loaded = await vite.loadConfigFromFile({ command: 'build', mode: 'production' }, file, app)
  const own = loaded?.config ?? {}
  const plugins = await flatten(own.plugins ?? [])
  const state = process.env[ENV.state]!
  const routes = findBuildGraph(plugins as Plugin[])?.options.routes ?? {}
  return {
    ...own,
    root: app,
    configFile: false,
    logLevel: 'error',
    // The first graph of the list counts. Budgets are about files of the app's own folder. The cache is the app's own: no time is measured here.
    plugins: [
      buildGraph({ dir: join(state, 'paceline'), routes }),
      edit(app, variant),
      delivery(),
      plugins.filter(({ name }) => !/^paceline:(?:budgets|delivery)/.test(name)),
    ],
    resolve: { ...own.resolve, alias: variant === 'react-19.1' ? oldReact() : [] },
    build: { ...own.build, outDir, emptyOutDir: true, reportCompressedSize: false },
  }
}

const DEFAULT_CHUNKS = /^default:/

function edit(app: string, variant: string): Plugin[] {
  const edits = /^edits-(\d+)$/.exec(variant)?.[1]
  if (edits !== undefined) return ONE_LINE_EDITS.slice(0, Number(edits)).map((one) => editSource(app, one))
  if (!variant.startsWith('line-')) return []
  const { leaf } = appIn(app)
  return [editSource(app, { ...leaf, replace: `${leaf.replace} (${variant})` })]
}

function oldReact(): { find: RegExp; replacement: string }[] {
  return ['react', 'react-dom'].map((name) => ({
    find: new RegExp(`^${name}(?=$|/)`),
    replacement: join(process.env[ENV.react]!, name),
  }))
}
