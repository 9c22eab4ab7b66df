import { displayId, packageOf } from '@paceline/build-graph'
import { chunks, findChunks, readPlan } from '@paceline/chunks'
import type { ChunksOptions } from '@paceline/chunks'
import type { Plugin, Rollup } from 'vite'
import { isOurs, type AppConfig } from './load-app-config.ts'
import { forgetOutdated, preparePlan } from './prepare-plan.ts'
import type { RebuildRequest, RebuildStrategy } from './rebuild-request.ts'

/** An app and the plugins that split it, when ours do. */
export interface SplitApp extends AppConfig {
  /** To stand after the build graph: the last of them reads its report. */
  readonly splitting: readonly Plugin[]
  /** Whether the chunks that were to be merged are one in the plan already. */
  readonly mergedInPlan: boolean
}

/**
 * Makes an app split its chunks in the way that is asked for. Plans are read from a place of the rebuild and written
 * there: the app's own stays as it is.
 */
export async function applyStrategy(app: AppConfig, request: RebuildRequest): Promise<SplitApp> {
  const { strategy = { kind: 'config' }, plan } = request
  const own = findChunks(app.plugins)?.options
  const plugins = app.plugins.filter(({ name }) => !name.startsWith('paceline:chunks'))
  const none = { ...app, plugins, splitting: [], mergedInPlan: false }
  // As it would be written: what is resolved has numbers for some of it.
  const options: ChunksOptions = own ? { ...own, ...app.accepted, drift: `${own.drift * 100}%`, plan } : { plan }
  if (own) await forgetOutdated(own, plan)
  if (strategy.kind === 'planned') {
    const planned = chunks({ ...options, strategy: 'planned', stable: strategy.stable })
    return { ...none, plugins: [splitBy({ kind: 'default' }, app.config.root!), ...plugins], splitting: quiet(planned) }
  }
  if (strategy.kind !== 'config') return { ...none, plugins: [splitBy(strategy, app.config.root!), ...plugins] }
  if (!own) return none
  const mergedInPlan = own.strategy !== 'default' && (await preparePlan(own, request, app.config.root!))
  // A plan that keeps the bundler's chunks has none to merge, and would refuse the groups that merge those.
  const merges = request.edits.some(({ kind }) => kind === 'merge')
  const isKept = merges && own.strategy !== 'default' && (await readPlan(plan))?.bundler === true
  // The app as it is has been held to its groups already.
  const changesSources = request.edits.some(({ kind }) => kind !== 'merge')
  const splitting = quiet(chunks(isKept ? { ...options, strategy: 'default' } : options, changesSources))
  return { ...none, splitting, mergedInPlan }
}

/** The rebuild has a build graph of its own. */
function quiet(plugins: readonly Plugin[]): Plugin[] {
  return plugins.filter(({ name }) => !isOurs(name))
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
    if (name === undefined) return undefined
    return kind === 'vendor' ? 'vendor' : name.replace('/', '-')
  }
  return {
    name: 'paceline:split-by',
    outputOptions: {
      // Before a plan, which refuses to be followed beside other wishes.
      order: 'pre',
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
