import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readReport } from '@paceline/build-graph'
import { runBuild } from '../lib/run-build.ts'
import { ENV } from './variants.ts'

/** What the cache had after one line of an app changed, bytes of siblings. */
export interface ChangedLine {
  /** That were there. */
  readonly found: number
  /** That had to be made. */
  readonly made: number
  /** Made again though nothing changed: gzip of files so small that to look for it would take longer. */
  readonly small: number
}

/** Below this many bytes gzip is not kept: it takes less than half a millisecond (`encode-artifact.ts`). */
const GZIP_KEPT_FROM = 18_182

/** Builds an app as its config says, changes one line of a component on its way into the build, and builds it again with the same cache. */
export async function changeOneLine(app: string, folder: string): Promise<ChangedLine> {
  const before = new Set((await build(app, folder, 'before')).map(({ digest }) => digest))
  const sum = { found: 0, made: 0, small: 0 }
  for (const { file, bytes, digest, of } of await build(app, folder, 'after')) {
    if (!before.has(digest)) sum.made += bytes
    else if (file.endsWith('.gz') && of < GZIP_KEPT_FROM) sum.small += bytes
    else sum.found += bytes
  }
  if (sum.made === 0)
    throw new Error('No sibling changed with the line. See `leaf` of the app in bench/chunks/apps.ts.')
  return sum
}

interface Sibling {
  readonly file: string
  readonly bytes: number
  readonly digest: string
  /** Bytes of what it is a sibling of. */
  readonly of: number
}

async function build(app: string, folder: string, variant: 'before' | 'after'): Promise<Sibling[]> {
  const outDir = join(folder, 'playground')
  const task = {
    configModule: fileURLToPath(new URL('change-config.ts', import.meta.url)),
    variant,
    app,
    outDir,
    reportDir: join(folder, variant),
    figures: false,
  }
  await runBuild(task, { [ENV.cache]: join(folder, 'playground-cache') })
  const { ledger = [] } = await readReport(join(app, '.paceline/report.json'))
  return ledger.flatMap(({ bytes: of, siblings = [] }) =>
    siblings.map(({ file, bytes }) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(outDir, file)))
        .digest('hex')
      return { file, bytes, digest, of }
    }),
  )
}
