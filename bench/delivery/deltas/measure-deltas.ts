import { cpSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildReport } from '@paceline/build-graph'
import { openArchive } from '@paceline/delivery'
import { encoders } from '@paceline/kit'
import { withBrowser } from '@paceline/lab'
import { deltaEncodings, encodeDelta, type DeltaEncoding } from '../../../packages/delivery/src/deltas/delta-format.ts'
import { planDeltas } from '../../../packages/delivery/src/deltas/plan-deltas.ts'
import { spreadOf } from '../../lib/statistics.ts'
import { measureEdits, type MeasuredEdit } from './measure-edits.ts'
import { buildRelease } from './releases.ts'

/** What changed between two releases, and what a browser that has the first one downloads. */
export interface MeasuredChange {
  readonly name: string
  /** Files with hashed names that changed and have a dictionary. */
  readonly files: number
  /** Bytes of those files in brotli 11. */
  readonly brotli: number
  /** Of the smaller of both deltas, file by file. */
  readonly delta: number
  /** The largest share that one route comes back with. */
  readonly worstRoute: { readonly id: string; readonly brotli: number; readonly deltas: number }
}

export interface DeltaCosts {
  readonly releases: number
  readonly files: number
  readonly deltas: number
  /** CPU milliseconds of brotli 11 for those files, and of their deltas. */
  readonly brotli: number
  readonly cpu: Readonly<Record<DeltaEncoding, number>>
}

export interface DeltaResults {
  /** Version of the browser that made the edits' visits. */
  readonly chromium: string
  readonly edits: readonly MeasuredEdit[]
  readonly changes: readonly MeasuredChange[]
  readonly costs: DeltaCosts
}

/** Builds an app release after release, as a user would, and reads off the reports what each change costs. */
export async function measureDeltas(app: string, folder: string): Promise<DeltaResults> {
  const { edits, chromium } = await withBrowser(async (browser) => ({
    chromium: browser.version(),
    edits: await measureEdits(app, join(folder, 'edits'), browser),
  }))
  const plain = await release(app, folder, 'plain', ['default:line-1', 'default:now'])
  const react = await release(app, folder, 'react', ['react-19.1', 'now'])
  await release(app, folder, 'five', ['react-19.1', 'line-1', 'line-2', 'line-3', 'line-4', 'now'])
  return {
    chromium,
    edits,
    changes: [
      measured("one line of a component, in Vite's own chunks", plain),
      measured('React 19.1.1 to 19.2.9', react),
    ],
    costs: await costsOf(join(folder, 'five')),
  }
}

/** @returns the report of the last release */
async function release(app: string, folder: string, name: string, variants: readonly string[]): Promise<BuildReport> {
  const state = join(folder, name)
  let report: BuildReport | undefined
  for (const variant of variants) report = await buildRelease(app, state, variant, oldReact(folder))
  return report!
}

/** The other React under the names that packages have: plugins tell them by their folders. */
function oldReact(folder: string): string {
  const modules = join(folder, 'node_modules')
  const installed = fileURLToPath(new URL('../../node_modules', import.meta.url))
  for (const [name, from] of Object.entries({
    react: 'react-19-1',
    'react-dom': 'react-dom-19-1',
    scheduler: 'scheduler',
  })) {
    cpSync(join(installed, from), join(modules, name), { recursive: true })
  }
  return modules
}

function measured(name: string, { delivery }: BuildReport): MeasuredChange {
  if (!delivery) throw new Error('`delivery` is missing from the report. Build the packages again.')
  const changed = delivery.changes.filter(({ file }) => /\.(?:js|css)$/.test(file))
  const routes = delivery.routes.map(({ id, returning }) => ({ id, ...returning[0]! }))
  const worst = routes.toSorted((a, b) => b.deltas / b.brotli - a.deltas / a.brotli).find(({ brotli }) => brotli > 0)
  if (changed.length === 0 || !worst) throw new Error(`\`${name}\` changed no file. Correct bench/chunks/apps.ts.`)
  return {
    name,
    files: changed.length,
    brotli: sum(changed.map(({ brotli }) => brotli)),
    // What has no delta is sent in brotli.
    delta: sum(changed.map(({ brotli, delta }) => delta ?? brotli)),
    worstRoute: { id: worst.id, brotli: worst.brotli, deltas: worst.deltas },
  }
}

/** Encodes once more what the build has encoded, alone and in this process, so that only the encoders are measured. */
async function costsOf(state: string): Promise<DeltaCosts> {
  const archive = openArchive(join(state, 'paceline/releases'), () => {})
  const [current, ...earlier] = await archive.list()
  if (!current || earlier.length !== 5) throw new Error(`The archive holds ${earlier.length} earlier releases, not 5.`)
  const planned = planDeltas(current, earlier)
  const read = async (sha256: string): Promise<Buffer> => readFile(archive.contentPath(sha256))
  const files = [...new Map(planned.map(({ file }) => [file.file, file])).values()]
  const brotli = await cpuOf(async () => {
    for (const { sha256 } of files) await encoders.brotli.encode(await read(sha256))
  })
  const cpu: Record<DeltaEncoding, number> = { dcb: 0, dcz: 0 }
  for (const encoding of deltaEncodings) {
    cpu[encoding] = await cpuOf(async () => {
      for (const { file, dictionary } of planned) {
        await encodeDelta(encoding, await read(file.sha256), await read(dictionary.sha256))
      }
    })
  }
  return { releases: earlier.length, files: files.length, deltas: planned.length * 2, brotli, cpu }
}

const ROUNDS = 5

/** Median of several rounds after one to warm up, milliseconds. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const used: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    if (round > 0) used.push((user + system) / 1000)
  }
  return spreadOf(used).median
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
