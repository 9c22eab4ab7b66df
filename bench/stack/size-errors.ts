import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { listFiles } from '@paceline/kit'
import { compare } from '../analysis/errors-of.ts'
import type { Errors } from '../analysis/errors-of.ts'
import type { Pair } from '../analysis/figures.ts'
import { readers } from '../analysis/read-figures.ts'
import { BUILD_OUTPUT } from '../lib/run-build.ts'
import { ask } from './ask.ts'
import type { Release } from './releases.ts'
import { runSizeLimit } from './size-limit.ts'
import { readViteSizes } from './vite-sizes.ts'

/** How far the sizes that a tool shows are from those that browsers download, for the files that it lists. */
export interface ToolError {
  readonly tool: string
  readonly encoding: keyof Pair
  readonly errors: Errors
}

type Sizes = ReadonlyMap<string, Pair>

interface Served {
  readonly release: Release
  readonly origin: string
}

/** JavaScript and CSS as they are served, and what each tool says of them. Our figures are of our build, theirs of theirs. */
export async function measureSizeErrors(
  root: string,
  folder: string,
  peers: Served,
  ours: Served,
): Promise<ToolError[]> {
  const truth = await servedSizes(peers)
  const readPage = (tool: string, { release }: Served, file: string): Sizes =>
    readers[tool]!(readFileSync(file, 'utf8'), { app: root, outDir: release.dist }).files
  const visualizer = readPage('visualizer', peers, join(peers.release.toolReports, 'report.json'))
  const paceline = readPage('paceline', ours, join(ours.release.reports, 'report.json'))
  const sizeLimit = await sizesOfSizeLimit(folder, peers.release.dist, [...truth.keys()])
  const vite = readViteSizes(readFileSync(join(peers.release.toolReports, BUILD_OUTPUT), 'utf8'))
  const own = await servedSizes(ours)
  const against = (tool: string, sizes: Sizes, real: Sizes, encodings: readonly (keyof Pair)[]): ToolError[] =>
    encodings.map((encoding) => ({ tool, encoding, errors: compare(sizes, ofTool(tool, real), encoding) }))
  return [
    ...against('paceline', paceline, own, ['gzip', 'brotli']),
    ...against('size-limit', sizeLimit, truth, ['gzip', 'brotli']),
    ...against('vite, “gzip” column', vite, truth, ['gzip']),
    ...against('rollup-plugin-visualizer', visualizer, truth, ['gzip', 'brotli']),
  ]
}

/** Some tools show scripts only. What they do not mean to show is no error of theirs. */
function ofTool(tool: string, sizes: Sizes): Sizes {
  if (tool !== 'paceline' && tool !== 'rollup-plugin-visualizer') return sizes
  return new Map([...sizes].filter(([file]) => extname(file) === '.js'))
}

/** What is too small to be compressed ahead of time is left out: it has no size in an encoding. */
async function servedSizes({ release, origin }: Served): Promise<Sizes> {
  const files = (await listFiles(release.dist)).filter((file) => /^assets\/.+\.(?:js|css)$/.test(file))
  const sizes = new Map<string, Pair>()
  for (const file of files) {
    const [gzip, brotli] = await Promise.all(
      ['gzip', 'br'].map((encoding) => ask(origin, file, { 'accept-encoding': encoding })),
    )
    if (gzip!.encoding === 'gzip' && brotli!.encoding === 'br')
      sizes.set(file, { gzip: gzip!.bytes, brotli: brotli!.bytes })
  }
  return sizes
}

async function sizesOfSizeLimit(folder: string, dist: string, files: readonly string[]): Promise<Sizes> {
  const entry = (file: string) => ({ name: file, path: join(dist, file), limit: '100 MB' })
  const gzip = await runSizeLimit(
    folder,
    files.map((file) => ({ ...entry(file), gzip: true })),
  )
  const brotli = await runSizeLimit(folder, files.map(entry))
  return new Map(files.map((file) => [file, { gzip: gzip.sizes.get(file) ?? 0, brotli: brotli.sizes.get(file) ?? 0 }]))
}
