import { displayId, packageOf } from '@paceline/build-graph'
import type { PlanOptions } from '@paceline/chunks'
import type { Plugin, PluginOption, Rollup } from 'vite'
import type { AppConfig } from './load-app-config.ts'
import type { RebuildRequest, RebuildStrategy } from './rebuild-request.ts'

/** Makes an app split its chunks in another way than its config says. */
export async function applyStrategy(app: AppConfig, { strategy, plan }: RebuildRequest): Promise<AppConfig> {
  if (!strategy || strategy.kind === 'config') return app
  const plugins = app.plugins.filter(({ name }) => !name.startsWith('paceline:chunks'))
  if (strategy.kind !== 'planned') return { ...app, plugins: [...plugins, splitBy(strategy, app.config.root!)] }
  const { chunks } = (await import('@paceline/chunks')) as unknown as { chunks: (options: PlanOptions) => PluginOption }
  const planned: PluginOption = chunks({ strategy: 'planned', stable: strategy.stable, plan })
  return { ...app, plugins: [...plugins, ...((await planned) as Plugin[])] }
}

/** Options that say what goes into which chunk, in either bundler. */
const SPLITTING = [
  'codeSplitting',
  'advancedChunks',
  'manualChunks',
  'onlyExplicitManualChunks',
  'experimentalMinChunkSize',
]

/** The splitting that people write by hand, as both bundlers understand it: a chunk takes along what its modules import. */
function splitBy({ kind }: RebuildStrategy, root: string): Plugin {
  const nameOf = (id: string): string | undefined => {
    const name = packageOf(`/${displayId(id, root)}`)?.name
    if (name === undefined || kind === 'default') return undefined
    return kind === 'vendor' ? 'vendor' : name.replace('/', '-')
  }
  return {
    name: 'paceline:split-by',
    outputOptions: {
      order: 'post',
      handler(output) {
        const options = { ...output } as Record<string, unknown>
        for (const key of SPLITTING) delete options[key]
        if (kind === 'default') return options
        if (!('rolldownVersion' in this.meta)) return { ...options, manualChunks: nameOf }
        const groups = [{ name: (id: string): string | null => nameOf(id) ?? null }]
        return { ...options, codeSplitting: { groups } } as Rollup.OutputOptions
      },
    },
  }
}
