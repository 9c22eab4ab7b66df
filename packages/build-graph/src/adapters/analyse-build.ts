import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inNestedOutput } from '@paceline/kit'
import type { Environment, ResolvedConfig } from 'vite'
import type { CollectedBuild } from '../collect.ts'
import type { GraphModule } from '../core/build-input.ts'
import { analyse } from '../core/analyse.ts'
import type { CharTable } from '../core/char-table.ts'
import { displayId, normalize } from '../core/paths.ts'
import { graphError } from '../errors.ts'
import type { ResolvedBuildGraphOptions } from '../options.ts'
import type { BuildReport } from '../report.ts'
import type { WorkerBundle } from '../worker-bundles.ts'
import { ownFiles, readEmitted, releaseOf, snapshot } from './dist-files.ts'
import { cachedEncoding } from './cached-encoding.ts'
import { writeCharTables } from './char-table-file.ts'
import { findRoutes } from './find-routes.ts'
import { linkWorkers } from './link-workers.ts'
import { readAppSources, withLines } from './module-lines.ts'

interface FinishedBuild {
  readonly collected: CollectedBuild
  /** All that are known, also those of other environments and of earlier builds. */
  readonly workers: readonly WorkerBundle[]
  readonly config: ResolvedConfig
  readonly environment: Environment
  readonly options: ResolvedBuildGraphOptions
}

/**
 * Reads what a build left on disk and makes its report, and keeps which module wrote which part of its scripts.
 *
 * @throws `PACELINE_OUTPUT_EMPTY`, `PACELINE_SIBLING_MISMATCH`, `PACELINE_ROUTE_UNKNOWN`
 */
export async function analyseBuild(build: FinishedBuild): Promise<BuildReport> {
  const { collected, workers, config, environment, options } = build
  const root = normalize(config.root)
  const outDir = resolve(config.root, environment.config.build.outDir)
  const listed = await releaseFiles(outDir, build)
  const files = await readEmitted(outDir, ownFiles(listed), new Set(listed), cachedEncoding(config.plugins))
  if (files.length === 0) throw graphError('PACELINE_OUTPUT_EMPTY', [outDir])
  const emitted = collected.emittedWorkers(workers)
  const started = [...emitted, ...collected.inlinedWorkers(workers)]
  const all = withModulesOf(collected.modules, started)
  const sources = readAppSources(all)
  const modules = await withLines(all, sources, (id) => collected.packageOf(displayId(id, root))?.name)
  const starts = new Set(started.flatMap(({ chunks }) => chunks[0]?.facade ?? []))
  const ofApp = new Set(collected.modules.map((module) => module.id))
  const tables: CharTable[] = []
  const report = analyse(
    {
      root,
      base: environment.config.base ?? config.base,
      preloadsDependencies: environment.config.build.modulePreload !== false,
      files,
      chunks: [...collected.chunks, ...emitted.flatMap((worker) => worker.chunks)],
      stylesheets: collected.joinedStylesheets(environment.config.build.cssCodeSplit),
      modules: await linkWorkers(modules, [...starts], sources),
      routes: await findRoutes(
        modules.filter((module) => ofApp.has(module.id)),
        sources,
        collected.dynamicImporters,
        root,
        options.routes,
      ),
    },
    { packageOf: collected.packageOf, release: releaseOf(files), onCharTable: (table) => tables.push(table) },
  )
  await writeCharTables(resolve(config.root, options.dir), tables)
  return report
}

/** The modules of the app, and those of its workers that it does not have itself. */
function withModulesOf(modules: readonly GraphModule[], workers: readonly WorkerBundle[]): GraphModule[] {
  const known = new Set(modules.map((module) => module.id))
  const added = workers.flatMap((worker) => worker.modules).filter(({ id }) => !known.has(id) && known.add(id))
  return [...modules, ...added]
}

/**
 * The files of this release: what the bundler emitted, public files, and whatever else was written since rendering
 * began (service workers, siblings). What an earlier build left behind (`emptyOutDir: false`) is not part of it, nor
 * what another environment puts into a folder inside.
 */
async function releaseFiles(outDir: string, { collected, config, environment }: FinishedBuild): Promise<string[]> {
  const emitted = new Set([...collected.chunks.map((chunk) => chunk.file), ...collected.assets.keys()])
  const publicDir = environment.config.build.copyPublicDir ? config.publicDir : ''
  const isForeign = inNestedOutput(config, environment.name)
  const now = await snapshot(outDir)
  const files = [...now.keys()].filter((file) => !isForeign(join(outDir, file)))
  const inside = files.filter(
    (file) =>
      emitted.has(file) ||
      collected.before?.get(file) !== now.get(file) ||
      (publicDir !== '' && existsSync(join(publicDir, file))),
  )
  // A second output may have a directory of its own.
  return [...inside, ...[...emitted].filter((file) => file.startsWith('../'))]
}
