import { artifactCache } from '@paceline/artifact-cache'
import type { InlineConfig } from 'vite'
import { appIn } from '../chunks/apps.ts'
import { editSource } from '../chunks/config.ts'
import { flatten, viteOf } from '../chunks/load-app-config.ts'
import type { BuildTask } from '../lib/run-build.ts'
import { ENV } from './variants.ts'

/** An app as its config has it, with a cache of the bench's own. */
export async function config({ app, outDir, variant }: BuildTask): Promise<InlineConfig> {
  const vite = await viteOf(app)
  const loaded = await vite.loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, app)
  const own = loaded?.config ?? {}
  const edit = variant === 'after' ? [editSource(app, appIn(app).leaf)] : []
  // The first cache of the list counts.
  const cache = artifactCache({ dir: process.env[ENV.cache]!, redis: false })
  return {
    ...own,
    root: app,
    configFile: false,
    logLevel: 'error',
    // Its budgets are about files of its own folder, and this build goes elsewhere.
    plugins: [cache, edit, (await flatten(own.plugins ?? [])).filter(({ name }) => name !== 'paceline:budgets')],
    build: { ...own.build, outDir, emptyOutDir: true, reportCompressedSize: false },
  }
}
