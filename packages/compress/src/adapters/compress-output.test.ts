import { rmSync, symlinkSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { deflateRawSync, inflateSync } from 'node:zlib'
import type { ArtifactCacheApi } from '@paceline/artifact-cache'
import { hashDirectory, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, it } from 'vitest'
import { defineAlgorithm } from '../algorithms.ts'
import type { Ledger } from '../core/ledger.ts'
import type { CompressOptions } from '../options.ts'
import { resolveCompressOptions } from '../resolve-options.ts'
import { noCache } from '../testing/no-cache.ts'
import { checkLedger } from './check-ledger.ts'
import { compressOutput } from './compress-output.ts'

const text = (length = 4000): string =>
  'text that repeats and repeats itself. '.repeat(Math.ceil(length / 38)).slice(0, length)
const noise = (length: number): Buffer => {
  const random = seeded(7)
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}
const isForeign = (): boolean => false

async function run(dir: string, options?: CompressOptions, users: readonly string[] = []): Promise<Ledger> {
  const isUsers = (file: string): boolean => users.includes(file)
  return compressOutput({ dir, options: resolveCompressOptions(options), cache: noCache(), isForeign, isUsers })
}

const check = (ledger: Ledger, options?: CompressOptions): Promise<string[]> =>
  checkLedger(ledger, resolveCompressOptions(options), isForeign)

async function compressed(files: FixtureFiles, options?: CompressOptions): Promise<{ dir: string; ledger: Ledger }> {
  const dir = await writeFixture(files)
  return { dir, ledger: await run(dir, options) }
}

/** All jobs at once, whatever the cores of this machine. */
const runAtOnce: ArtifactCacheApi['scheduler']['run'] = async (job) => ({ result: await job.work(), ms: 0 })

describe('compressOutput', () => {
  it('writes siblings that decode to their file, whatever it is called', async () => {
    const names = ['a.js', 'with space.css', 'ünï/こん.html', 'deep/er/x.svg', 'UPPER.JSON', '.hidden/b.txt', '%41.js']
    const { dir, ledger } = await compressed(Object.fromEntries(names.map((name) => [name, text()])))
    for (const name of names) {
      expect(gunzipSync(await readFile(join(dir, `${name}.gz`))).toString()).toBe(text())
      expect(brotliDecompressSync(await readFile(join(dir, `${name}.br`))).toString()).toBe(text())
      expect(zstdDecompressSync(await readFile(join(dir, `${name}.zst`))).toString()).toBe(text())
    }
    expect([...ledger.records.keys()].sort()).toEqual([...names].sort())
    expect(await check(ledger)).toEqual([])
  })

  it('says of every file whether it is compressed, skipped or exempt', async () => {
    const { ledger } = await compressed({
      'a.js': text(),
      'small.js': 'tiny',
      'empty.txt': '',
      'noise.txt': noise(5000),
      'photo.jpg': text(),
      'a.js.map': text(),
    })
    const statuses = [...ledger.records.values()].map(({ file, status, why }) => [file, why ?? status])
    expect(Object.fromEntries(statuses)).toEqual({
      'a.js': 'compressed',
      'small.js': 'below the threshold',
      'empty.txt': 'below the threshold',
      'noise.txt': 'not smaller',
    })
    expect([...ledger.exempt.keys()].sort()).toEqual(['a.js.map', 'photo.jpg'])
  })

  it('keeps streams that are not smaller when it is told to, of an empty file too', async () => {
    const options = { threshold: 0, skipIfLargerOrEqual: false }
    const { dir, ledger } = await compressed({ 'empty.txt': '', 'noise.txt': noise(100) }, options)
    expect(gunzipSync(await readFile(join(dir, 'empty.txt.gz')))).toHaveLength(0)
    expect(gunzipSync(await readFile(join(dir, 'noise.txt.gz')))).toEqual(noise(100))
    expect(await check(ledger, options)).toEqual([])
  })

  it('keeps no stream that saves less than it must', async () => {
    const half = Buffer.concat([noise(2000), Buffer.from(text(2000))])
    const { ledger } = await compressed({ 'a.txt': half, 'b.txt': text() }, { minRatio: 0.4, algorithms: ['gzip'] })
    expect([...ledger.records.values()].map(({ file, status }) => [file, status])).toEqual([
      ['a.txt', 'skipped'],
      ['b.txt', 'compressed'],
    ])
  })

  it('selects by include and exclude', async () => {
    const files = { 'a.js': text(), 'b/c.js': text(), 'b/c.js.map': text(), 'd.css': text() }
    const { ledger } = await compressed(files, { include: ['**/*.js', /\.map$/g], exclude: 'b/*.js' })
    expect([...ledger.records.keys()].sort()).toEqual(['a.js', 'b/c.js.map'])
  })

  it('takes zlib’s options and functions of others, names of others, and tells a function what it names', async () => {
    const told: unknown[] = []
    const reversed = defineAlgorithm(async (input) => input.toReversed().subarray(0, 10), {})
    const options: CompressOptions = {
      algorithms: [defineAlgorithm('gz', { level: 1 }), 'brotliCompress', reversed],
      filename(_file, { algorithm }) {
        told.push(algorithm)
        return `z/[path][base].${typeof algorithm === 'function' ? 'own' : String(algorithm)}`
      },
    }
    const { dir, ledger } = await compressed({ 'x/a.js': text() }, options)
    expect(await readFile(join(dir, 'z/x/a.js.gzip'))).toEqual(gzipSync(text(), { level: 1 }))
    expect(await readFile(join(dir, 'z/x/a.js.own'))).toHaveLength(10)
    expect(told).toEqual(['gzip', 'brotliCompress', reversed[0]])
    expect(await check(ledger, options)).toEqual([])
  })

  it('makes deflate under names of its own, which the ledger decodes', async () => {
    const options: CompressOptions = { algorithms: ['deflate', defineAlgorithm('deflateRaw', { level: 1 })] }
    const { dir, ledger } = await compressed({ 'a.js': text() }, options)
    expect(inflateSync(await readFile(join(dir, 'a.js.zz'))).toString()).toBe(text())
    expect(await readFile(join(dir, 'a.js.deflate'))).toEqual(deflateRawSync(text(), { level: 1 }))
    expect(await check(ledger, options)).toEqual([])
    const [record] = ledger.records.values()
    const wrong = { ...record!.siblings[0]!, decode: async () => Promise.resolve(Buffer.from('something else')) }
    const changed = { ...ledger, records: new Map([['a.js', { ...record!, siblings: [wrong] }]]) }
    expect(await check(changed, options)).toEqual(['a.js has a sibling a.js.zz that decodes to something else'])
  })

  it.each([
    [{}, 1],
    [{ limit: 2 }, 2],
    [{ limit: 3 }, 3],
    [{ isHighMemory: () => false }, 4],
  ])('runs at most as many at once as scheduler %o allows', async (scheduler, most) => {
    let running = 0
    let seen = 0
    const algorithm = defineAlgorithm(async (input) => {
      seen = Math.max(seen, ++running)
      await setImmediate()
      running--
      return input.subarray(0, 10)
    })
    const isHighMemory = (which: unknown): boolean => which === algorithm[0]
    const files = { 'a.js': text(), 'b.js': text(), 'c.js': text(), 'd.js': text() }
    const options = { algorithms: [algorithm], scheduler: { isHighMemory, ...scheduler } }
    const dir = await writeFixture(files)
    const cache = { ...noCache(), scheduler: { ...noCache().scheduler, run: runAtOnce } }
    await compressOutput({
      dir,
      options: resolveCompressOptions(options),
      cache,
      isForeign,
      isUsers: () => false,
    })
    expect(seen).toBe(most)
  })

  it.each([
    ['[path][base]', 'is the file itself'],
    ['../[base].gz', 'outside the output'],
    ['/srv/[base]', 'outside the output'],
  ])('refuses siblings called %s', async (filename, reason) => {
    const failed = compressed({ 'a.js': text() }, { filename, algorithms: ['gzip'] })
    await expect(failed).rejects.toMatchObject({
      code: 'PACELINE_COMPRESS_FILENAME',
      message: expect.stringContaining(reason),
    })
  })

  it('removes siblings of an earlier build under names of the options, too', async () => {
    const own = defineAlgorithm(async (input) => Promise.resolve(input.subarray(0, 5)))
    const options: CompressOptions = {
      algorithms: ['gzip', 'deflate', own],
      filename: (file, { algorithm }) => `z/${file}.${typeof algorithm === 'function' ? 'own' : String(algorithm)}`,
    }
    const dir = await writeFixture({ 'a.js': text(), 'b.js': text() })
    await run(dir, options)
    expect((await readdir(join(dir, 'z'))).sort()).toEqual(
      ['a.js', 'b.js'].flatMap((file) => [`${file}.deflate`, `${file}.gzip`, `${file}.own`]),
    )
    await writeFile(join(dir, 'b.js'), 'too small by now')
    const ledger = await run(dir, options, ['z/b.js.own'])
    expect((await readdir(join(dir, 'z'))).sort()).toEqual(['a.js.deflate', 'a.js.gzip', 'a.js.own', 'b.js.own'])
    expect(await check(ledger, options)).toEqual([])
  })

  it('replaces or removes siblings of an earlier build, and leaves those of other files alone', async () => {
    const files = {
      'a.js': text(),
      'a.js.gz': gzipSync('old'),
      'small.js': 'new',
      'small.js.br': 'not even brotli',
      'data.tar': 'no text',
      'data.tar.gz': gzipSync('somebody’s own'),
    }
    const { dir, ledger } = await compressed(files)
    expect(gunzipSync(await readFile(join(dir, 'a.js.gz'))).toString()).toBe(text())
    expect(await readdir(dir)).not.toContain('small.js.br')
    expect(gunzipSync(await readFile(join(dir, 'data.tar.gz'))).toString()).toBe('somebody’s own')
    expect(await check(ledger)).toEqual([])
  })

  it('keeps a sibling of the user’s own that is right, and replaces one that is wrong', async () => {
    const own = gzipSync(text(), { level: 1 })
    const dir = await writeFixture({ 'a.js': text(), 'a.js.gz': own, 'b.js': text(), 'b.js.gz': gzipSync('old') })
    await run(dir, undefined, ['a.js.gz', 'b.js.gz'])
    expect(await readFile(join(dir, 'a.js.gz'))).toEqual(own)
    expect(gunzipSync(await readFile(join(dir, 'b.js.gz'))).toString()).toBe(text())
  })

  it('gives the same bytes again, and leaves none of its temporary files', async () => {
    const dir = await writeFixture({ 'a.js': text(), 'b/c.css': text(9000) })
    await run(dir)
    const first = await hashDirectory(dir)
    await run(dir)
    expect(await hashDirectory(dir)).toEqual(first)
    expect(Object.keys(first)).toHaveLength(8)
  })

  it('follows links to files, not to directories, and not to nowhere', async () => {
    const outside = await writeFixture({ 'linked.js': text(), 'folder/x.js': text() })
    const dir = await writeFixture({ 'a.js': text() })
    symlinkSync(join(outside, 'linked.js'), join(dir, 'link.js'))
    symlinkSync(join(outside, 'folder'), join(dir, 'folder'))
    symlinkSync(join(outside, 'nothing.js'), join(dir, 'broken.js'))
    const ledger = await run(dir)
    expect([...ledger.records.keys()].sort()).toEqual(['a.js', 'link.js'])
    expect(await readdir(join(outside, 'folder'))).toEqual(['x.js'])
    expect(await check(ledger)).toEqual([])
  })

  it('goes on when a file is deleted in between', async () => {
    const dir = await writeFixture({ 'a.js': text(), 'b.js': text() })
    const options = resolveCompressOptions({})
    const isIncluded = (file: string): boolean => {
      rmSync(join(dir, 'b.js'), { force: true })
      return options.isIncluded(file)
    }
    const request = { dir, options: { ...options, isIncluded }, cache: noCache(), isForeign, isUsers: () => false }
    const ledger = await compressOutput(request)
    expect([...ledger.records.keys()]).toEqual(['a.js'])
    expect((await readdir(dir)).sort()).toEqual(['a.js', 'a.js.br', 'a.js.gz', 'a.js.zst'])
  })

  it('names every file that an encoder failed on, and compresses the others', async () => {
    const dir = await writeFixture({ 'a.js': text(), 'b.js': text(), 'good.css': text() })
    const algorithm = defineAlgorithm(async (input) => {
      if (input.byteLength === 4000) throw new Error('the encoder is out of order')
      return input.subarray(0, 5)
    })
    await writeFile(join(dir, 'good.css'), text(5000))
    const failed = run(dir, { algorithms: [algorithm] })
    await expect(failed).rejects.toMatchObject({
      code: 'PACELINE_COMPRESS_FAILED',
      message: expect.stringMatching(/2 files:\n.*`[ab]\.js → custom`.*out of order/),
    })
    expect((await readdir(dir)).sort()).toEqual(['a.js', 'b.js', 'good.css', 'good.css.gz'])
  })

  it('compresses a file that is larger than what is kept in memory at once', async () => {
    const { dir, ledger } = await compressed(
      { 'huge.txt': Buffer.alloc(70_000_000, 'x'), 'a.js': text() },
      { algorithms: ['gzip'] },
    )
    expect(gunzipSync(await readFile(join(dir, 'huge.txt.gz')))).toHaveLength(70_000_000)
    expect(await check(ledger, { algorithms: ['gzip'] })).toEqual([])
  })
})

describe('checkLedger', () => {
  const files = { 'a.js': text(), 'b.css': text(6000), 'small.js': 'tiny' }

  it('finds every byte that was changed in a sibling', async () => {
    const { dir, ledger } = await compressed(files)
    const random = seeded(1)
    for (let round = 0; round < 150; round++) {
      const names = ['a.js.gz', 'a.js.br', 'a.js.zst', 'b.css.gz', 'b.css.br', 'b.css.zst']
      const name = names[Math.floor(random() * names.length)]!
      const right = await readFile(join(dir, name))
      const wrong = Buffer.from(right)
      wrong[Math.floor(random() * wrong.length)]! ^= 1 << Math.floor(random() * 8)
      await writeFile(join(dir, name), round % 10 === 0 ? right.subarray(0, -1) : wrong)
      expect(await check(ledger)).toEqual([expect.stringContaining(name)])
      await writeFile(join(dir, name), right)
    }
    expect(await check(ledger)).toEqual([])
  })

  it.each([
    ['a file that changed', (dir: string) => writeFile(join(dir, 'a.js'), text(4001)), 'a.js changed after'],
    ['a small file that changed', (dir: string) => writeFile(join(dir, 'small.js'), 'huge'), 'small.js changed after'],
    ['a file that came later', (dir: string) => writeFile(join(dir, 'sw.js'), text()), 'sw.js was written after'],
    ['a sibling that is gone', (dir: string) => rmSync(join(dir, 'a.js.br')), 'a.js has lost its sibling a.js.br'],
    [
      'a sibling that came later',
      (dir: string) => writeFile(join(dir, 'small.js.gz'), 'x'),
      'small.js.gz that was written',
    ],
    ['a sibling without its file', (dir: string) => rmSync(join(dir, 'b.css')), 'left of a file that was removed'],
  ])('finds %s', async (_, change, problem) => {
    const { dir, ledger } = await compressed(files)
    await change(dir)
    expect(await check(ledger)).toEqual([expect.stringContaining(problem)])
  })
})
