import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig, Plugin, PluginOption, UserConfig } from 'vite'
import { appIn } from '../chunks/apps.ts'
import { editSource } from '../chunks/config.ts'
import { loadAppConfig, viteOf } from '../chunks/load-app-config.ts'
import type { BuildTask } from '../lib/run-build.ts'
import { loadSetup } from './load-setup.ts'
import type { VariantName } from './variants.ts'

/** One build of an app with one of the stacks. */
export interface StackTask extends BuildTask {
  readonly variant: VariantName
  /** What a build leaves for the next one: caches, the archive of releases. */
  readonly keptDir: string
  /** Whether one line of a component is another one. */
  readonly edited: boolean
}

/** The app's own config with the plugins of the stack behind its own. */
export async function config(task: StackTask): Promise<InlineConfig> {
  const { app, outDir, variant, edited } = task
  const vite = await viteOf(app)
  const own = await loadAppConfig(vite, app, true)
  // A stack that reads pictures takes the place of the plugin that hands them over as they are.
  const kept = own.plugins?.filter((plugin) => variant === 'bare' || !isPlainPictures(plugin as Plugin))
  const ours: InlineConfig = {
    root: app,
    configFile: false,
    // As people have it: Vite's column of gzip sizes costs time, and is one of the figures that are compared.
    logLevel: 'info',
    plugins: edited ? [editSource(app, appIn(app).leaf)] : [],
    build: { outDir, emptyOutDir: true },
  }
  return vite.mergeConfig(vite.mergeConfig({ ...own, plugins: kept ?? [] }, await stackOf(task)), ours)
}

function isPlainPictures({ name }: Plugin): boolean {
  return name === 'lumen:plain-pictures'
}

async function stackOf(task: StackTask): Promise<UserConfig> {
  const { variant, keptDir, reportDir, figures } = task
  const cache = join(keptDir, 'cache')
  if (variant === 'bare') return {}
  if (variant === 'paceline') {
    const { withPaceline } = await loadSetup('paceline')
    const { routes } = appIn(task.app)
    return withPaceline({
      cache: { dir: cache },
      buildGraph: { dir: join(keptDir, 'reports'), ...(routes && { routes }) },
    })
  }
  const { peers } = await loadSetup('peers')
  const { pictures } = await loadSetup(readsPictures(task.app) ? 'imagetools' : 'image-optimizer')
  const report = figures ? { template: 'raw-data', filename: 'report.json' } : { filename: 'report.html' }
  const stack = peers({ report: { ...report, filename: join(reportDir, report.filename) } })
  return { ...stack, plugins: [pictures(cache), ...(stack.plugins ?? []), webVitals(), pictureComponent(task.app)] }
}

/** Whether the source of an app imports pictures as those, which the playground alone does. */
export function readsPictures(app: string): boolean {
  return existsSync(join(app, 'build/plain-pictures.ts'))
}

/** What stands in an app's own entry otherwise: `import './vitals'`. */
function webVitals(): PluginOption {
  const file = fileURLToPath(new URL('setups/vitals.mjs', import.meta.url))
  return {
    name: 'bench:web-vitals',
    resolveId: (id) => (id === 'bench:web-vitals' ? file : undefined),
    transformIndexHtml: {
      order: 'pre',
      handler: () => [{ tag: 'script', attrs: { type: 'module' }, children: "import 'bench:web-vitals'" }],
    },
  }
}

/** `<Picture>` writes the attributes that both stacks make. */
function pictureComponent(app: string): PluginOption {
  if (!readsPictures(app)) return []
  const component = fileURLToPath(new URL('../../packages/images/client/react/index.ts', import.meta.url))
  return { name: 'bench:picture', config: () => ({ resolve: { alias: { '@paceline/images/react': component } } }) }
}
