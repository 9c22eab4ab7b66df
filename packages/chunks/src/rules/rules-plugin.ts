import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { STYLESHEET, cleanId, findBuildGraph, normalize, verdictError, type BuildGraphApi } from '@paceline/build-graph'
import { moveToEnd } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig } from 'vite'
import { chunksError } from '../errors.ts'
import { verifier } from '../verify/verifier-plugin.ts'
import { diskTest } from './disk-files.ts'
import { evaluateRules } from './evaluate-rules.ts'
import { CollectedFacts } from './facts/collect-facts.ts'
import { faultHost } from './fault-host.ts'
import { formatRules } from './format-rules.ts'
import type { ResolvedRules } from './resolve-rules.ts'

const PLUGIN_NAME = 'paceline:chunks-rules'
const BUILTIN = new RegExp(
  `^(?:node:.*|(?:${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(?:/.*)?)$`,
)

/** What commands get from the plugin in a config, through {@link findRules}. */
export interface RulesApi {
  readonly rules: ResolvedRules
}

interface RulesPlugin extends Plugin<RulesApi> {
  readonly api: RulesApi
}

/** Which environments the rules are for. */
type EnvironmentTest = (environment: {
  readonly name: string
  readonly config: { readonly consumer: string }
}) => boolean

/** The rules of a config, when there are any. */
export function findRules(plugins: readonly Plugin[]): RulesApi | undefined {
  return (plugins.find((plugin) => plugin.name === PLUGIN_NAME) as RulesPlugin | undefined)?.api
}

/**
 * Holds every client build to the rules of its graph: prints what breaks them, keeps it in the report, and fails the
 * build where a rule says so. Together with budgets there is one verdict, see `BuildGraphApi.giveVerdict`.
 *
 * Must stand behind the build graph, and before the budgets, whose pages show the rules too.
 *
 * @param planned whether the config asks for planned chunks, which is then no advice
 */
export function rulesPlugin(resolved: ResolvedRules, applyToEnvironment: EnvironmentTest, planned = false): Plugin[] {
  const faults = faultHost(resolved, today)
  /** Environments that have written files and still wait for their verdict. */
  const pending = new Map<string, CollectedFacts>()
  const written = new Set<string>()
  const stylesheets = new Map<string, Map<string, string>>()
  const builtins = new Map<string, Map<string, { importer: string; name: string }>>()
  let config: ResolvedConfig | undefined
  let graph: BuildGraphApi | undefined

  const factsOf = (environment: Environment): CollectedFacts => {
    const { name } = environment
    const known = pending.get(name)
    if (known) return known
    const created = new CollectedFacts(resolved, {
      root: environment.config.root,
      production: config?.isProduction ?? true,
      planned,
      targets: targetsOf(environment.config.build.target),
      stylesheets: stylesheets.get(name) ?? new Map(),
      builtins: [...(builtins.get(name)?.values() ?? [])],
    })
    pending.set(name, created)
    return created
  }

  const judge: RulesPlugin = {
    name: PLUGIN_NAME,
    apply: 'build',
    enforce: 'post',
    api: { rules: resolved },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      graph = findBuildGraph(resolvedConfig.plugins)
      moveToEnd(resolvedConfig.plugins, judge, 'verdict')
    },
    applyToEnvironment,
    buildStart() {
      const { name } = this.environment
      // Rolldown starts anew for every output, but closes once after the last: the outputs are one build.
      if (!written.has(name)) pending.delete(name)
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        factsOf(this.environment).take(this, bundle, faults.fetch(this.environment.name))
      },
    },
    writeBundle: {
      // Last of all: where another plugin fails to write, that failure is the one to be told.
      order: 'post',
      sequential: true,
      handler() {
        written.add(this.environment.name)
        graph?.announceVerdict(this.environment.name, PLUGIN_NAME)
      },
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(failure?: Error) {
        const { environment } = this
        const collected = pending.get(environment.name)
        pending.delete(environment.name)
        // A build that failed has said what failed; one that writes nothing has nothing to judge.
        if (!written.delete(environment.name) || failure || !collected) return
        // Somebody took the build graph out of the list: that is no verdict either.
        if (!graph) throw chunksError('PACELINE_RULES_NO_REPORT', [environment.name])
        const failures = await judgeEnvironment(environment, resolved, collected, graph).catch(asFailures)
        graph.giveVerdict({ environment, judge: PLUGIN_NAME, failures, watchMode: this.meta.watchMode })
      },
    },
  }
  const verify = resolved.execution.severity === 'off' ? [] : verifier({ ...faults, applyToEnvironment })
  return [...verify, ...watchers(resolved, applyToEnvironment, { stylesheets, builtins }), judge]
}

/** Hooks that see modules on their way, each only for the rules that ask for it. */
function watchers(
  { inlinedAssets, serverCode }: ResolvedRules,
  applyToEnvironment: EnvironmentTest,
  seen: {
    readonly stylesheets: Map<string, Map<string, string>>
    readonly builtins: Map<string, Map<string, { importer: string; name: string }>>
  },
): Plugin[] {
  const within = <Value>(all: Map<string, Map<string, Value>>, name: string): Map<string, Value> => {
    const known = all.get(name) ?? new Map<string, Value>()
    all.set(name, known)
    return known
  }
  const styles: Plugin = {
    name: `${PLUGIN_NAME}-styles`,
    apply: 'build',
    applyToEnvironment,
    transform: {
      filter: { id: STYLESHEET, code: /data:/ },
      handler(code, id) {
        within(seen.stylesheets, this.environment.name).set(id, code)
      },
    },
  }
  const imports: Plugin = {
    name: `${PLUGIN_NAME}-builtins`,
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment,
    // In watch mode only what has changed is resolved anew.
    watchChange(id) {
      const file = normalize(id)
      for (const imports of seen.builtins.values()) {
        for (const [key, { importer }] of imports) if (cleanId(importer) === file) imports.delete(key)
      }
    },
    resolveId: {
      filter: { id: BUILTIN },
      async handler(source, importer, options) {
        const found = await this.resolve(source, importer, { ...options, skipSelf: true })
        // A package of that name, or an alias, is what was meant.
        if (importer !== undefined && found !== null && /__vite-browser-external/.test(found.id)) {
          within(seen.builtins, this.environment.name).set(`${importer}\0${source}`, { importer, name: source })
        }
        return found
      },
    },
  }
  return [...(inlinedAssets.severity === 'off' ? [] : [styles]), ...(serverCode.severity === 'off' ? [] : [imports])]
}

/** @returns why the build must fail, nothing when the rules hold */
async function judgeEnvironment(
  { name, config, logger }: Environment,
  resolved: ResolvedRules,
  collected: CollectedFacts,
  graph: BuildGraphApi,
): Promise<Error[]> {
  const report = graph.report(name)
  if (!report) throw chunksError('PACELINE_RULES_NO_REPORT', [name])
  const onDisk = diskTest(config.root, resolve(config.root, config.build.outDir))
  const { results, problems, reported } = evaluateRules({ ...collected.facts(report), onDisk }, resolved, today())
  await graph.save(name, { ...report, rules: reported })
  const block = formatRules(results, { columns: process.stdout.columns })
  if (block !== undefined && results.some(({ status }) => status === 'fail')) {
    return [verdictError(chunksError('PACELINE_RULES_BROKEN', [block])), ...problems]
  }
  if (block !== undefined) {
    if (results.some(({ status }) => status === 'warn')) logger.warn(block)
    else logger.info(block)
  }
  return [...problems]
}

/** As suppressions are dated: UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function targetsOf(target: string | readonly string[] | false): string[] {
  return target === false ? [] : typeof target === 'string' ? [target] : [...target]
}

function asFailures(error: unknown): Error[] {
  return [error instanceof Error ? error : new Error(String(error))]
}
