import { createHash } from 'node:crypto'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildGraph, findBuildGraph } from '@paceline/build-graph'
import { delivery, type DeliveryManifest } from '@paceline/delivery'
import { serviceWorker } from '@paceline/service-worker'
import type { Plugin } from 'vite'
import { generateSW } from 'workbox-build'
import { appIn } from '../chunks/apps.ts'
import { editSource } from '../chunks/config.ts'
import { flatten, viteOf } from '../chunks/load-app-config.ts'
import { readFileList } from '../../packages/service-worker/shared/file-list.ts'
import type { PrecacheEntry } from '../../packages/service-worker/shared/manifest.ts'

interface Release {
  readonly app: string
  /** Its `dist` and its reports are in here; several releases of one folder are deploys, one after the other. */
  readonly folder: string
  readonly worker: boolean
  /** Changes one line of a component. */
  readonly edited?: boolean
}

/** Builds the app with its own config, with the worker or without. */
export async function makeRelease({ app, folder, worker, edited = false }: Release): Promise<void> {
  const vite = await viteOf(app)
  const loaded = await vite.loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, app)
  const own = loaded?.config ?? {}
  const plugins = await flatten(own.plugins ?? [])
  const routes = findBuildGraph(plugins as Plugin[])?.options.routes ?? {}
  await vite.build({
    ...own,
    root: app,
    configFile: false,
    logLevel: 'error',
    plugins: [
      buildGraph({ dir: join(folder, 'reports'), routes }),
      edited ? [editSource(app, appIn(app).leaf)] : [],
      delivery(),
      worker ? serviceWorker({ precache: 'all' }) : [],
      plugins.filter(({ name }) => !/^paceline:(?:budgets|delivery|service-worker)/.test(name)),
    ],
    build: { ...own.build, outDir: join(folder, 'dist'), emptyOutDir: true, reportCompressedSize: false },
  })
}

/** What a browser that reads AVIF stores of a release. */
export async function precacheOf(folder: string): Promise<readonly PrecacheEntry[]> {
  const code = await readFile(join(folder, 'dist/sw.js'), 'utf8')
  const text = JSON.parse(/"files": ("(?:[^"\\]|\\.)*")/.exec(code)![1]!) as string
  const { precache } = readFileList(text)
  const order = ['avif', 'webp', 'other'] as const
  const best = new Map<string, number>()
  for (const { group, format } of precache) {
    if (group === undefined || format === undefined) continue
    best.set(group, Math.min(best.get(group) ?? Infinity, order.indexOf(format)))
  }
  return precache.filter(
    ({ group, format }) => group === undefined || format === undefined || best.get(group) === order.indexOf(format),
  )
}

/** The same output with a worker that Workbox makes, for the same list of files. */
export async function withWorkbox(folder: string, target: string): Promise<void> {
  const files = (await precacheOf(folder)).map(({ url }) => decodeURIComponent(url))
  await rm(target, { recursive: true, force: true })
  await cp(folder, target, { recursive: true })
  const dist = join(target, 'dist')
  const { count } = await generateSW({
    globDirectory: dist,
    globPatterns: files,
    globIgnores: [],
    swDest: join(dist, 'workbox-sw.js'),
    dontCacheBustURLsMatching: /-[\w-]{8}\.\w+$/,
    maximumFileSizeToCacheInBytes: 100_000_000,
    inlineWorkboxRuntime: true,
    sourcemap: false,
  })
  if (count !== files.length) throw new Error(`Workbox takes ${count} files of ${files.length}.`)
  await announce(join(target, 'reports'), dist, 'workbox-sw.js')
}

/** The server knows files by their manifest. This one is served as our own worker is. */
async function announce(reports: string, dist: string, file: string): Promise<void> {
  const path = join(reports, 'delivery/manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as DeliveryManifest
  const content = await readFile(join(dist, file))
  const { encodings: _encodings, ...ours } = manifest.files.find((one) => one.file === 'sw.js')!
  const sha256 = createHash('sha256').update(content).digest('hex')
  const files = [...manifest.files, { ...ours, file, sha256, bytes: content.byteLength }]
  await writeFile(path, JSON.stringify({ ...manifest, files }))
}
