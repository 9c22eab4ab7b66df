import { join, resolve } from 'node:path'
import type { ServiceWorkerReport } from '@paceline/build-graph'
import { formatBytes, writeAtomic } from '@paceline/kit'
import { findPictures } from './core/find-pictures.ts'
import { precacheReport } from './core/precache-report.ts'
import { makeManifest, type FinishedOutput } from './make-manifest.ts'
import { makeWorker } from './make-worker.ts'

interface FinishedBuild extends Omit<FinishedOutput, 'outDir' | 'pictures'> {
  readonly findVite: () => Promise<typeof import('vite')>
}

/** What has been written, for the plugins that come later. */
export interface WrittenWorker {
  readonly report: ServiceWorkerReport
  /** Files whose names change with their contents. */
  readonly hashedNames: ReadonlyMap<string, { readonly prefix: string; readonly suffix: string }>
}

/** Writes the worker of a finished build into its output. */
export async function writeWorker({ findVite, ...build }: FinishedBuild): Promise<WrittenWorker> {
  const { config, environment, options } = build
  const outDir = resolve(config.root, environment.config.build.outDir)
  const files = await makeManifest({ ...build, outDir, pictures: findPictures(config.plugins, environment.name) })
  const { minify } = environment.config.build
  const scripts = await makeWorker({ vite: await findVite(), config, minify, options, files })
  // Quotes are the minifier's choice.
  const watches = scripts.some(({ code }) => /paceline["']?:\s*["'`]sending/.test(code))
  if (options.strategy === 'injectManifest' && options.update === 'auto' && !watches) {
    environment.logger.warn(
      `\`serviceWorker.update\` is 'auto', and \`${options.source}\` does not tell tabs that they are sending something: they may be reloaded then. Call \`watchUploads()\` of '@paceline/service-worker/worker' in it.`,
    )
  }
  for (const { file, code } of scripts) await writeAtomic(join(outDir, file), code)
  const report = precacheReport(files, options)
  const { precache } = report
  environment.logger.info(
    `paceline service worker: ${options.filename} stores ${precache.files} files, ${formatBytes(precache.bytes)}`,
  )
  const stems = scripts.flatMap(({ file, stem }) => (stem ? [[file, stem] as const] : []))
  return { report, hashedNames: new Map(stems) }
}
