import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readReport } from '@paceline/build-graph'
import { runBuild } from '../lib/run-build.ts'
import { ENV } from './variants.ts'

/** What the cache had after one line of an app changed. */
export interface ChangedLine {
  /** Bytes of results that were there, and of those that had to be made. */
  readonly found: number
  readonly made: number
}

const KINDS: readonly string[] = ['gzip', 'brotli', 'zstd']

/** Builds an app as its config says, changes one line of a component on its way into the build, and builds it again with the same cache. */
export async function changeOneLine(app: string, folder: string): Promise<ChangedLine> {
  await build(app, folder, 'before')
  await build(app, folder, 'after')
  const { cache } = await readReport(join(app, '.paceline/report.json'))
  const disk = cache?.tiers.find(({ tier }) => tier === 'disk')
  if (!disk) throw new Error('`cache` is missing from the report of the playground. Build the packages again.')
  const counts = KINDS.flatMap((kind) => disk.kinds[kind] ?? [])
  return {
    found: counts.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    made: counts.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  }
}

async function build(app: string, folder: string, variant: 'before' | 'after'): Promise<void> {
  const task = {
    configModule: fileURLToPath(new URL('change-config.ts', import.meta.url)),
    variant,
    app,
    outDir: join(folder, 'playground'),
    reportDir: join(folder, variant),
    figures: false,
  }
  await runBuild(task, { [ENV.cache]: join(folder, 'playground-cache') })
}
