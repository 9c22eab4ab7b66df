import { resolve } from 'node:path'
import { buildGraph, findBuildGraph, type BuildGraphApi } from '@paceline/build-graph'
import { moveToEnd, viteFinder } from '@paceline/kit'
import type { ConfigEnv, Environment, InlineConfig, Plugin, PluginOption, ResolvedConfig, UserConfig } from 'vite'
import { ANALYSIS_PLUGIN } from './analysis/build-in-memory.ts'
import { appName } from './app-name.ts'
import { checkOutputs, checkStyles, isPlannable } from './emit/check-output.ts'
import { checkRolldown } from './emit/check-rolldown.ts'
import { chunkOutput, isRolldown } from './emit/chunk-output.ts'
import { FollowedPlan } from './emit/follow-plan.ts'
import { globalStyles } from './emit/global-styles.ts'
import { chunksError } from './errors.ts'
import { CHUNKS_PLUGIN, type ChunksPlugin } from './find-chunks.ts'
import { driftWarnings, planNotice, withMeasured } from './finish-plan.ts'
import { groupMatcher } from './match-modules.ts'
import { planApp } from './plan-app.ts'
import { changedSettings, checkSameRoutes } from './plan-file/check-placement.ts'
import { checkSameGroups } from './plan-file/check-same-groups.ts'
import { readPlan, writePlan } from './plan-file/plan-file.ts'
import type { StoredPlan } from './plan-file/stored-plan.ts'
import { planSettings, resolveChunksOptions, storedSettings, type ChunksOptions } from './resolve-options.ts'
import { resolveRules } from './rules/resolve-rules.ts'
import { rulesPlugin } from './rules/rules-plugin.ts'
import { importMapPlugin } from './stable/import-map-plugin.ts'
import { stableOutput } from './stable/stable-output.ts'
import { writeCspHashes } from './stable/write-csp.ts'

type Vite = typeof import('vite')

/** The plan that a build follows. */
interface Followed {
  readonly plan: StoredPlan
  /** Why it is no better; full sentences. */
  readonly remarks: readonly string[]
  /** Whether this build made it, and writes it when all went well. */
  readonly isNew: boolean
}

/**
 * Splits the client into the chunks of a plan, checks the chunks of every client build, whoever made them, and holds it to its rules.
 *
 * Brings the build graph along; an instance of it that is listed before counts instead.
 *
 * @param trial for commands that change an app in memory: groups that lose what they name are no error then
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID`, `PACELINE_DRIFT_INVALID`, `PACELINE_GROUPS_IGNORED`,
 *   `PACELINE_RULES_CONTRADICT` at once
 */
export function chunks(options?: ChunksOptions, trial = false): Plugin[] {
  const resolved = { ...resolveChunksOptions(options), ...(trial ? { onTrial: trial } : {}) }
  const rules = resolveRules(options)
  const groupOf = groupMatcher(resolved.groups)
  const { groups } = planSettings(resolved)
  let config: ResolvedConfig | undefined
  let graph: BuildGraphApi | undefined
  let followed: Followed | undefined
  /** The output that is being made. */
  let output: FollowedPlan | undefined
  /** Whether the last build has written files that nobody has looked at yet. */
  let written = false
  const isActive = (environment: Pick<Environment, 'name'>): boolean =>
    environment.name === 'client' && config !== undefined && isOurs([...config.plugins], planner)
  /** Rules need no plan: they hold for every client. */
  const isOursToJudge = (environment: { readonly config: { readonly consumer: string } }): boolean =>
    environment.config.consumer === 'client' && config !== undefined && isOurs([...config.plugins], planner)

  const api = { options: resolved, mapped: false, followed: undefined as string | undefined }
  const planner: ChunksPlugin = {
    name: CHUNKS_PLUGIN,
    apply: 'build',
    // The analysis build is over before any other plugin has heard of this one.
    enforce: 'pre',
    api,
    async config(user, env) {
      if (!isOurs(user.plugins ?? [], planner)) return
      followed = undefined
      if (resolved.strategy !== 'default' && isClientBuild(env)) {
        checkRolldown('rolldownVersion' in this.meta ? String(this.meta.rolldownVersion) : undefined)
        checkOutputs(user.build ?? {})
        const findVite = viteFinder<Vite>(resolve(user.root ?? '.'), this.meta.viteVersion, (version, root) =>
          chunksError('PACELINE_VITE_MISSING', [version, root]),
        )
        followed = await planOf(user, env, findVite)
      }
      api.followed = followed?.isNew === false && !followed.plan.bundler ? resolved.plan : undefined
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      graph = findBuildGraph(resolvedConfig.plugins)
      // Plugins may have said so after the plan was read.
      if (followed) checkStyles(resolvedConfig.environments['client']?.build ?? resolvedConfig.build)
    },
  }

  const planOf = async (
    user: UserConfig,
    env: ConfigEnv,
    findVite: () => Promise<Vite>,
  ): Promise<Followed | undefined> => {
    const root = resolve(user.root ?? '.')
    const plan = await readPlan(resolve(root, resolved.plan))
    if (plan) return { plan, remarks: [], isNew: false }
    // Nobody who watches wants to wait for a second build, and the bundler's own chunks are right, too.
    if (user.build?.watch) return undefined
    const { stored, remarks } = await planApp({
      vite: await findVite(),
      config: sameBuild(user, env),
      options: resolved,
    })
    return { plan: stored, remarks, isNew: true }
  }

  const styles = globalStyles(`${CHUNKS_PLUGIN}-styles`, isActive)

  const emitter: Plugin = {
    name: `${CHUNKS_PLUGIN}-emitter`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: isActive,
    buildStart() {
      written = false
      if (!followed) return
      const { logger } = this.environment
      checkSameGroups(resolved.plan, followed.plan, resolved.groups)
      const changed = changedSettings(followed.plan, storedSettings(resolved))
      if (changed.length > 0) logger.warn(otherOptions(resolved.plan, changed))
      for (const remark of followed.remarks) logger.warn(remark)
    },
    outputOptions: {
      order: 'post',
      handler(options) {
        const stable = resolved.stable ? stableOutput(options) : options
        output = undefined
        if (!followed || !isPlannable(options, Boolean(config?.build.lib))) return stable
        if (followed.plan.bundler) return stable
        const { root } = config!
        const { isGlobal } = styles
        output = new FollowedPlan({
          stored: followed.plan,
          file: resolved.plan,
          root,
          groupOf,
          groups,
          graph,
          isGlobal,
        })
        return chunkOutput(stable, output, () => output?.ids() ?? [], isRolldown(this.meta))
      },
    },
    renderStart() {
      output?.begin(this)
    },
    generateBundle: {
      // Before Vite removes the chunks of stylesheets.
      order: 'pre',
      handler(_options, bundle) {
        for (const warning of output?.check(bundle) ?? []) this.environment.logger.warn(warning)
        if (output) graph?.nameChunks(this.environment, output.ownNames)
      },
    },
  }

  const finisher: Plugin = {
    name: `${CHUNKS_PLUGIN}-finisher`,
    apply: 'build',
    enforce: 'post',
    configResolved: ({ plugins }) => moveToEnd(plugins, finisher, 'chunks'),
    applyToEnvironment: isActive,
    writeBundle: {
      // After all others: Rollup closes a bundle in the same way when one of them has failed.
      order: 'post',
      sequential: true,
      handler() {
        written = true
      },
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const report = graph?.report(this.environment.name)
        if (!written || !report || !config) return
        written = false
        const { logger } = this.environment
        // Maps come from `stable`, from `delivery.integrity`, and from users.
        const pages = report.files.flatMap(({ file, kind }) => (kind === 'html' ? [file] : []))
        await writeCspHashes(resolve(config.root, this.environment.config.build.outDir), pages, graph!.dir)
        if (followed?.isNew) {
          const plan = withMeasured(followed.plan, report)
          await writePlan(resolve(config.root, resolved.plan), plan)
          followed = { plan, remarks: [], isNew: false }
          logger.info(planNotice(plan, resolved.plan))
        } else if (followed) {
          const { plan } = followed
          const routes = report.routes.map(({ id }) => id)
          if (plan.bundler) checkSameRoutes(resolved.plan, plan, { app: appName(config.root), routes })
          for (const warning of driftWarnings(plan, report, resolved, resolved.plan)) logger.warn(warning)
        }
      },
    },
  }

  const importMap = importMapPlugin({
    name: CHUNKS_PLUGIN,
    stable: resolved.stable,
    isOurs: (user) => isOurs(user.plugins ?? [], planner),
    decided: ({ mapped }) => void (api.mapped = mapped),
  })

  return [
    planner,
    styles.plugin,
    emitter,
    importMap,
    ...buildGraph(),
    finisher,
    ...rulesPlugin(rules, isOursToJudge, resolved.strategy === 'planned'),
  ]
}

/** The first `chunks()` of a config counts. An analysis build has chunks of its own, for a reason. */
function isOurs(plugins: PluginOption, planner: Plugin): boolean {
  const all = pluginsOf(plugins)
  if (all.some(({ name }) => name === ANALYSIS_PLUGIN)) return false
  return all.find(({ name }) => name === CHUNKS_PLUGIN) === planner
}

/** Plugins may come in lists of lists, with gaps. A promise of plugins has no name yet. */
function pluginsOf(option: PluginOption): Plugin[] {
  if (Array.isArray(option)) return option.flatMap((inner: PluginOption) => pluginsOf(inner))
  return option && 'name' in option ? [option] : []
}

function isClientBuild({ command, isSsrBuild }: ConfigEnv): boolean {
  return command === 'build' && !isSsrBuild
}

/** The build that is about to begin, once more. Its config is complete: the file has been read. */
function sameBuild(user: UserConfig, { mode }: ConfigEnv): InlineConfig {
  return { ...user, configFile: false, mode }
}

function otherOptions(file: string, changed: readonly string[]): string {
  const names = changed.map((name) => `\`chunks.${name}\``).join(', ')
  return `\`${file}\` was made with other options; ${names} ${changed.length === 1 ? 'has' : 'have'} changed. Make it anew with \`paceline chunks plan\`.`
}
