import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { readReport } from '@paceline/build-graph'
import { paceline } from 'paceline'
import { compareLoads } from './compare-loads.ts'
import { compareOutputs, compareSizes } from './compare-files.ts'
import { serveApp } from './serve-app.ts'

/**
 * Checks every figure that Paceline gives for somebody's app against something else's, with the app's own Vite and
 * config: `node bench/verify/main.ts FOLDER [/path/:id=/path/7 …] [--api JSON]`.
 *
 * A path with parameters is visited at the address behind `=`, or with `1` for every parameter. `--api` is what the server
 * answers to `/api/…`.
 */
const { positionals, values } = readOptions({
  allowPositionals: true,
  options: { api: { type: 'string', default: '{"data":[]}' } },
})
const [folder, ...addresses] = positionals
if (folder === undefined)
  throw new Error('No folder of an app; received nothing. Write `node bench/verify/main.ts FOLDER`.')

const root = resolve(folder)
process.chdir(root)
const vite = (await import(
  pathToFileURL(createRequire(join(root, 'package.json')).resolve('vite')).href
)) as typeof import('vite')
const bare = join(root, 'dist-bare')
const dist = join(root, 'dist')
try {
  await vite.build({ root, logLevel: 'error', build: { outDir: bare, emptyOutDir: true } })
  const plugins = [paceline({ budgets: { severity: 'warn' } })]
  await vite.build({ root, logLevel: 'error', build: { outDir: dist, emptyOutDir: true }, plugins })
  const report = await readReport(join(root, '.paceline/report.json'))
  const site = await serveApp(dist, values.api)
  const problems = [
    ...(await compareOutputs(bare, dist)),
    ...compareSizes(report, dist),
    ...(await compareLoads(report, site.url, new Map(addresses.map((pair) => pair.split('=') as [string, string])))),
  ]
  site.close()
  for (const problem of problems) process.stdout.write(`✗ ${problem}\n`)
  const pages = report.routes.filter((route) => route.path !== undefined).length
  process.stdout.write(
    `Vite ${vite.version}: ${report.files.length} files, ${report.chunks.length} chunks, ${pages} routes with a path, ${problems.length} deviations\n`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(bare, { recursive: true, force: true })
}
