import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib'
import type { BuildReport } from '@paceline/build-graph'
import { encoders } from '@paceline/kit'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { deltaSize, DeltaSizes, predecessor } from './delta-sizes.ts'

/** Half a megabyte that does not repeat itself, as a chunk's text does not. */
function text(seed: number, length: number): Buffer {
  let state = seed
  const lines: string[] = []
  for (let size = 0; size < length; size += lines.at(-1)!.length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    lines.push(`const value${state.toString(36)} = compute(${state});\n`)
  }
  return Buffer.from(lines.join(''))
}

describe('deltaSize', () => {
  it('keeps a big file in reach of its end: one changed line costs little, and decodes', async () => {
    const old = text(1, 500_000)
    const now = Buffer.concat([Buffer.from('const added = 1;\n'), old])
    const size = await deltaSize(now, old)
    expect(size).toBeLessThan(300)
    // The very parameters, in the other direction: a decoder of the format gives the file back.
    const stream = zstdCompressSync(now, {
      dictionary: old,
      params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 20 },
      pledgedSrcSize: now.byteLength,
    })
    expect(stream.byteLength + 40).toBe(size)
    expect(zstdDecompressSync(stream, { dictionary: old }).equals(now)).toBe(true)
  })
})

const load = { requests: 0, depth: 0, raw: 0, gzip: 0, brotli: 0, zstd: 0, byKind: {}, files: [] }

/** A release of chunks: file → name, content and modules. */
async function release(
  files: Readonly<Record<string, { name: string; content: Buffer; modules: Readonly<Record<string, number>> }>>,
): Promise<{ report: BuildReport; outDir: string }> {
  const outDir = await writeFixture({})
  const entries = await Promise.all(
    Object.entries(files).map(async ([file, { name, content }]) => {
      await writeFile(join(outDir, file), content)
      const brotli = (await encoders.brotli.encode(content)).byteLength
      return { file, kind: 'js' as const, hash: file, chunk: name, raw: content.length, gzip: 0, brotli, zstd: 0 }
    }),
  )
  const chunks = Object.entries(files).map(([file, { name, modules }]) => ({
    name,
    file,
    kind: 'js' as const,
    entry: false,
    imports: [],
    dynamicImports: [],
    css: [],
    assets: [],
    modules: Object.entries(modules).map(([id, raw]) => ({ id, raw, gzip: raw, brotli: raw })),
  }))
  const routes = [{ id: '/', module: 'index.html', firstLoad: load, navigation: load }]
  const rest = { packages: [], budgets: [], rules: [], modules: [] }
  return { outDir, report: { schemaVersion: 1, release: '0', files: entries, chunks, routes, ...rest } }
}

describe('DeltaSizes', () => {
  it('takes the file of the same name that shares most, and brotli where a delta is hardly less', async () => {
    const [page, other] = [text(2, 20_000), text(3, 20_000)]
    const before = await release({
      'page-1.js': { name: 'page', content: other, modules: { 'src/other.js': 20_000 } },
      'page-2.js': { name: 'page', content: page, modules: { 'src/page.js': 20_000 } },
      'gone-1.js': { name: 'gone', content: page, modules: { 'src/page.js': 20_000 } },
    })
    const after = await release({
      'page-3.js': {
        name: 'page',
        content: Buffer.concat([page, Buffer.from('x()')]),
        modules: { 'src/page.js': 20_003 },
      },
      'fresh-1.js': { name: 'fresh', content: page, modules: { 'src/page.js': 20_000 } },
      'page-4.js': { name: 'page', content: text(4, 20_000), modules: { 'src/unknown.js': 20_000 } },
    })
    const [fresh, edited, unlike] = ['fresh-1.js', 'page-3.js', 'page-4.js'].map((name) =>
      after.report.files.find(({ file }) => file === name)!,
    )
    expect(predecessor(edited!, before.report, after.report)!.file).toBe('page-2.js')
    expect(predecessor(fresh!, before.report, after.report)).toBeUndefined()
    const sizes = new DeltaSizes()
    expect(await sizes.sizeOf(edited!, before, after)).toBeLessThan(200)
    expect(await sizes.sizeOf(fresh!, before, after)).toBe(fresh!.brotli)
    expect(await sizes.sizeOf(unlike!, before, after)).toBe(unlike!.brotli)
  })
})
