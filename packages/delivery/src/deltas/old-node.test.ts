import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, smallApp, writeFiles, writeFixture } from '@paceline/testkit'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeliveryManifest } from '../manifest.ts'
import type { DeliveryOptions } from '../options.ts'
import { delivery } from '../plugin.ts'

/** What the encoders of an older Node do with a dictionary: they take it, and do nothing with it. */
const ignores = vi.hoisted(() => ({ brotli: false, zstd: false }))

vi.mock('node:zlib', async (original) => {
  const zlib = await original<typeof import('node:zlib')>()
  type Done = (error: Error | null, result: Buffer) => void
  const without = (options: object): object => ({ ...options, dictionary: undefined })
  return {
    ...zlib,
    brotliCompress: (input: Uint8Array, options: object, done: Done) =>
      void zlib.brotliCompress(input, ignores.brotli ? without(options) : options, done),
    zstdCompress: (input: Uint8Array, options: object, done: Done) =>
      void zlib.zstdCompress(input, ignores.zstd ? without(options) : options, done),
  }
})

beforeEach(() => Object.assign(ignores, { brotli: false, zstd: false }))

const WORDS = JSON.stringify(Array.from({ length: 600 }, (_, index) => ((index * 7919) % 100_003).toString(36)))

interface Built {
  readonly warnings: readonly string[]
  /** Encodings of the deltas of the last release. */
  readonly deltas: readonly string[]
}

/** Three releases with the same plugins, as in a process that stays. */
async function build(options: DeliveryOptions): Promise<Built> {
  const root = await writeFixture(smallApp)
  const plugins = delivery(options)
  const warnings: string[] = []
  for (const text of ['one', 'two', 'three']) {
    await writeFiles(root, { 'src/greet.js': `export const greet = () => '${text}' + ${WORDS}\n` })
    warnings.push(...(await runBuild({ vite: 8, root, plugins })).log.warn)
  }
  const manifest = await readFile(join(root, '.paceline/delivery/manifest.json'), 'utf8')
  const { files } = JSON.parse(manifest) as DeliveryManifest
  return {
    warnings,
    deltas: [...new Set(files.flatMap(({ deltas = [] }) => deltas.map(({ encoding }) => encoding)))].sort(),
  }
}

describe('a Node that does nothing with dictionaries', () => {
  it.each([
    [{ brotli: true, zstd: true }, 'no deltas', []],
    [{ brotli: true, zstd: false }, 'only one of the two kinds of deltas', ['dcz']],
  ])('is told once, with what to do, and makes what it can: %j', async (older, which, deltas) => {
    Object.assign(ignores, older)
    const built = await build({})
    expect(built.deltas).toEqual(deltas)
    expect(built.warnings).toEqual([expect.stringContaining(`this Node (${process.version}) makes ${which}`)])
    expect(built.warnings[0]).toContain('Use Node 24.15 or later')
  })

  it('is not told to who wants no deltas, nor is one that makes both kinds', async () => {
    expect(await build({})).toEqual({ warnings: [], deltas: ['dcb', 'dcz'] })
    Object.assign(ignores, { brotli: true, zstd: true })
    for (const options of [{ deltas: false }, { releases: 0 }]) {
      expect(await build(options)).toEqual({ warnings: [], deltas: [] })
    }
  })
})
