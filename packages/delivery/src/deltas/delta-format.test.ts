import { hash } from 'node:crypto'
import { brotliDecompressSync, zstdDecompressSync } from 'node:zlib'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { decodeDelta, deltaEncodings, encodeDelta } from './delta-format.ts'
import { supportedDeltas } from './delta-support.ts'

const next = seeded(9842)
const words = Array.from({ length: 500 }, () => next().toString(36).slice(2, 8))
const text = (length: number): string =>
  Array.from({ length }, () => words[Math.floor(next() * words.length)]).join(' ')

/** Cuts, repeats and adds at random places, as edits of code do. */
function edited(before: string): string {
  let result = before
  for (let edits = Math.floor(next() * 4); edits >= 0; edits--) {
    const at = Math.floor(next() * result.length)
    result = result.slice(0, at) + text(Math.floor(next() * 5)) + result.slice(at + Math.floor(next() * 40))
  }
  return result
}

describe.each(deltaEncodings)('%s', (encoding) => {
  it('decodes to its content, after its header as by plain zlib', async () => {
    for (let round = 0; round < 60; round++) {
      const before = Buffer.from(text(Math.floor(next() * 4000)))
      const content = Buffer.from(next() < 0.1 ? '' : edited(before.toString()))
      const delta = await encodeDelta(encoding, content, before)
      expect((await decodeDelta(encoding, delta, before, content.byteLength)).equals(content)).toBe(true)
      const start = encoding === 'dcb' ? 4 : 8
      expect(delta.subarray(0, start).toString('hex')).toBe(encoding === 'dcb' ? 'ff444342' : '5e2a4d1820000000')
      expect(delta.subarray(start, start + 32).toString('hex')).toBe(hash('sha256', before, 'hex'))
      const stream = delta.subarray(start + 32)
      const options = { dictionary: before } as object
      const plain = encoding === 'dcb' ? brotliDecompressSync(stream, options) : zstdDecompressSync(stream, options)
      expect(plain.equals(content)).toBe(true)
    }
  })

  it('is under 1 % of a large content of which one word changed, at its beginning and at its end', async () => {
    // Larger than any window of a default.
    const before = Buffer.from(text(600_000))
    const content = Buffer.from(`changed ${before.toString()} changed`)
    const delta = await encodeDelta(encoding, content, before)
    expect(delta.byteLength).toBeLessThan(content.byteLength / 100)
  })

  it('refuses another dictionary, a damaged header and more bytes than it may have', async () => {
    const [before, content] = [Buffer.from(text(500)), Buffer.from(text(500))]
    const delta = await encodeDelta(encoding, content, before)
    await expect(decodeDelta(encoding, delta, content, 1e6)).rejects.toThrow('of another dictionary')
    const damaged = Buffer.from(delta)
    damaged[0]! ^= 1
    await expect(decodeDelta(encoding, damaged, before, 1e6)).rejects.toThrow(`does not begin as ${encoding}`)
    await expect(decodeDelta(encoding, delta, before, content.byteLength - 1)).rejects.toThrow()
  })
})

describe('supportedDeltas', () => {
  it('finds out that an encoder does nothing with its dictionary, whatever its version says', async () => {
    expect([...(await supportedDeltas())].sort()).toEqual(['dcb', 'dcz'])
    const ignores: typeof encodeDelta = (encoding, content, dictionary) =>
      encoding === 'dcb' ? encodeDelta(encoding, content, Buffer.alloc(8)) : encodeDelta(encoding, content, dictionary)
    expect([...(await supportedDeltas(ignores))]).toEqual(['dcz'])
    const fails: typeof encodeDelta = async () => Promise.reject(new Error('no such option'))
    expect((await supportedDeltas(fails)).size).toBe(0)
  })
})
