import { decodeDelta, deltaEncodings, encodeDelta, type DeltaEncoding } from './delta-format.ts'

/** Nothing in it repeats, so whatever makes it small is the dictionary. */
const SAMPLE = new TextEncoder().encode(
  Array.from({ length: 256 }, (_, index) => (((index + 1) * 2_654_435_761) % 4_294_967_296).toString(36)).join('-'),
)

/**
 * The encodings that this Node can make. Tried out, since Node before 24.15 (before 24.6 and 22.19 for zstd) takes the dictionary and
 * does nothing with it.
 */
export async function supportedDeltas(encode: typeof encodeDelta = encodeDelta): Promise<ReadonlySet<DeltaEncoding>> {
  const works = await Promise.all(deltaEncodings.map((encoding) => isSupported(encoding, encode)))
  return new Set(deltaEncodings.filter((_, index) => works[index]))
}

async function isSupported(encoding: DeltaEncoding, encode: typeof encodeDelta): Promise<boolean> {
  try {
    const delta = await encode(encoding, SAMPLE, SAMPLE)
    if (delta.byteLength > SAMPLE.byteLength / 4) return false
    return (await decodeDelta(encoding, delta, SAMPLE, SAMPLE.byteLength)).equals(SAMPLE)
  } catch {
    return false
  }
}
