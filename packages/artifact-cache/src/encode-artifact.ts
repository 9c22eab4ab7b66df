import { encoders, type Encoding } from '@paceline/kit'
import type { Artifacts, InputDigest, JsonObject } from './artifact.ts'
import { digestOf } from './digest-of.ts'
import type { EncodeThreads } from './scheduler/encode-threads.ts'

/** A content that is wanted in an encoding of HTTP. */
export interface EncodeRequest {
  /** The file it is of, for people. */
  readonly file: string
  readonly content: Uint8Array
  /** When it is known already. */
  readonly digest?: InputDigest | undefined
  readonly encoding: Encoding
  /** Options of zlib in place of kit's, plain data. */
  readonly options?: object | undefined
  /**
   * Whether a stream that is not smaller than its content is wanted too.
   *
   * @default false
   */
  readonly keepsAll?: boolean | undefined
}

export interface EncodedContent {
  /** Bytes of the stream. */
  readonly length: number
  /** The stream, unless it is of no use. */
  readonly stream: Uint8Array | undefined
}

/** Raised whenever what is stored comes to mean something else. */
const SCHEMA = 1

/** What an encoder takes for an input: so much for each byte, and so much at least. */
interface Estimate {
  readonly perByte: number
  readonly least: number
  readonly most: number
}

/** CPU time, milliseconds, on minified JavaScript of 1 kB to 4 MB (Node 24). Other options than kit's take less. */
const COST: Readonly<Record<Encoding, Estimate>> = {
  gzip: { perByte: 2.2e-5, least: 0.1, most: Infinity },
  brotli: { perByte: 1e-3, least: 0.3, most: Infinity },
  zstd: { perByte: 1.8e-4, least: 0.1, most: Infinity },
}

/** Growth of the peak resident memory in the same runs, bytes, the stream included. Windows are of 4 MB for brotli and 8 MB for zstd. */
const MEMORY: Readonly<Record<Encoding, Estimate>> = {
  gzip: { perByte: 1, least: 600_000, most: Infinity },
  brotli: { perByte: 16, least: 8_000_000, most: 250_000_000 },
  zstd: { perByte: 14, least: 4_000_000, most: 120_000_000 },
}

/** To look for what is made faster than this, milliseconds, and to check it, would cost more than to make it. */
const WORTH_KEEPING = 0.5

/** The content in an encoding: from the cache, else from the scheduler. */
export async function encodeArtifact(
  request: EncodeRequest,
  { artifacts, threads }: { readonly artifacts: Artifacts; readonly threads: EncodeThreads },
): Promise<EncodedContent> {
  const { file, content, encoding, options, keepsAll = false } = request
  const bytes = content.byteLength
  const cost = estimate(COST[encoding], bytes)
  const { name, options: usual } = encoders[encoding].call(bytes)
  const encode = (): Promise<Uint8Array> => threads.encode({ name, options: { ...usual, ...options } }, content, cost)
  const isUseful = (stream: Uint8Array): boolean => keepsAll || stream.byteLength < bytes
  if (cost < WORTH_KEEPING) {
    const stream = await encode()
    return { length: stream.byteLength, stream: isUseful(stream) ? stream : undefined }
  }
  const settings = encoderSettings(encoding, options)
  const artifact = await artifacts.make(
    {
      kind: encoding,
      schema: SCHEMA,
      input: request.digest ?? digestOf(content),
      settings: keepsAll ? { ...settings, keepsAll } : settings,
    },
    {
      label: `${file} → ${encoding}`,
      cost,
      memory: bytes + estimate(MEMORY[encoding], bytes),
      outsidePool: threads.isOutsidePool(cost),
      async work() {
        const stream = await encode()
        // That it is of no use is worth knowing; its bytes are not worth keeping.
        return { bytes: isUseful(stream) ? stream : new Uint8Array(), info: { length: stream.byteLength } }
      },
    },
  )
  const length = Number(artifact.info.length)
  return { length, stream: artifact.bytes.byteLength === length ? artifact.bytes : undefined }
}

function estimate({ perByte, least, most }: Estimate, bytes: number): number {
  return Math.min(most, least + bytes * perByte)
}

/**
 * All that decides the stream beside the content. What the options say of the length of the content follows from the content, so they are taken for
 * none. Node's gzip is Chromium's zlib, whose matches depend on how the CPU can hash: architectures are kept apart.
 */
function encoderSettings(encoding: Encoding, options: object | undefined): JsonObject {
  const { versions, arch } = process
  const encoder = { gzip: `${versions.zlib} ${arch}`, brotli: versions.brotli, zstd: versions.zstd }[encoding]
  const usual = encoders[encoding].call(0).options
  return { encoder: String(encoder), options: JSON.parse(JSON.stringify({ ...usual, ...options })) as JsonObject }
}
