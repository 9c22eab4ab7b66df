import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraph, displayId, packageOf } from '@paceline/build-graph'
import type { BuildGraphOptions } from '@paceline/build-graph'
import type { ChunksOptions } from '@paceline/chunks'
import type { InlineConfig, Plugin, PluginOption, UserConfig } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'
import type { Edit } from './apps.ts'
import { appIn } from './apps.ts'
import { listChunks } from './bound-chunks.ts'
import { chunkGroups, handMadeGroups } from './chunk-groups.ts'
import type { NameOf } from './chunk-groups.ts'
import { loadAppConfig, viteOf } from './load-app-config.ts'
import type { RulerName, StrategyName } from './strategies.ts'

/** One build of an app by a strategy. */
export interface ChunksTask extends BuildTask {
  readonly variant: StrategyName | RulerName
  /** Where the plan of a planned strategy is kept from build to build. */
  readonly plan: string
  /** Changes the source on its way into the build. */
  readonly edit?: Edit
  /** For `bound`: a JSON file with the ids of the modules that go into one chunk. */
  readonly needs?: string
  /** Its pages are opened, also those below the root, where a relative `base` does not find its files. */
  readonly opened?: boolean
}

/** The app as its config has it, with the chunks of the strategy and a report. */
export async function config(task: ChunksTask): Promise<InlineConfig> {
  const { app, outDir, reportDir } = task
  const vite = await viteOf(app)
  const major = Number(vite.version.split('.')[0])
  const own = await loadAppConfig(vite, app, task.variant === 'own')
  const { plugins, config: chunks } = await strategy(task, major)
  const measure = task.variant === 'bound' ? listChunks(reportDir) : buildGraph(graphOptions(task))
  const edit = task.edit === undefined ? [] : [editSource(app, task.edit)]
  const ours: InlineConfig = {
    root: app,
    configFile: false,
    logLevel: 'error',
    ...(task.opened === true && (own.base === '' || own.base === './') && { base: '/' }),
    plugins: [measure, ...edit, ...plugins],
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  }
  return vite.mergeConfig(vite.mergeConfig(own, chunks), ours)
}

function graphOptions({ app, reportDir }: ChunksTask): BuildGraphOptions {
  const { routes } = appIn(app)
  return { dir: reportDir, ...(routes !== undefined && { routes }) }
}

interface Strategy {
  readonly plugins: PluginOption[]
  readonly config: UserConfig
}

async function strategy(task: ChunksTask, major: number): Promise<Strategy> {
  const byName = (nameOf: NameOf, recursive: boolean): Strategy => ({
    plugins: [],
    config: chunkGroups(nameOf, { major, recursive }),
  })
  switch (task.variant) {
    case 'default':
    case 'own':
      return { plugins: [], config: {} }
    case 'default-map':
      return { plugins: [], config: { build: { chunkImportMap: true } } }
    case 'vendor':
      return byName((id) => (id.includes('node_modules') ? 'vendor' : undefined), true)
    case 'package':
      return byName((id) => packageOf(id)?.name.replace('/', '-'), true)
    case 'hand-tuned':
      return { plugins: [], config: handMadeGroups(appIn(task.app).handTuned, major) }
    case 'checked':
      return { plugins: [await withChunks({ strategy: 'default' })], config: {} }
    case 'planned':
      return { plugins: [await withChunks({ strategy: 'planned', plan: task.plan })], config: {} }
    case 'planned-first-visit':
      return { plugins: [await withChunks({ strategy: 'planned', plan: task.plan, returning: 0 })], config: {} }
    case 'planned-stable':
      return { plugins: [await withChunks({ strategy: 'planned', plan: task.plan, stable: true })], config: {} }
    case 'modules': {
      const numbers = new Map<string, string>()
      return byName((id) => (isDocument(id) ? undefined : numberOf(numbers, id)), false)
    }
    case 'bound': {
      const needed = new Set<string>(JSON.parse(readFileSync(task.needs ?? '', 'utf8')))
      return byName((id) => (needed.has(displayId(id, task.app)) ? 'bound' : undefined), false)
    }
  }
}

async function withChunks(options: ChunksOptions): Promise<PluginOption> {
  const { chunks } = await import('@paceline/chunks')
  return chunks(options)
}

/** The document's own script stays with the bundler, which wants it to be the entry. */
function isDocument(id: string): boolean {
  return /\.html(?:\?|$)/.test(id)
}

function numberOf(numbers: Map<string, string>, id: string): string {
  const known = numbers.get(id) ?? `m${numbers.size}`
  numbers.set(id, known)
  return known
}

/** @throws {Error} When the text is not there: an edit that changes nothing would look like a perfect cache. */
export function editSource(app: string, { file, find, replace }: Edit): Plugin {
  const path = join(app, file).replaceAll('\\', '/')
  return {
    name: 'bench:edit-source',
    enforce: 'pre',
    transform(code, id) {
      if (id.replaceAll('\\', '/').replace(/\?.*$/, '') !== path || id.includes('?')) return null
      if (!code.includes(find)) throw new Error(`\`${file}\` has no text "${find}". Correct bench/chunks/apps.ts.`)
      return { code: code.replace(find, replace), map: null }
    },
  }
}
