import { createRequire } from 'node:module'
import type { InlineConfig, Logger, PluginOption, Rollup } from 'vite'

/** The majors that everything published must work with. */
export const viteVersions = [7, 8] as const
export type ViteVersion = (typeof viteVersions)[number]

type ViteModule = typeof import('vite')

/** Loads a major of Vite. Vite 7 is installed under an alias. */
export async function loadVite(version: ViteVersion): Promise<ViteModule> {
  return version === 8 ? await import('vite') : ((await import('vite7')) as unknown as ViteModule)
}

/** Where the `vite` command of a major lies, for tests that need a process of their own. */
export function viteBin(version: ViteVersion): string {
  const require = createRequire(import.meta.url)
  return require
    .resolve(version === 8 ? 'vite/package.json' : 'vite7/package.json')
    .replace('package.json', 'bin/vite.js')
}

/** What a build said. */
export interface BuildLog {
  readonly info: string[]
  readonly warn: string[]
  readonly error: string[]
}

/** Rolldown's warning that plugins took more than a second: on a slow machine any does. */
const TIMINGS = 'InputOptions.checks#bundlertimings'

/** A logger that keeps what it is told and prints nothing. */
export function memoryLogger(): { readonly log: BuildLog; readonly logger: Logger } {
  const log: BuildLog = { info: [], warn: [], error: [] }
  const warned = new Set<string>()
  const logger: Logger = {
    hasWarned: false,
    info: (message) => void log.info.push(message),
    warn(message) {
      if (!message.includes(TIMINGS)) log.warn.push(message)
    },
    warnOnce(message) {
      if (!warned.has(message)) log.warn.push(message)
      warned.add(message)
    },
    error: (message) => void log.error.push(message),
    clearScreen: () => {},
    hasErrorLogged: () => false,
  }
  return { log, logger }
}

/** One build: where, with which plugins, and what else the config says. */
export interface BuildRequest {
  readonly vite: ViteVersion
  readonly root: string
  readonly plugins: PluginOption
  readonly config?: InlineConfig
}

export interface BuildResult {
  readonly log: BuildLog
  readonly output: Rollup.RollupOutput | Rollup.RollupOutput[] | Rollup.RollupWatcher
}

/** Runs `vite build` in this process without any config file. */
export async function runBuild({ vite, root, plugins, config = {} }: BuildRequest): Promise<BuildResult> {
  const { build, mergeConfig } = await loadVite(vite)
  const { log, logger } = memoryLogger()
  const base: InlineConfig = { root, configFile: false, customLogger: logger, plugins: [plugins] }
  const output = await build(mergeConfig(base, config))
  return { log, output: output as BuildResult['output'] }
}

/** Builds all environments of an app, as `vite build --app` does. */
export async function runAppBuild({ vite, root, plugins, config = {} }: BuildRequest): Promise<{ log: BuildLog }> {
  const { createBuilder, mergeConfig } = await loadVite(vite)
  const { log, logger } = memoryLogger()
  const base: InlineConfig = { root, configFile: false, customLogger: logger, plugins: [plugins] }
  const builder = await createBuilder(mergeConfig(base, config))
  await builder.buildApp()
  return { log }
}
