import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import type { ResolvedConfig } from 'vite'
import { writeFileList } from '../shared/file-list.ts'
import { buildWorker, type WorkerBuild } from './adapters/build-worker.ts'
import { WORKER_RUNTIME } from './adapters/runtime-files.ts'
import { workerPlace } from './core/urls.ts'
import {
  runtimeSource,
  selfDestroyingSource,
  startingScript,
  workerSource,
  type WorkerProgram,
} from './core/worker-source.ts'
import { RUNTIME_NAME } from './core/select-files.ts'
import { serviceWorkerError } from './errors.ts'
import type { WorkerFiles } from './make-manifest.ts'
import type { ResolvedServiceWorkerOptions } from './resolve-options.ts'

const MANIFEST = 'self.__WB_MANIFEST'

interface WorkerRequest {
  readonly vite: WorkerBuild['vite']
  readonly config: ResolvedConfig
  readonly minify: WorkerBuild['minify']
  readonly options: ResolvedServiceWorkerOptions
  readonly files: WorkerFiles
}

/** Files to write, relative to the output directory; the worker is the last of them. */
export type WorkerScripts = readonly {
  readonly file: string
  readonly code: string
  /** What a name that changes with its content begins and ends with. */
  readonly stem?: { readonly prefix: string; readonly suffix: string }
}[]

/**
 * Makes the script of the worker, and that of its runtime where that is another one.
 *
 * @throws `PACELINE_SW_SOURCE_MISSING`, `PACELINE_SW_NO_MANIFEST`, `PACELINE_SW_NOT_TEXT`, `PACELINE_SW_BUILD_FAILED`
 */
export async function makeWorker(request: WorkerRequest): Promise<WorkerScripts> {
  const { vite, config, minify, options, files } = request
  const { filename, type, source } = options
  const build = (program: WorkerBuild['program']): Promise<string> =>
    buildWorker({ vite, config, minify, filename, type, program })
  if (options.selfDestroying) {
    return [{ file: filename, code: await build({ source: selfDestroyingSource(WORKER_RUNTIME) }) }]
  }
  if (options.strategy === 'injectManifest') {
    const file = resolve(config.root, source)
    if (!existsSync(file)) throw serviceWorkerError('PACELINE_SW_SOURCE_MISSING', [source])
    return [{ file: filename, code: injectManifest(await build({ file }), files, source) }]
  }
  const program = programOf(request)
  if (options.inlineRuntime || type === 'module') {
    return [{ file: filename, code: await build({ source: workerSource(program, WORKER_RUNTIME) }) }]
  }
  const runtime = await build({ source: runtimeSource(program, WORKER_RUNTIME) })
  const stem = { prefix: posix.join(config.build.assetsDir, RUNTIME_NAME), suffix: '.js' }
  const file = `${stem.prefix}${hashOf(runtime, 8)}${stem.suffix}`
  const url = workerPlace(config.base).urlOf(file)
  // Relative to the worker, which may lie deeper than the app.
  const fromWorker = /^\w+:|^\/\//.test(url) ? url : '../'.repeat(filename.split('/').length - 1) + url
  return [
    { file, code: runtime, stem },
    { file: filename, code: startingScript(program, fromWorker) },
  ]
}

function programOf({ options, files }: WorkerRequest): WorkerProgram {
  const list = writeFileList(files.list)
  const named = (release: string): WorkerProgram => ({
    settings: { ...options.worker, files: list, shell: files.shell, documents: files.documents, release },
    runtimeCaching: options.runtimeCaching,
    push: options.push,
  })
  return named(hashOf(workerSource(named(''), ''), 12))
}

function hashOf(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}

function injectManifest(code: string, { manifest }: WorkerFiles, source: string): string {
  const count = code.split(MANIFEST).length - 1
  if (count !== 1) throw serviceWorkerError('PACELINE_SW_NO_MANIFEST', [source, count])
  // A function, since `$` in a name would mean something in a replacement.
  return code.replace(MANIFEST, () => JSON.stringify(manifest))
}
