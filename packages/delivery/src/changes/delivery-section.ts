import type { BuildReport, DeliveryReport } from '@paceline/build-graph'
import pMap from 'p-map'
import type { ReleaseArchive } from '../archive/release-archive.ts'
import type { ReleaseRecord } from '../archive/release-record.ts'
import type { MadeDelta, MadeDeltas } from '../deltas/make-deltas.ts'
import { causeOf, findSuccessions } from './change-causes.ts'
import { returningVisits, type EarlierRelease } from './returning-visits.ts'

const CONCURRENCY = 8

export interface SectionInput {
  readonly report: BuildReport
  readonly current: ReleaseRecord
  readonly archive: ReleaseArchive
  /** Newest first. */
  readonly earlier: readonly ReleaseRecord[]
  readonly deltas: MadeDeltas
  readonly besides: readonly string[]
  /** A content by its hash, of any release. */
  readonly read: (sha256: string) => Promise<Uint8Array | undefined>
}

/** What the report says of a delivered build beside the releases before it. */
export async function deliverySection(input: SectionInput): Promise<DeliveryReport> {
  const { report, current, archive, earlier, deltas, besides } = input
  const [before] = earlier
  const releases = await pMap(earlier, (record) => withRoutes(record, archive), { concurrency: CONCURRENCY })
  return {
    releases: [current, ...earlier].map(({ release, createdAt, files }, index) => {
      const hashed = files.filter(({ stem }) => stem)
      const bytes = hashed.reduce((sum, file) => sum + file.bytes, 0)
      return { release, ...(index > 0 ? { createdAt } : {}), files: hashed.length, bytes }
    }),
    routes: returningVisits(report, releases, deltas.kept),
    changes: before ? await changesOf(input, before, deltas.kept) : [],
    deltas: {
      kept: deltas.kept.length,
      keptBytes: sumBytes(deltas.kept),
      dropped: deltas.dropped.length,
      droppedBytes: sumBytes(deltas.dropped),
    },
    besides,
  }
}

async function changesOf(
  { report, current, read }: SectionInput,
  before: ReleaseRecord,
  deltas: readonly MadeDelta[],
): Promise<DeliveryReport['changes']> {
  const brotli = new Map(report.files.map((entry) => [entry.file, entry.brotli]))
  const context = { read, current, before }
  return pMap(
    findSuccessions(current, before),
    async ({ file, was }) => {
      const cause = await causeOf({ file, was }, context)
      const sizes = deltas
        .filter((one) => one.of === file.file && one.dictionary === was.sha256)
        .map(({ bytes }) => bytes)
      return {
        file: file.file,
        was: was.file,
        ...cause,
        brotli: brotli.get(file.file) ?? 0,
        ...(sizes.length > 0 ? { delta: Math.min(...sizes) } : {}),
      }
    },
    { concurrency: CONCURRENCY },
  )
}

async function withRoutes(record: ReleaseRecord, archive: ReleaseArchive): Promise<EarlierRelease> {
  const text = record.report === undefined ? undefined : await archive.read(record.report)
  return { record, routes: text && (JSON.parse(text.toString()) as BuildReport).routes }
}

function sumBytes(deltas: readonly { readonly bytes: number }[]): number {
  return deltas.reduce((sum, { bytes }) => sum + bytes, 0)
}
