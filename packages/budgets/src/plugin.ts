import { relative, resolve } from 'node:path'
import { buildGraph, findBuildGraph, verdictError, type BuildGraphApi } from '@paceline/build-graph'
import { moveToEnd, type RouteLimitsApi } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig } from 'vite'
import { writePages } from './adapters/write-pages.ts'
import { storeCleanBuild } from './baseline/report-store.ts'
import { limitsOfRoute } from './core/measure-loads.ts'
import { budgetError } from './errors.ts'
import { judgeBuild } from './judge-build.ts'
import type { BudgetsOptions } from './options.ts'
import { resolveBudgets, type ResolvedBudgets } from './resolve-options.ts'
import { formatTerminal } from './terminal/format-terminal.ts'

const PLUGIN_NAME = 'paceline:budgets'

/** What commands get from the plugin in a config, through {@link findBudgets}. */
export interface BudgetsApi extends RouteLimitsApi {
  readonly budgets: ResolvedBudgets
}

interface BudgetsPlugin extends Plugin<BudgetsApi> {
  readonly api: BudgetsApi
}

/** The budgets of a config, when there are any. */
export function findBudgets(plugins: readonly Plugin[]): BudgetsApi | undefined {
  return (plugins.find((plugin) => plugin.name === PLUGIN_NAME) as BudgetsPlugin | undefined)?.api
}

/**
 * Holds every client build to its budgets: prints the verdict, keeps it in the report, and fails the build when a
 * budget is overrun.
 *
 * Brings the build graph along; an instance of it that is listed before counts instead.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID` at once; see the docs for what a build may end in
 */
export function budgets(options?: BudgetsOptions): Plugin[] {
  const resolved = resolveBudgets(options)
  /** Environments that have written files and still wait for their verdict. */
  const pending = new Set<string>()
  let config: ResolvedConfig | undefined
  let graph: BuildGraphApi | undefined

  const plugin: BudgetsPlugin = {
    name: PLUGIN_NAME,
    apply: 'build',
    enforce: 'post',
    api: { budgets: resolved, routeLimits: (route) => limitsOfRoute(resolved.routes, route) },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      graph = findBuildGraph(resolvedConfig.plugins)
      moveToEnd(resolvedConfig.plugins, plugin, 'verdict')
    },
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    buildStart() {
      pending.delete(this.environment.name)
    },
    writeBundle: {
      // Last of all: where another plugin fails to write, that failure is the one to be told.
      order: 'post',
      sequential: true,
      handler() {
        pending.add(this.environment.name)
        graph?.announceVerdict(this.environment.name, PLUGIN_NAME)
      },
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const { environment } = this
        // A build that failed has written nothing; with several outputs the first call sees them all.
        if (!config || !pending.delete(environment.name)) return
        // Somebody took the build graph out of the list: that is no verdict either.
        if (!graph) throw budgetError('PACELINE_REPORT_MISSING', [environment.name])
        const failures = await judgeEnvironment(environment, config.root, resolved, graph).catch(asFailures)
        graph.giveVerdict({ environment, judge: PLUGIN_NAME, failures, watchMode: this.meta.watchMode })
      },
    },
  }
  return [...buildGraph(), plugin]
}

/** @returns why the build must fail, nothing when the budgets hold */
async function judgeEnvironment(
  { name, logger, config }: Environment,
  root: string,
  resolved: ResolvedBudgets,
  graph: BuildGraphApi,
): Promise<Error[]> {
  const report = graph.report(name)
  if (!report) throw budgetError('PACELINE_REPORT_MISSING', [name])
  const outDir = resolve(root, config.build.outDir)
  const { results, baseline } = await judgeBuild({ report, budgets: resolved, root, outDir })
  const judged = { ...report, budgets: results }
  await graph.save(name, judged)
  const pages = await writePages(judged, graph.dir, name, baseline)
  // A build on a branch that others compare with is the baseline of the next one.
  if (name === 'client' && baseline && baseline.from !== 'file') await storeCleanBuild(root, judged)
  const block = formatTerminal(results, { columns: process.stdout.columns, reportFile: relative(root, pages.report) })
  if (results.some(({ status }) => status === 'fail')) {
    return [verdictError(budgetError('PACELINE_BUDGET_EXCEEDED', [block]))]
  }
  if (results.some(({ status }) => status === 'warn')) logger.warn(block)
  else logger.info(block)
  return []
}

function asFailures(error: unknown): Error[] {
  return [error instanceof Error ? error : new Error(String(error))]
}
