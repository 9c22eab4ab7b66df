import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { findBuildGraph } from '@paceline/build-graph'
import { findBudgets } from '@paceline/budgets'
import type { ResolvedBudgets } from '@paceline/budgets'
import { findRules } from '@paceline/chunks'
import { errorCodes } from '@paceline/kit'
import type { ResolvedConfig } from 'vite'
import { cliError } from '../cli-errors.ts'
import type { Invocation } from '../command.ts'
import type { Io } from '../io.ts'
import { loadVite } from './load-vite.ts'
import { readConfigFile } from './read-config-file.ts'

/** What the app's Vite config says about its contract. */
export interface Contract {
  /** The Vite root, absolute. */
  readonly root: string
  /** The output directory, absolute. */
  readonly outDir: string
  /** Where reports are, absolute. */
  readonly reportDir: string
  /** The config file, absolute; nothing when there is none. */
  readonly configFile: string | undefined
  /** The config file relative to the root, where Vite does not find it there by itself. */
  readonly buildsWith: string | undefined
  readonly budgets: ResolvedBudgets | undefined
  /** Whether rules of the graph are on: their results are in the report. */
  readonly hasRules: boolean
}

/**
 * Resolves the config as `vite build` would, with the app's own Vite, and reads the contract off its plugins.
 *
 * @throws `PACELINE_ROOT_MISSING`, `PACELINE_CONFIG_UNREADABLE`, and what the plugins throw at their options
 */
export async function loadConfig(invocation: Invocation, io: Io): Promise<Contract> {
  const { config, buildsWith } = await resolveAppConfig(invocation, io)
  return {
    root: config.root,
    buildsWith,
    outDir: resolve(config.root, config.environments['client']?.build.outDir ?? config.build.outDir),
    reportDir: findBuildGraph(config.plugins)?.dir ?? join(config.root, '.paceline'),
    configFile: config.configFile,
    budgets: findBudgets(config.plugins)?.budgets,
    hasRules: findRules(config.plugins) !== undefined,
  }
}

/** A config as `vite build` resolves it. */
export interface AppConfigFile {
  readonly config: ResolvedConfig
  /** The config file relative to the root, where Vite does not find it there by itself. */
  readonly buildsWith: string | undefined
}

/**
 * Resolves the config as `vite build` would, with the app's own Vite.
 *
 * @throws `PACELINE_ROOT_MISSING`, `PACELINE_CONFIG_UNREADABLE`, and what the plugins throw at their options
 */
export async function resolveAppConfig(invocation: Invocation, io: Io): Promise<AppConfigFile> {
  const directory = rootOf(invocation, io)
  if (!existsSync(directory)) throw cliError('PACELINE_ROOT_MISSING', [directory])
  const named = invocation.text('config')
  const mode = invocation.text('mode') ?? 'production'
  try {
    const vite = await loadVite(directory)
    const configFile = named === undefined ? undefined : resolve(io.cwd, named)
    const { root, file } = await readConfigFile(vite, { directory, configFile, mode })
    const inline = { root, mode, logLevel: 'silent' as const, ...(file === undefined ? {} : { configFile: file }) }
    const config = await vite.resolveConfig(inline, 'build', 'production', 'production')
    const isElsewhere = named !== undefined || root !== directory
    return { config, buildsWith: isElsewhere && file !== undefined ? relative(config.root, file) : undefined }
  } catch (cause) {
    // A plugin of ours that refuses its options says so better, with a code of its own.
    if (errorCodes(cause).some((code) => code.startsWith('PACELINE_'))) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw cliError('PACELINE_CONFIG_UNREADABLE', [directory, message], { cause })
  }
}

export function rootOf(invocation: Invocation, io: Io): string {
  const named = invocation.text('root')
  if (named !== undefined) return resolve(io.cwd, named)
  // A config that is named belongs to the directory the command runs in, as for Vite.
  return invocation.text('config') === undefined ? nearestRoot(io.cwd) : io.cwd
}

const CONFIG_FILES = ['js', 'mjs', 'ts', 'cjs', 'mts', 'cts'].map((extension) => `vite.config.${extension}`)

/** The app that a directory belongs to: up to the nearest Vite config, but not out of the directory's own package. */
function nearestRoot(cwd: string): string {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (CONFIG_FILES.some((file) => existsSync(join(directory, file)))) return directory
    if (existsSync(join(directory, 'package.json')) || dirname(directory) === directory) return cwd
  }
}
