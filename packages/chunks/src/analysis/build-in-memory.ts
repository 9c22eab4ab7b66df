import type { InlineConfig, Plugin, ResolvedConfig } from 'vite'

/** Its presence in a config says that the build is not the real one: other plugins of ours keep quiet then. */
export const ANALYSIS_PLUGIN = 'paceline:analysis'

/** An app, and what to build it with. */
export interface AppBuild {
  /** The app's own Vite. */
  readonly vite: typeof import('vite')
  /** What `vite build` would be given: root, config file, mode, further plugins. */
  readonly config: InlineConfig
}

/**
 * Builds the client of an app without writing anything; plugins see `build.write === false`.
 *
 * @param plugin takes what it wants from the build
 * @returns the config as it was resolved
 * @throws what the build throws
 */
export async function buildInMemory({ vite, config }: AppBuild, plugin: Omit<Plugin, 'name'>): Promise<ResolvedConfig> {
  let resolved: ResolvedConfig | undefined
  const quiet: Plugin = {
    name: `${ANALYSIS_PLUGIN}-config`,
    enforce: 'post',
    config: () => ({ build: IN_MEMORY, environments: { client: { build: IN_MEMORY } } }),
    configResolved: (final) => void (resolved = final),
  }
  await vite.build({
    ...config,
    logLevel: 'silent',
    customLogger: vite.createLogger('silent'),
    plugins: [...(config.plugins ?? []), { ...plugin, name: ANALYSIS_PLUGIN, apply: 'build', enforce: 'post' }, quiet],
  })
  return resolved!
}

const IN_MEMORY = { write: false, watch: null, reportCompressedSize: false, manifest: false } as const
