import { graphModules } from '@paceline/build-graph'
import { loadVite, memoryLogger, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig, PluginOption } from 'vite'
import { readBundle } from '../../../packages/chunks/src/verify/read-bundle.ts'
import type { KnownModules } from './expect-same-order.ts'
import { recordRuns } from './record-runs.ts'

/** What every build of an app that is recorded has in common, so that they are made of the same modules. */
export const recordable: InlineConfig = {
  configFile: false,
  logLevel: 'silent',
  build: { minify: false, modulePreload: { polyfill: false }, emptyOutDir: true },
}

export interface RecordedBuild {
  readonly known: KnownModules
  readonly warnings: readonly string[]
}

/** Builds an app so that its modules say when they run. Plugins are made anew: they are asked for by a function. */
export async function buildRecorded(
  vite: ViteVersion,
  root: string,
  plugins: PluginOption,
  config: InlineConfig,
): Promise<RecordedBuild> {
  const { build, mergeConfig } = await loadVite(vite)
  const { log, logger } = memoryLogger()
  const short = (id: string): string => id.replace(`${root}/`, '').replace('\0', '')
  const { plugin: recorder, wrapped } = recordRuns(short)
  let known: KnownModules = { noticed: new Set(), imports: new Map() }
  const reader: PluginOption = {
    name: 'read-modules',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const { modules, hasEffects } = readBundle(this, bundle, graphModules(this), true)
        known = {
          noticed: new Set(modules.filter(({ id }) => hasEffects(id)).map(({ id }) => short(id))),
          imports: new Map(
            modules.map(({ id, imports }) => [
              short(id),
              imports.map(short).filter((imported) => !wrapped.has(imported) && !wrapped.has(short(id))),
            ]),
          ),
        }
      },
    },
  }
  const base = mergeConfig(recordable, { root, customLogger: logger, plugins: [plugins, recorder, reader] })
  await build(mergeConfig(base, config))
  return { known, warnings: log.warn }
}
