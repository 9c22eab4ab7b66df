import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InlineConfig, PluginOption } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'
import { variantPlugins } from './variants.ts'

/** The playground's chunks, see its vite.config.ts: what is measured has the shape of a real build. */
const groups = [
  { name: 'react-vendor', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'fluentui', test: /[\\/]node_modules[\\/](@fluentui|@griffel|@floating-ui|tabster|keyborg)[\\/]/ },
  { name: 'vendor', test: /[\\/]node_modules[\\/].+\.[cm]?js$/ },
].map((group) => ({ ...group, tags: ['$initial' as const] }))

/** The app with React's plugin and nothing else but the variant's own. */
export async function config(task: BuildTask): Promise<InlineConfig> {
  const { plugins, sourcemap } = await variantPlugins(task)
  return {
    root: task.app,
    configFile: false,
    logLevel: 'error',
    plugins: [await reactPlugin(task.app), ...plugins],
    build: {
      outDir: task.outDir,
      emptyOutDir: true,
      ...(sourcemap !== undefined && { sourcemap }),
      assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined),
      rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups } } },
    },
  }
}

async function reactPlugin(app: string): Promise<PluginOption> {
  const file = createRequire(join(app, 'package.json')).resolve('@vitejs/plugin-react')
  const { default: react }: { default: () => PluginOption } = await import(pathToFileURL(file).href)
  return react()
}
