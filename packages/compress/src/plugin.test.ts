import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { artifactCache } from '@paceline/artifact-cache'
import { errorCodes, moveToEnd } from '@paceline/kit'
import {
  describePluginContract,
  hashDirectory,
  runAppBuild,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
  type FixtureFiles,
} from '@paceline/testkit'
import type { InlineConfig, Plugin, Rollup, ViteBuilder } from 'vite'
import { describe, expect, test, vi } from 'vitest'
import { defineAlgorithm } from './algorithms.ts'
import { compress } from './plugin.ts'
import type { CompressOptions } from './options.ts'

const decoders = { '.gz': gunzipSync, '.br': brotliDecompressSync, '.zst': zstdDecompressSync }

async function expectSiblings(outDir: string): Promise<void> {
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.filter((name) => /\.(?:js|css|html|txt)$/.test(name))) {
    const content = await readFile(file)
    for (const [extension, decode] of Object.entries(decoders)) {
      const sibling = files.includes(file + extension)
      expect(`${file} ${extension} ${sibling}`).toBe(`${file} ${extension} ${content.byteLength >= 1024}`)
      if (sibling) expect(decode(await readFile(file + extension)).equals(content)).toBe(true)
    }
  }
}

describePluginContract<CompressOptions>({
  name: 'compress()',
  create: compress,
  options: { algorithms: ['gzip', 'brotli', 'zstd'], threshold: 1024 },
  changesOutput: false,
  verify: ({ outDir }) => expectSiblings(outDir),
})

const text = `self.list = [${'"a long precache entry",'.repeat(100)}]`

describe.each(viteVersions)('compress() on Vite %d', (vite) => {
  test('leaves a library alone', async () => {
    const root = await writeFixture({ 'index.js': `export const text = ${JSON.stringify('text '.repeat(900))}` })
    await runBuild({
      vite,
      root,
      plugins: compress(),
      config: { build: { lib: { entry: 'index.js', formats: ['es'], fileName: 'index' } } },
    })
    expect(await readdir(join(root, 'dist'))).toEqual(['index.mjs'])
  })

  test('compresses a file that another plugin writes in closeBundle', async () => {
    const root = await writeFixture(smallApp)
    const worker: Plugin = {
      name: 'writes-a-worker-last',
      closeBundle: () => writeFiles(root, { 'dist/sw.js': text }),
    }
    await runBuild({ vite, root, plugins: [compress(), worker] })
    expect(await readdir(join(root, 'dist'))).toEqual(expect.arrayContaining(['sw.js.br', 'sw.js.gz', 'sw.js.zst']))
    await expectSiblings(join(root, 'dist'))
  })

  test('makes a sibling anew when its file changed after it was compressed', async () => {
    const root = await writeFixture(smallApp)
    const banner: Plugin = {
      name: 'changes-a-file-late',
      async closeBundle() {
        const file = join(root, 'dist/robots.txt')
        await writeFiles(root, { 'dist/robots.txt': `${await readFile(file, 'utf8')}# changed late\n` })
      },
    }
    await runBuild({ vite, root, plugins: [compress(), banner] })
    await expectSiblings(join(root, 'dist'))
  })

  test('leaves alone what another plugin of ours puts there at the very end, and proves itself', async () => {
    const root = await writeFixture(smallApp)
    const late: Plugin = {
      name: 'paceline:writes-late',
      enforce: 'post',
      api: { isProven: (path: string) => path === join(root, 'dist/assets/old.js') },
      configResolved: ({ plugins }) => moveToEnd(plugins, late, 'delivery'),
      closeBundle: {
        order: 'post',
        sequential: true,
        handler: () => writeFiles(root, { 'dist/assets/old.js': text }),
      },
    }
    await runBuild({ vite, root, plugins: [compress(), late] })
    expect(await readdir(join(root, 'dist/assets'))).not.toContain('old.js.br')
    const stranger = { ...late, api: {} }
    const build = runBuild({ vite, root, plugins: [compress(), stranger] })
    await expect(build).rejects.toSatisfy((error: unknown) => errorCodes(error).includes('PACELINE_LEDGER_MISMATCH'))
  })

  test('keeps a sibling that is right, below the threshold too', async () => {
    const content = 'small, and compressed by its owner'
    const root = await writeFixture({ ...smallApp, 'public/own.txt': content, 'public/own.txt.gz': gzipSync(content) })
    await runBuild({ vite, root, plugins: compress() })
    expect(gunzipSync(await readFile(join(root, 'dist/own.txt.gz'))).toString()).toBe(content)
  })

  test('removes a small sibling that is wrong', async () => {
    const root = await writeFixture({ ...smallApp, 'public/own.txt': 'new', 'public/own.txt.gz': gzipSync('old') })
    await runBuild({ vite, root, plugins: compress() })
    expect(await readdir(join(root, 'dist'))).not.toContain('own.txt.gz')
  })

  test('leaves the output of a server environment inside that of the client alone', async () => {
    const root = await writeFixture({
      ...smallApp,
      'src/server.js': `export const text = ${JSON.stringify('long '.repeat(500))}`,
    })
    const ssr = {
      outDir: 'dist/server',
      ssr: true,
      minify: false,
      rollupOptions: { input: join(root, 'src/server.js') },
    }
    const order = async (builder: ViteBuilder): Promise<void> => {
      await builder.build(builder.environments['client']!)
      await builder.build(builder.environments['ssr']!)
      await builder.build(builder.environments['client']!)
    }
    const config = {
      build: { emptyOutDir: false },
      builder: { buildApp: order },
      environments: { client: { build: { outDir: 'dist' } }, ssr: { build: ssr } },
    }
    await runAppBuild({ vite, root, plugins: compress(), config })
    const server = await readdir(join(root, 'dist/server'))
    expect(server).toContain('server.js')
    expect(server.filter((file) => /\.(?:br|gz|zst)$/.test(file))).toEqual([])
  })

  test.each([
    ['listed after it', (plugin: Plugin) => [compress(), plugin]],
    ['listed before it', (plugin: Plugin) => [plugin, compress()]],
  ])('compresses what a plugin %s writes in the last closeBundle of all', async (_, list) => {
    const root = await writeFixture(smallApp)
    const last: Plugin = {
      name: 'writes-last',
      enforce: 'post',
      closeBundle: { order: 'post', sequential: true, handler: () => writeFiles(root, { 'dist/sw.js': text }) },
    }
    await runBuild({ vite, root, plugins: list(last) })
    expect(await readdir(join(root, 'dist'))).toContain('sw.js.br')
    await expectSiblings(join(root, 'dist'))
  })

  /** Knows where the ledger is, and puts itself between compression and that. */
  const writesLast = (root: string, files: FixtureFiles): Plugin => {
    const plugin: Plugin = {
      name: 'writes-after-all-others',
      enforce: 'post',
      configResolved(config) {
        const list = config.plugins as Plugin[]
        list.splice(list.indexOf(plugin), 1)
        list.splice(
          list.findIndex(({ name }) => name === 'paceline:compress-ledger'),
          0,
          plugin,
        )
      },
      closeBundle: { order: 'post', sequential: true, handler: () => writeFiles(root, files) },
    }
    return plugin
  }

  test.each([
    ['writes a file', { 'dist/late.js': 'late' }, 'late.js was written after'],
    ['changes a file', { 'dist/robots.txt': 'changed' }, 'robots.txt changed after'],
    ['changes a sibling', { 'dist/robots.txt.br': 'broken' }, 'robots.txt.br that changed after'],
  ])('fails when a plugin %s after it, also when the log level is silent', async (_, files, problem) => {
    const root = await writeFixture(smallApp)
    const failed = runBuild({
      vite,
      root,
      plugins: [compress(), writesLast(root, files)],
      config: { logLevel: 'silent' },
    })
    const error = await failed.catch((reason: unknown) => reason)
    expect(errorCodes(error)).toContain('PACELINE_LEDGER_MISMATCH')
    expect((error as Error).message).toContain(problem)
  })

  test('says so in the log of a watcher, which goes on', async () => {
    const root = await writeFixture(smallApp)
    const { log, output } = await runBuild({
      vite,
      root,
      plugins: [compress(), writesLast(root, { 'dist/late.js': 'late' })],
      config: { build: { watch: {} } },
    })
    try {
      await vi.waitFor(() => expect(log.error.join()).toContain('late.js was written after'), { timeout: 15_000 })
    } finally {
      await (output as Rollup.RollupWatcher).close()
    }
  })

  test('fails with the name of the file when an encoder fails, also when the log level is silent', async () => {
    const root = await writeFixture(smallApp)
    const broken = defineAlgorithm(async () => {
      throw new Error('out of order')
    })
    const plugins = compress({ algorithms: [broken], include: '**/*.txt' })
    const failed = runBuild({ vite, root, plugins, config: { logLevel: 'silent' } })
    const error = await failed.catch((reason: unknown) => reason)
    expect(errorCodes(error)).toContain('PACELINE_WORK_FAILED')
    expect((error as Error).message).toContain('`robots.txt → custom` could not be made; out of order')
  })

  test('makes nothing in a second build, and says what was there', async () => {
    const root = await writeFixture(smallApp)
    const first = await runBuild({ vite, root, plugins: compress() })
    const before = await hashDirectory(join(root, 'dist'))
    const second = await runBuild({ vite, root, plugins: compress() })
    expect(await hashDirectory(join(root, 'dist'))).toEqual(before)
    const told = (log: readonly string[]): string | undefined => log.find((line) => line.startsWith('paceline cache'))
    const [, made] = /0 of (\d+) results were there; \1 made/.exec(told(first.log.info)!)!
    expect(told(second.log.info)).toMatch(new RegExp(`${made} of ${made} results were there \\(disk ${made}\\)`))
  })

  test('does not need a cache', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: [artifactCache(false), compress()] })
    await expectSiblings(join(root, 'dist'))
    expect(await readdir(root)).not.toContain('.cache')
    expect(await readdir(join(root, 'node_modules'))).toEqual(['tiny-format'])
  })

  test('works in two builds at once with one cache', async () => {
    const root = await writeFixture(smallApp)
    const outDirs = ['dist/a', 'dist/b', 'dist/c']
    await Promise.all(
      outDirs.map((outDir) => runBuild({ vite, root, plugins: compress(), config: { build: { outDir } } })),
    )
    for (const outDir of outDirs) await expectSiblings(join(root, outDir))
  })

  test('compresses outputs in directories of their own', async () => {
    const root = await writeFixture(smallApp)
    const output = [{ dir: join(root, 'dist') }, { dir: join(root, 'other') }]
    await runBuild({ vite, root, plugins: compress(), config: { build: { rollupOptions: { output } } } })
    await expectSiblings(join(root, 'dist'))
    await expectSiblings(join(root, 'other'))
    expect((await readdir(join(root, 'other/assets'))).some((file) => file.endsWith('.js.br'))).toBe(true)
  })

  test('removes files that have a sibling when it is told to', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: compress({ deleteOriginalAssets: true, algorithms: ['gzip'] }) })
    const files = await readdir(join(root, 'dist'))
    expect(files).toEqual(expect.arrayContaining(['index.html', 'robots.txt.gz']))
    expect(files).not.toContain('robots.txt')
  })

  test('copies artifacts and compresses them, and says when there is none', async () => {
    const content = 'a list that is copied. '.repeat(100)
    const root = await writeFixture({ ...smallApp, 'lists/a.txt': content })
    const artifacts = (src: string) => () => [{ src, replace: (dir: string, name: string) => join(dir, 'x', name) }]
    await runBuild({ vite, root, plugins: compress({ artifacts: artifacts('lists') }) })
    expect(gunzipSync(await readFile(join(root, 'dist/x/lists/a.txt.gz'))).toString()).toBe(content)
    const failed = runBuild({ vite, root, plugins: compress({ artifacts: artifacts('nothing') }) })
    await expect(failed).rejects.toSatisfy((error) => errorCodes(error).includes('PACELINE_COMPRESS_ARTIFACT_MISSING'))
  })

  const prerenders = (root: string, files: FixtureFiles): Plugin => ({
    name: 'prerenders-pages',
    applyToEnvironment: ({ name }) => name === 'ssr',
    closeBundle: () => writeFiles(root, files),
  })
  const withServer = (root: string): InlineConfig => ({
    builder: {},
    environments: {
      client: { build: { outDir: 'dist/client' } },
      ssr: { build: { outDir: 'dist/server', ssr: true, rollupOptions: { input: join(root, 'src/server.js') } } },
    },
  })

  test('compresses pages that a server build writes into the output of the client', async () => {
    const root = await writeFixture(smallApp)
    const pages = { 'dist/client/pages/about.html': '<p>a page that was prerendered</p>'.repeat(100) }
    await runAppBuild({ vite, root, plugins: [compress(), prerenders(root, pages)], config: withServer(root) })
    expect(await readdir(join(root, 'dist/client/pages'))).toContain('about.html.br')
    await expectSiblings(join(root, 'dist/client'))
    const server = await readdir(join(root, 'dist/server'))
    expect(server.filter((file) => /\.(?:br|gz|zst)$/.test(file))).toEqual([])
  })

  test('fails when a server build changes what the client has compressed', async () => {
    const root = await writeFixture(smallApp)
    const plugins = [compress(), prerenders(root, { 'dist/client/robots.txt': 'changed' })]
    const error = await runAppBuild({ vite, root, plugins, config: withServer(root) }).catch(
      (reason: unknown) => reason,
    )
    expect(errorCodes(error)).toContain('PACELINE_LEDGER_MISMATCH')
  })

  test('leaves process.stdout.write as it was', async () => {
    const root = await writeFixture(smallApp)
    const { write } = process.stdout
    await runBuild({ vite, root, plugins: compress() })
    expect(process.stdout.write).toBe(write)
  })
})

test.each([
  [{ algorithms: [['brotli', { dictionary: Buffer.from('x') }]] }, /compress\.algorithms.*without a dictionary/],
  [{ scheduler: { limit: 0 } }, /compress\.scheduler\.limit.*at least 1/],
  [{ minRatio: 2 }, /compress\.minRatio.*at most 1/],
])('refuses %o', (options, message) => {
  expect(() => compress(options as unknown as CompressOptions)).toThrow(message)
})

test('names the option and what is known when an algorithm is unknown', () => {
  expect(() => compress({ algorithms: ['lzma'] } as unknown as CompressOptions)).toThrow(/compress\.algorithms/)
})
