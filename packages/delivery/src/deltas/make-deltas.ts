import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifacts, InputDigest, JsonObject } from '@paceline/artifact-cache'
import type { DeliveredDelta } from '../manifest.ts'
import { deltaFile, encodeDelta, LEVEL, type DeltaEncoding } from './delta-format.ts'
import type { PlannedDelta } from './plan-deltas.ts'

export interface DeltaRequest {
  readonly planned: readonly PlannedDelta[]
  readonly encodings: ReadonlySet<DeltaEncoding>
  readonly artifacts: Artifacts
  readonly outDir: string
  /** A content by its hash: of the archive or of the output. Nothing when it is lost. */
  readonly read: (sha256: string) => Promise<Uint8Array | undefined>
  /** Brotli bytes of a file: what is sent to who has no dictionary. */
  readonly brotliOf: (file: string) => number
}

export interface MadeDelta extends DeliveredDelta {
  /** The file that it decodes to. */
  readonly of: string
  readonly release: string
  /** Bytes of what it decodes to. */
  readonly decoded: number
}

export interface MadeDeltas {
  readonly kept: readonly MadeDelta[]
  /** Those that would save too little, with their bytes. */
  readonly dropped: readonly Omit<MadeDelta, 'file'>[]
}

/** A delta has to be this much smaller than brotli: it takes room on the server and a decision at every request. */
const WORTH = 0.8
/** Raised whenever what is stored comes to mean something else. */
const SCHEMA = 1
/** CPU milliseconds for each byte of both, and bytes of memory (Node 24, on chunks of 20 kB to 700 kB). */
const COST: Readonly<Record<DeltaEncoding, number>> = { dcb: 1e-5, dcz: 6e-6 }
const MEMORY = { perByte: 8, least: 6_000_000 }

/** Makes deltas through the cache, and writes those that are worth it beside their files. */
export async function makeDeltas(request: DeltaRequest): Promise<MadeDeltas> {
  const tasks = request.planned.flatMap((plan) => [...request.encodings].map((encoding) => ({ plan, encoding })))
  const made = await Promise.all(tasks.map(({ plan, encoding }) => makeDelta(plan, encoding, request)))
  const all = made.filter((one) => one !== undefined)
  return {
    kept: all.filter((one): one is MadeDelta => one.file !== undefined),
    dropped: all.filter(({ file }) => file === undefined),
  }
}

type Tried = Omit<MadeDelta, 'file'> & { readonly file?: string }

async function makeDelta(
  { file, dictionary, release }: PlannedDelta,
  encoding: DeltaEncoding,
  { artifacts, outDir, read, brotliOf }: DeltaRequest,
): Promise<Tried | undefined> {
  const limit = WORTH * brotliOf(file.file)
  const bytes = file.bytes + dictionary.bytes
  let isLost = false
  const artifact = await artifacts
    .make(
      {
        kind: encoding,
        schema: SCHEMA,
        input: file.sha256 as InputDigest,
        settings: { dictionary: dictionary.sha256, level: LEVEL[encoding], encoder: encoderOf(encoding) },
      },
      {
        label: `${file.file} → ${encoding} against ${release}`,
        cost: 0.2 + bytes * COST[encoding],
        memory: MEMORY.least + bytes * MEMORY.perByte,
        async work() {
          const [content, known] = await Promise.all([read(file.sha256), read(dictionary.sha256)])
          if (!content || !known) {
            isLost = true
            throw new Error('its dictionary is lost')
          }
          return { bytes: await encodeDelta(encoding, content, known), info: {} satisfies JsonObject }
        },
      },
    )
    .catch((error: unknown) => {
      // Told by the archive; the file is sent as it is.
      if (isLost) return undefined
      throw error
    })
  if (!artifact) return undefined
  const delta = { encoding, dictionary: dictionary.sha256, bytes: artifact.bytes.byteLength }
  const tried = { ...delta, of: file.file, release, decoded: file.bytes }
  if (artifact.bytes.byteLength >= limit) return tried
  const name = deltaFile(file.file, dictionary.sha256, encoding)
  await writeFile(join(outDir, name), artifact.bytes)
  return { ...tried, file: name }
}

function encoderOf(encoding: DeltaEncoding): string {
  const { brotli, zstd } = process.versions
  return (encoding === 'dcb' ? brotli : zstd) ?? ''
}
