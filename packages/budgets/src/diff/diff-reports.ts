import type { BuildReport, ChunkEntry, FileEntry } from '@paceline/build-graph'
import { alignModules } from './align-modules.ts'
import { diffBudgets } from './diff-budgets.ts'
import { diffModules } from './diff-modules.ts'
import { diffPackages } from './diff-packages.ts'
import { diffRoutes } from './diff-routes.ts'
import { diffRules } from './diff-rules.ts'
import { findCauses } from './find-causes.ts'
import { matchChunks } from './match-chunks.ts'
import type { ChunkPair } from './match-chunks.ts'
import { matchFiles, type FilePair } from './match-files.ts'
import type { ChunkChange, FileChange, ReportDiff } from './report-diff.ts'
import { biggestFirst, changeOf, FILE_SIZES, statusOf, sumFileSizes } from './sizes.ts'

/** What changed from one build to the next, and which imports did it. */
export function diffReports(before: BuildReport, after: BuildReport): ReportDiff {
  const aligned = alignModules(before, after)
  const owners = new Map([...before.modules, ...after.modules].map(({ id, package: owner }) => [id, owner]))
  const packageOf = (id: string): string | undefined => owners.get(id)
  const pairs = matchChunks(before.chunks, after.chunks, aligned)
  const files = matchFiles(before.files, after.files, pairs)
  const renamed = new Map(
    files.flatMap((pair) => (pair.before && pair.after ? [[pair.before.file, pair.after.file] as const] : [])),
  )
  const sizesBefore = filesByName(before)
  const sizesAfter = filesByName(after)
  const shares = (report: BuildReport) => report.chunks.flatMap((chunk) => chunk.modules)
  return {
    schemaVersion: 1,
    before: before.release,
    after: after.release,
    total: changeOf(FILE_SIZES, sumFileSizes(before.files), sumFileSizes(after.files)),
    code: changeOf(
      FILE_SIZES,
      sumFileSizes(before.chunks.map((chunk) => sizesOf(chunk, sizesBefore))),
      sumFileSizes(after.chunks.map((chunk) => sizesOf(chunk, sizesAfter))),
    ),
    files: diffFiles(files),
    chunks: biggestFirst(
      pairs.flatMap((pair) => diffChunk(pair, sizesBefore, sizesAfter, aligned, packageOf)),
      ({ file }) => file,
    ),
    routes: diffRoutes(before.routes, after.routes, aligned),
    packages: diffPackages(before.packages, after.packages),
    modules: diffModules(shares(before), shares(after), aligned, packageOf),
    causes: findCauses(before, after, aligned),
    budgets: diffBudgets(before.budgets, after.budgets),
    rules: diffRules(before.rules, after.rules, (name) => aligned.get(name) ?? renamed.get(name) ?? name),
  }
}

type FilesByName = ReadonlyMap<string, FileEntry>

function filesByName(report: BuildReport): FilesByName {
  return new Map(report.files.map((file) => [file.file, file]))
}

/** A chunk weighs what its file weighs; the modules' shares add up to that, and know nothing of zstd. */
function sizesOf(chunk: ChunkEntry, files: FilesByName): FileEntry | { raw: 0; gzip: 0; brotli: 0; zstd: 0 } {
  return files.get(chunk.file) ?? { raw: 0, gzip: 0, brotli: 0, zstd: 0 }
}

function diffFiles(files: readonly FilePair[]): FileChange[] {
  const changed = files.filter(
    (pair) => pair.before?.hash !== pair.after?.hash || pair.before?.file !== pair.after?.file,
  )
  const changes = changed.map((pair): FileChange => {
    const { file, kind } = (pair.after ?? pair.before)!
    const previous = pair.before?.file
    return {
      file,
      kind,
      status: statusOf(pair.before, pair.after),
      ...(previous !== undefined && previous !== file ? { previous } : {}),
      ...changeOf(FILE_SIZES, pair.before, pair.after),
    }
  })
  return biggestFirst(changes, ({ file }) => file)
}

/** Nothing for a chunk that is the same to the byte, under the same name. */
function diffChunk(
  { before, after, overlap }: ChunkPair,
  sizesBefore: FilesByName,
  sizesAfter: FilesByName,
  aligned: ReadonlyMap<string, string>,
  packageOf: (id: string) => string | undefined,
): ChunkChange[] {
  const old = before && sizesBefore.get(before.file)
  const now = after && sizesAfter.get(after.file)
  if (before && after && before.file === after.file && old?.hash === now?.hash) return []
  const { name, file, kind } = (after ?? before)!
  const previous = before && before.file !== file ? { previous: before.file } : {}
  const change: ChunkChange = {
    name,
    file,
    kind,
    status: statusOf(before, after),
    ...previous,
    overlap,
    ...changeOf(FILE_SIZES, old, now),
    modules: diffModules(before?.modules ?? [], after?.modules ?? [], aligned, packageOf),
  }
  return [change]
}
