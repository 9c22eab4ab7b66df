import { resolve } from 'node:path'
import type { Plugin, Rollup } from 'vite'
import type { EmittedChunk, GraphModule } from './core/build-input.ts'
import { cleanId, normalize } from './core/paths.ts'
import { emittedChunk, graphModules, takeMap } from './emitted-chunks.ts'

/** A web worker's own bundle: its chunks, of which the first is what `new Worker` loads, and its modules. */
export interface WorkerBundle {
  readonly chunks: readonly EmittedChunk[]
  readonly modules: readonly GraphModule[]
}

/** What the worker plugin asks of the plugin of the main build. */
export interface WorkerHost {
  /** Whether the maps of this build are made for us alone. */
  removesMaps(): boolean
  add(bundle: WorkerBundle): void
}

/**
 * Watches the bundles of web workers. Vite builds each in a run of its own, with the plugins of `worker.plugins`, and emits
 * the result as plain files of the main build: maps included, also those of workers that are inlined.
 */
export function workerPlugin(host: WorkerHost): Plugin {
  return {
    name: 'paceline:build-graph-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'pre',
      handler(_output, bundle) {
        const chunks = Object.values(bundle).flatMap((chunk) => {
          if (chunk.type !== 'chunk') return []
          const taken = takeMap(bundle, chunk.fileName, host.removesMaps())
          // A worker is no entry of the app: it starts when the app says so.
          const dir = sourcesDir(chunk, taken?.sources ?? [])
          return [{ ...emittedChunk(chunk, taken, dir, (file) => file), entry: false }]
        })
        host.add({ chunks, modules: graphModules(this).map((module) => ({ ...module, entry: false })) })
      },
    },
  }
}

/**
 * What the sources of the map are relative to. Vite names no output directory for workers: Rollup then takes the
 * working directory, Rolldown its own default below it.
 */
function sourcesDir(chunk: Rollup.OutputChunk, sources: readonly string[]): string {
  const ids = new Set(chunk.moduleIds.map((id) => cleanId(normalize(id))))
  const known = (dir: string): number =>
    sources.filter((source) => ids.has(normalize(resolve(dir, chunk.fileName, '..', source)))).length
  const [rollup, rolldown] = [resolve('.'), resolve('dist')]
  return known(rolldown) > known(rollup) ? rolldown : rollup
}
