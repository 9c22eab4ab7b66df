import { digestOf, type ArtifactCacheApi, type EncodedContent, type InputDigest } from '@paceline/artifact-cache'
import type { Codec } from '../core/codec.ts'

/** A file to encode, read once for all codecs. */
export interface FileContent {
  /** Relative to the output directory. */
  readonly file: string
  readonly content: Buffer
  readonly digest: InputDigest
}

export function fileContent(file: string, content: Buffer): FileContent {
  return { file, content, digest: digestOf(content) }
}

/**
 * The stream of a file in one encoding. What an encoder of the user's own makes is not kept: nobody knows what it depends on.
 *
 * @param keepsAll whether a stream that is not smaller than its file is wanted too
 */
export async function encodeFile(
  { file, content, digest }: FileContent,
  { encoder }: Codec,
  { scheduler, encode }: ArtifactCacheApi,
  keepsAll: boolean,
): Promise<EncodedContent> {
  if (encoder.kind === 'zlib') {
    return encode({ file, content, digest, encoding: encoder.encoding, options: encoder.options, keepsAll })
  }
  // As expensive as brotli, for all we know.
  const cost = content.byteLength * 1e-3
  const memory = 10_000_000 + content.byteLength * 10
  const label = `${file} → custom`
  const { result } = await scheduler.run({ label, cost, memory, work: () => encoder.encode(content) })
  const isUseful = keepsAll || result.byteLength < content.byteLength
  return { length: result.byteLength, stream: isUseful ? result : undefined }
}
