import { join } from 'node:path'
import { encoders, encodings } from '@paceline/kit'
import { writeFixture } from '@paceline/testkit'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { createArtifacts } from './create-artifacts.ts'
import { encodeArtifact, type EncodeRequest } from './encode-artifact.ts'
import { encodeThreads } from './scheduler/encode-threads.ts'
import { createScheduler } from './scheduler/scheduler.ts'
import { openArtifactStore } from './store/open-artifact-store.ts'

const content = Buffer.from('export const text = "some text that is encoded"\n'.repeat(2000))
const random = seeded(3)
const noise = Buffer.from(Array.from({ length: 60_000 }, () => Math.floor(random() * 256)))

async function open() {
  const dir = join(await writeFixture({}), 'cache')
  const options = { dir, namespace: 'test', redis: undefined, maxSize: 1e9, maxAge: 1e9 }
  const store = openArtifactStore(options, { warn: () => expect.unreachable() })
  const artifacts = createArtifacts(store, createScheduler())
  const threads = encodeThreads({ places: 2 })
  const encode = (request: Omit<EncodeRequest, 'file'>): ReturnType<typeof encodeArtifact> =>
    encodeArtifact({ file: 'a.js', ...request }, { artifacts, threads })
  return { encode, store }
}

describe('encodeArtifact', () => {
  it.each(encodings)('gives the bytes of kit’s %s, made once', async (encoding) => {
    const { encode, store } = await open()
    const expected = await encoders[encoding].encode(content)
    for (const _ of [1, 2]) {
      const { length, stream } = await encode({ content, encoding })
      expect(Buffer.from(stream!).equals(expected)).toBe(true)
      expect(length).toBe(expected.byteLength)
    }
    expect(store.statistics().made[encoding]).toMatchObject({ count: 1 })
  })

  it('remembers that a stream is not smaller without keeping it, unless it is wanted all the same', async () => {
    const { encode, store } = await open()
    const { byteLength } = await encoders.zstd.encode(noise)
    for (const _ of [1, 2])
      expect(await encode({ content: noise, encoding: 'zstd' })).toEqual({ length: byteLength, stream: undefined })
    expect(store.statistics()).toMatchObject({ made: { zstd: { count: 1 } }, tiers: [{ total: { bytesWritten: 0 } }] })
    expect((await encode({ content: noise, encoding: 'zstd', keepsAll: true })).stream).toHaveLength(byteLength)
  })

  it('tells options apart', async () => {
    const { encode, store } = await open()
    const lengths = [undefined, { level: 1 }, { level: 9 }].map(
      async (options) => (await encode({ content, encoding: 'gzip', options })).length,
    )
    const [usual, fast, best] = await Promise.all(lengths)
    expect(fast).toBeGreaterThan(usual!)
    expect(best).toBe(usual)
    expect(store.statistics().made.gzip).toMatchObject({ count: 2 })
  })

  it('does not look for what is made faster', async () => {
    const { encode, store } = await open()
    const small = content.subarray(0, 2000)
    expect((await encode({ content: small, encoding: 'gzip' })).length).toBe(
      (await encoders.gzip.encode(small)).byteLength,
    )
    expect(store.statistics()).toMatchObject({ made: {}, tiers: [{ total: { misses: 0, writes: 0 } }] })
  })
})
