import { brotliCompressSync, constants, createDeflateRaw, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { brotliCosts } from './brotli-costs.ts'
import { gzipCosts } from './gzip-costs.ts'
import { type OwnedBytes, shareBytes } from './share-bytes.ts'
import { gzipMember } from './testing/gzip-member.ts'
import { packageCode } from './testing/samples.ts'

/** Files that say much the same as others of their package, as the modules of an app do. */
const modules = packageCode('vitest', 'dist/chunks').filter((file) => file.length >= 4_000 && file.length <= 120_000)
const content = Buffer.concat(modules)
const owners = ownersOf(modules)

const formats = [
  {
    name: 'gzip',
    encode: (raw: Uint8Array) => gzipSync(raw, { level: 9 }),
    costs: gzipCosts,
  },
  {
    name: 'brotli',
    encode: (raw: Uint8Array) => brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    costs: brotliCosts,
  },
]

describe.each(formats)('shares of a $name stream', ({ encode, costs }) => {
  test('are close to what cutting a module out saves, and closer than compressing it alone', () => {
    const stream = encode(content)
    const shares = shareBytes(costs(stream, content), stream.length, owners, modules.length)
    const errors: number[] = []
    const errorsAlone: number[] = []
    for (const [index, file] of modules.entries()) {
      const saved = stream.length - encode(Buffer.concat(modules.filter((_, other) => other !== index))).length
      errors.push(Math.abs(shares.owners[index]! - saved) / saved)
      errorsAlone.push(Math.abs(encode(file).length - saved) / saved)
    }
    expect(median(errors)).toBeLessThan(0.03)
    expect(median(errors)).toBeLessThan(median(errorsAlone) / 2)
  })
})

test('shares are exactly what cutting a module out saves where modules cannot refer to each other', async () => {
  const parts = await deflateApart(modules)
  const deflated = Buffer.concat(parts)
  const stream = gzipMember(deflated, content)
  const { perByte } = gzipCosts(stream, content)
  for (const [index, { start, end }] of owners.entries()) {
    const bits = perByte.subarray(start, end).reduce((sum, value) => sum + value, 0)
    // A part ends with the empty block of the flush: 3 bits, at most 7 of padding, 4 bytes.
    const flush = 8 * parts[index]!.length - bits
    expect(flush).toBeGreaterThan(3 + 32 - 1e-6)
    expect(flush).toBeLessThan(3 + 32 + 7 + 1e-6)
    expect(flush).toBeCloseTo(Math.round(flush), 6)
  }
})

/** Deflates each file so that it starts on a byte and refers to no other. */
async function deflateApart(files: readonly Uint8Array[]): Promise<Buffer[]> {
  const deflate = createDeflateRaw({ level: 9 })
  const parts: Buffer[] = []
  for (const file of files) {
    deflate.write(file)
    await new Promise<void>((flushed) => deflate.flush(constants.Z_FULL_FLUSH, flushed))
    parts.push(deflate.read() as Buffer)
  }
  // The last block of the stream: empty, with fixed codes.
  return [...parts, Buffer.of(3, 0)]
}

function ownersOf(files: readonly Uint8Array[]): OwnedBytes[] {
  let end = 0
  return files.map((file, owner) => {
    const start = end
    end += file.length
    return { start, end, owner }
  })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
