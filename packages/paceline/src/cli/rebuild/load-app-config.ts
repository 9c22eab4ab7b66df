import { findBuildGraph } from '@paceline/build-graph'
import type { BuildGraphOptions } from '@paceline/build-graph'
import { findRules } from '@paceline/chunks'
import type { RuleOptions } from '@paceline/chunks'
import type { InlineConfig, Plugin, PluginOption } from 'vite'
import { readConfigFile } from '../contract/read-config-file.ts'
import type { RebuiltApp } from './rebuild-request.ts'

type ViteModule = typeof import('vite')

/** An app's config without those of our plugins that judge, compress or write something down. */
export interface AppConfig {
  readonly config: InlineConfig
  /** Where the config was read, absolute. */
  readonly file: string | undefined
  readonly plugins: readonly Plugin[]
  /** What the config says of routes. */
  readonly graph: BuildGraphOptions
  /** What it accepts of how chunks run: that is no reason for a rebuild to fail. */
  readonly accepted: Pick<RuleOptions, 'execution' | 'suppress'>
}

/** Our plugins that judge, compress or write down, by name: those of the app must not, in a rebuild. */
export function isOurs(name: string): boolean {
  return /^paceline:(?:build-graph|budgets|compress|chunks-rules|collector-push)/.test(name)
}

/** Reads the app's config file as `vite build` does. A rebuild is measured by a build graph of its own. */
export async function loadAppConfig(vite: ViteModule, app: RebuiltApp): Promise<AppConfig> {
  const { root, file, mode, config: read } = await readConfigFile(vite, { ...app, directory: app.root })
  const { plugins: options = [], ...config } = read
  const all = await flatten(options)
  const routes = findBuildGraph(all)?.options?.routes
  return {
    config: { ...config, root, configFile: false, mode },
    file,
    plugins: all.filter(({ name }) => !isOurs(name) || (app.fill === true && name.startsWith('paceline:compress'))),
    graph: routes === undefined ? {} : { routes },
    accepted: acceptedBy(all),
  }
}

function acceptedBy(plugins: readonly Plugin[]): AppConfig['accepted'] {
  const rules = findRules(plugins)?.rules
  if (!rules) return {}
  const { severity, ignore } = rules.execution
  return { execution: { severity, ignore }, suppress: rules.suppress.filter(({ rule }) => rule === 'execution') }
}

/** Plugin options may be nested, promised, or off. */
async function flatten(options: PluginOption): Promise<Plugin[]> {
  const option = await options
  if (!option) return []
  if (Array.isArray(option)) return (await Promise.all(option.map((inner) => flatten(inner)))).flat()
  return [option as Plugin]
}
