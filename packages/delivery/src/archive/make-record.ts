import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import { encoders, encodings } from '@paceline/kit'
import pMap from 'p-map'
import { dictionaryHolders } from '../deltas/dictionary-pattern.ts'
import type { ArchivedContent, ArchivedFile, ArchivedModule, NameStem, ReleaseRecord } from './release-record.ts'
import type { ContentSource } from './release-archive.ts'

/** A finished build, as the archive sees it. */
export interface FinishedBuild {
  readonly outDir: string
  readonly base: string
  readonly report: BuildReport
  /** Of files whose names change with their contents. */
  readonly stems: ReadonlyMap<string, NameStem>
  /** Hash of a module's code, by its id in the report. */
  readonly moduleHashes: ReadonlyMap<string, string>
  readonly now: number
}

export interface MadeRecord {
  readonly record: ReleaseRecord
  readonly contents: readonly ContentSource[]
}

const CONCURRENCY = 16

/** Reads the files of a build and makes its release of them. */
export async function makeRecord(build: FinishedBuild): Promise<MadeRecord> {
  const { outDir, base, report, stems, now } = build
  const own = report.files.filter(({ file }) => !file.startsWith('../'))
  const modules = modulesOf(build)
  const read = await pMap(
    own,
    async ({ file }): Promise<ArchivedFile | undefined> => {
      const content = await contentOf(outDir, file)
      if (!content) return undefined
      const siblings = await siblingsOf(outDir, file)
      const stem = stems.get(file)
      return {
        ...content,
        ...(stem ? { stem } : {}),
        ...(modules.has(file) ? { modules: modules.get(file) } : {}),
        ...(siblings.length > 0 ? { siblings } : {}),
      }
    },
    { concurrency: CONCURRENCY },
  )
  const files = read.filter((file) => file !== undefined).sort((a, b) => (a.file < b.file ? -1 : 1))
  const loads = firstLoads(report)
  const holders = dictionaryHolders(files, (file) => loads.get(file) ?? 0)
  const reportText = Buffer.from(JSON.stringify(report))
  const reportHash = hash('sha256', reportText, 'hex')
  const record: ReleaseRecord = {
    schemaVersion: 1,
    release: report.release,
    createdAt: new Date(now).toISOString(),
    base,
    files: files.map((file) => (holders.has(file) ? { ...file, dictionary: true } : file)),
    report: reportHash,
  }
  return { record, contents: [...sourcesOf(files, outDir), { sha256: reportHash, from: reportText }] }
}

/** Where the contents of files lie in an output directory. */
export function sourcesOf(files: readonly ArchivedFile[], dir: string): ContentSource[] {
  return files
    .flatMap((entry) => [entry, ...(entry.siblings ?? [])])
    .map(({ file, sha256 }) => ({ sha256, from: join(dir, file) }))
}

async function contentOf(dir: string, file: string): Promise<ArchivedContent | undefined> {
  const bytes = await readFile(join(dir, file)).catch(() => undefined)
  return bytes && { file, sha256: hash('sha256', bytes, 'hex'), bytes: bytes.byteLength }
}

async function siblingsOf(dir: string, file: string): Promise<ArchivedContent[]> {
  const names = encodings.map((encoding) => file + encoders[encoding].extension)
  const siblings = await Promise.all(names.map((name) => contentOf(dir, name)))
  return siblings.filter((sibling) => sibling !== undefined)
}

function firstLoads({ routes }: BuildReport): Map<string, number> {
  const loads = new Map<string, number>()
  for (const { firstLoad } of routes) {
    for (const file of firstLoad.files) loads.set(file, (loads.get(file) ?? 0) + 1)
  }
  return loads
}

function modulesOf({ report, moduleHashes }: FinishedBuild): Map<string, ArchivedModule[]> {
  const versions = new Map(report.packages.map(({ name, version }) => [name, version]))
  const packages = new Map(report.modules.map((module) => [module.id, module.package]))
  return new Map(
    report.chunks.map(({ file, modules }) => [
      file,
      modules
        .filter(({ id }) => !id.startsWith('['))
        .map(({ id, raw }): ArchivedModule => {
          const name = packages.get(id)
          const hashed = { id, hash: moduleHashes.get(id) ?? '', bytes: raw }
          return name === undefined ? hashed : { ...hashed, package: `${name}@${versions.get(name) ?? ''}` }
        }),
    ]),
  )
}
