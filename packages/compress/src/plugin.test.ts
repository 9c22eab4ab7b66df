import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import {
  describePluginContract,
  runAppBuild,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
} from '@paceline/testkit'
import type { Plugin, ViteBuilder } from 'vite'
import { describe, expect, test } from 'vitest'
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

describe.each(viteVersions)('compress() on Vite %d', (vite) => {
  test('compresses a file that another plugin writes in closeBundle', async () => {
    const root = await writeFixture(smallApp)
    const worker: Plugin = {
      name: 'writes-a-worker-last',
      closeBundle: () => writeFiles(root, { 'dist/sw.js': `self.list = [${'"a long precache entry",'.repeat(100)}]` }),
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

  test('leaves process.stdout.write as it was', async () => {
    const root = await writeFixture(smallApp)
    const { write } = process.stdout
    await runBuild({ vite, root, plugins: compress() })
    expect(process.stdout.write).toBe(write)
  })
})

test('names the option and what is known when an algorithm is unknown', () => {
  expect(() => compress({ algorithms: ['lzma'] } as unknown as CompressOptions)).toThrow(/compress\.algorithms/)
})
