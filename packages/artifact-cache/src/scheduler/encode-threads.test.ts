import { execFileSync } from 'node:child_process'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { encoders } from '@paceline/kit'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeThreads, type EncodeThreads } from './encode-threads.ts'

const input = Buffer.from('some text that is encoded '.repeat(400))
const opened: EncodeThreads[] = []
const open = (places: number): EncodeThreads => {
  const threads = encodeThreads({ places, poolSize: 4 })
  opened.push(threads)
  return threads
}
afterEach(() => Promise.all(opened.splice(0).map((threads) => threads.close())))

it('encodeThreads keeps no process alive, nor leaves one before its work is done', () => {
  const module = JSON.stringify(new URL('encode-threads.ts', import.meta.url).href)
  const program = `
    const { encodeThreads } = await import(${module})
    const { encode } = encodeThreads({ places: 8, poolSize: 4 })
    const stream = await encode({ name: 'gzip', options: {} }, Buffer.alloc(100_000), 1000)
    console.log(stream.byteLength)`
  const started = performance.now()
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  expect(Number(output)).toBeGreaterThan(50)
  // Threads that nobody needs end by themselves after two seconds.
  expect(performance.now() - started).toBeLessThan(1900)
})

describe.each([
  ['in the pool', 2],
  ['in threads', 8],
])('encodeThreads %s', (_, places) => {
  it.each(['gzip', 'brotli', 'zstd'] as const)('gives the bytes of kit’s %s', async (encoding) => {
    const { call, encode } = encoders[encoding]
    const bytes = await open(places).encode(call(input.byteLength), input, 1000)
    expect(Buffer.from(bytes)).toEqual(await encode(input))
  })

  it('takes a view into a larger memory, an empty input, and several at once', async () => {
    const threads = open(places)
    const part = input.subarray(100, 300)
    const inputs = [part, Buffer.alloc(0), input, part]
    const streams = await Promise.all(
      inputs.map((one) => threads.encode(encoders.gzip.call(one.byteLength), one, 1000)),
    )
    expect(streams.map((stream) => gunzipSync(stream).toString())).toEqual(inputs.map(String))
    expect(input.toString()).toContain('some text')
  })

  it('rejects with the error of zlib, and goes on', async () => {
    const threads = open(places)
    const wrong = { name: 'gzip', options: { level: 99 } } as const
    await expect(threads.encode(wrong, input, 1000)).rejects.toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
    const stream = await threads.encode(encoders.brotli.call(input.byteLength), input, 1000)
    expect(brotliDecompressSync(stream).equals(input)).toBe(true)
  })

  it('works again after it was closed', async () => {
    const threads = open(places)
    await threads.encode(encoders.gzip.call(input.byteLength), input, 1000)
    await threads.close()
    const stream = await threads.encode(encoders.gzip.call(input.byteLength), input, 1000)
    expect(gunzipSync(stream).equals(input)).toBe(true)
  })
})
