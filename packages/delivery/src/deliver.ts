import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifacts } from '@paceline/artifact-cache'
import type { BuildReport, DeliveryReport } from '@paceline/build-graph'
import { listFiles } from '@paceline/kit'
import pMap from 'p-map'
import { findCollisions, isSameCode, type NameCollision } from './archive/find-collisions.ts'
import { archivedFiles, placeArchived } from './archive/place-archived.ts'
import type { ContentSource, ReleaseArchive } from './archive/release-archive.ts'
import type { ArchivedFile, ReleaseRecord } from './archive/release-record.ts'
import { buildManifest } from './build-manifest.ts'
import { deliverySection } from './changes/delivery-section.ts'
import type { DeltaEncoding } from './deltas/delta-format.ts'
import { makeDeltas, type MadeDelta, type MadeDeltas } from './deltas/make-deltas.ts'
import { planDeltas } from './deltas/plan-deltas.ts'
import { deliveryError } from './errors.ts'
import { findDocuments } from './links/documents.ts'
import { isSpeculationFile } from './links/speculation-rules.ts'
import type { DeliveryManifest } from './manifest.ts'
import type { ResolvedDeliveryOptions } from './resolve-options.ts'
import { writeIndex, writeSpeculation } from './write-besides.ts'

export interface DeliverRequest {
  readonly outDir: string
  readonly report: BuildReport
  readonly current: ReleaseRecord
  readonly contents: readonly ContentSource[]
  readonly archive: ReleaseArchive
  readonly options: ResolvedDeliveryOptions
  readonly artifacts: Artifacts
  readonly encodings: ReadonlySet<DeltaEncoding>
  /** Whether addresses that are no page may belong to the app: any `appType` but `mpa`; frameworks that write their page themselves say `custom`. */
  readonly isSinglePage: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface Delivered {
  readonly manifest: DeliveryManifest
  readonly section: DeliveryReport
  readonly deltas: readonly MadeDelta[]
  /** Files of earlier releases that are in the output now. */
  readonly archived: readonly ArchivedFile[]
  /** The release that was current before this one. */
  readonly before: ReleaseRecord | undefined
}

const CONCURRENCY = 8

/**
 * Makes an output ready for whatever delivers it: its release goes into the archive, files of earlier ones come beside its own, and what has a
 * predecessor gets deltas.
 *
 * @throws `PACELINE_HASH_COLLISION`, and what the policy throws
 */
export async function deliver(request: DeliverRequest): Promise<Delivered> {
  const { outDir, report, current, archive, options, now } = request
  const records = options.releases === 0 ? [] : await archive.list()
  const known = records.filter(({ release }) => release !== current.release)
  const read = reader(request)
  const collisions = await realCollisions(findCollisions(current, known), read)
  if (collisions.length > 0) throw deliveryError('PACELINE_HASH_COLLISION', [current.release, collisions])
  if (options.releases > 0) {
    await archive.add(current, request.contents)
    await archive.prune(options, now)
  }
  const earlier = (options.releases === 0 ? [] : await archive.list()).filter(
    ({ release }) => release !== current.release,
  )
  const archived = await placeArchived(archivedFiles(current, earlier), archive, outDir)
  const deltas = await deltasOf(request, earlier, read)
  const index = await writeIndex(outDir, current, earlier, archived)
  const pages = await readPages(current, outDir)
  const found = findDocuments({
    report,
    pages,
    base: current.base,
    isSinglePage: request.isSinglePage,
    options: options.links,
    hashes: new Map(current.files.map(({ file, sha256 }) => [file, sha256])),
  })
  const { documents, files: rules } = await writeSpeculation(outDir, found, options.speculation)
  const written = [index, ...rules]
  const manifest = buildManifest({
    current,
    archived,
    deltas: deltas.kept,
    besides: written,
    documents,
    policy: options.policy,
  })
  const besides = [
    ...[...written, ...archived].flatMap((entry) => [entry, ...(entry.siblings ?? [])].map(({ file }) => file)),
    ...deltas.kept.map(({ file }) => file),
  ].sort()
  await removeStale(outDir, new Set(besides))
  const section = await deliverySection({ report, current, archive, earlier, deltas, besides, read })
  return { manifest, section, deltas: deltas.kept, archived, before: earlier[0] }
}

async function readPages({ files }: ReleaseRecord, outDir: string): Promise<Map<string, string>> {
  const names = files.map(({ file }) => file).filter((file) => file.endsWith('.html'))
  const pages = await pMap(names, async (file) => [file, await readFile(join(outDir, file), 'utf8')] as const, {
    concurrency: CONCURRENCY,
  })
  return new Map(pages)
}

type Read = (sha256: string) => Promise<Uint8Array | undefined>

/** Contents of this release from its output, all others from the archive. */
function reader({ current, outDir, archive }: DeliverRequest): Read {
  const own = new Map(current.files.map(({ sha256, file }) => [sha256, file]))
  return async (sha256) => {
    const file = own.get(sha256)
    return file === undefined ? archive.read(sha256) : readFile(join(outDir, file))
  }
}

async function realCollisions(found: readonly NameCollision[], read: Read): Promise<NameCollision[]> {
  const isReal = await pMap(
    found,
    async ({ now, was }) => {
      const [a, b] = await Promise.all([read(now), read(was)])
      return !a || !b || !isSameCode(a, b)
    },
    { concurrency: CONCURRENCY },
  )
  return found.filter((_, index) => isReal[index])
}

async function deltasOf(
  { current, options, artifacts, encodings, outDir, report }: DeliverRequest,
  earlier: readonly ReleaseRecord[],
  read: Read,
): Promise<MadeDeltas> {
  const brotli = new Map(report.files.map((entry) => [entry.file, entry.brotli]))
  return makeDeltas({
    planned: options.deltas ? planDeltas(current, earlier) : [],
    encodings,
    artifacts,
    outDir,
    read,
    brotliOf: (file) => brotli.get(file) ?? 0,
  })
}

/** As `deltaFile` names them. */
const DELTA = /\.[\da-f]{16}\.dc[bz]$/

/** With `build.emptyOutDir: false` those of earlier builds are still there, and nobody names them any more. */
async function removeStale(outDir: string, kept: ReadonlySet<string>): Promise<void> {
  const stale = (await listFiles(outDir)).filter(
    (file) => (DELTA.test(file) || isSpeculationFile(file)) && !kept.has(file),
  )
  await pMap(stale, (file) => rm(join(outDir, file), { force: true }), { concurrency: CONCURRENCY })
}
