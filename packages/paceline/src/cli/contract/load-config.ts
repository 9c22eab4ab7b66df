import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBuildGraph } from '@paceline/build-graph'
import { findBudgets } from '@paceline/budgets'
import type { ResolvedBudgets } from '@paceline/budgets'
import { cliError } from '../cli-errors.ts'
import type { Invocation } from '../command.ts'
import type { Io } from '../io.ts'

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
  readonly budgets: ResolvedBudgets | undefined
}

/**
 * Resolves the config as `vite build` would, with the app's own Vite, and reads the contract off its plugins.
 *
 * @throws `PACELINE_ROOT_MISSING`, `PACELINE_CONFIG_UNREADABLE`
 */
export async function loadConfig(invocation: Invocation, io: Io): Promise<Contract> {
  const directory = rootOf(invocation, io)
  if (!existsSync(directory)) throw cliError('PACELINE_ROOT_MISSING', [directory])
  const named = invocation.text('config')
  const mode = invocation.text('mode') ?? 'production'
  try {
    const { resolveConfig } = await loadVite(directory)
    const inline = { root: directory, mode, logLevel: 'silent' as const }
    const file = named === undefined ? {} : { configFile: resolve(io.cwd, named) }
    const config = await resolveConfig({ ...inline, ...file }, 'build', 'production', 'production')
    return {
      root: config.root,
      outDir: resolve(config.root, config.environments['client']?.build.outDir ?? config.build.outDir),
      reportDir: findBuildGraph(config.plugins)?.dir ?? join(config.root, '.paceline'),
      configFile: config.configFile,
      budgets: findBudgets(config.plugins)?.budgets,
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw cliError('PACELINE_CONFIG_UNREADABLE', [directory, message], { cause })
  }
}

export function rootOf(invocation: Invocation, io: Io): string {
  return resolve(io.cwd, invocation.text('root') ?? '.')
}

/** The app's Vite, which may be another one than this package would find. */
async function loadVite(root: string): Promise<typeof import('vite')> {
  const file = createRequire(join(root, 'package.json')).resolve('vite')
  return (await import(pathToFileURL(file).href)) as typeof import('vite')
}
