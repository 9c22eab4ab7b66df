import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { brotliDecompressSync, zstdDecompressSync } from 'node:zlib'
import type { BuildReport } from '@paceline/build-graph'
import { errorCodes, moveToEnd } from '@paceline/kit'
import {
  describePluginContract,
  hashDirectory,
  runAppBuild,
  runBuild,
  smallApp,
  viteVersions,
  writeFixture,
  writeFiles,
  type BuildLog,
  type FixtureFiles,
  type ViteVersion,
} from '@paceline/testkit'
import type { InlineConfig, Plugin, PluginOption } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DeliveredFile, DeliveryManifest } from './manifest.ts'
import type { DeliveryOptions } from './options.ts'
import { delivery } from './plugin.ts'

const WORDS = Array.from({ length: 600 }, (_, index) => ((index * 7919) % 100_003).toString(36))
const app: FixtureFiles = {
  ...smallApp,
  'src/words.js': `export const words = ${JSON.stringify(WORDS)}\n`,
  'src/main.js': `import { words } from './words.js'\n${smallApp['src/main.js'] as string}\nglobalThis.words = words\n`,
}
const greeting = (text: string): string => `export const greet = (name) => \`${text}, \${name}!\`\n`

async function readJson<Result>(...path: string[]): Promise<Result> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as Result
}

const manifestOf = (root: string): Promise<DeliveryManifest> => readJson(root, '.paceline/delivery/manifest.json')
const reportOf = (root: string): Promise<BuildReport> => readJson(root, '.paceline/report.json')
const releasesOf = async (root: string): Promise<string[]> =>
  (await readdir(join(root, '.paceline/releases')).catch(() => [])).filter((name) => name.endsWith('.json'))

interface Release {
  readonly vite: ViteVersion
  readonly root: string
  readonly options?: DeliveryOptions
  readonly config?: InlineConfig
  readonly also?: PluginOption
}

/** One build of the app with a text in it, as release after release would change it. */
async function release(text: string, { vite, root, options, config, also = [] }: Release): Promise<BuildLog> {
  await writeFiles(root, { 'src/greet.js': greeting(text) })
  const { log } = await runBuild({ vite, root, plugins: [delivery(options), also], ...(config ? { config } : {}) })
  return log
}

const entryOf = ({ files }: DeliveryManifest): DeliveredFile =>
  files.find(({ dictionaryFor, archived }) => dictionaryFor?.endsWith('index-*.js') && !archived)!

describePluginContract<DeliveryOptions>({
  name: 'delivery',
  create: (options) => delivery(options),
  options: { releases: 3, maxAge: '30d', deltas: true, policy: { '**/*.css': { 'x-style': 'yes' } }, links: {} },
  failing: { options: { policy: { 'nowhere/*.js': false } }, code: 'PACELINE_DELIVERY_GLOB' },
  changesOutput: true,
})

describe.each(viteVersions)('delivery on Vite %d', (vite) => {
  it('serves the files of earlier releases beside the new ones, and counts them nowhere', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const old = entryOf(await manifestOf(root))
    const bytes = await readFile(join(root, 'dist', old.file))
    await release('Good morning', { vite, root })
    expect(await readFile(join(root, 'dist', old.file))).toEqual(bytes)
    const manifest = await manifestOf(root)
    expect(manifest.files.find(({ file }) => file === old.file)).toMatchObject({ archived: true, hashed: true })
    const report = await reportOf(root)
    expect(report.files.map(({ file }) => file)).not.toContain(old.file)
    expect(report.delivery?.besides).toContain(old.file)
  })

  it('makes deltas that decode with the old file to the new one, and says what changed it', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const old = entryOf(await manifestOf(root))
    await release('Good morning', { vite, root })
    const now = entryOf(await manifestOf(root))
    const read = (file: string): Promise<Buffer> => readFile(join(root, 'dist', file))
    const [content, dictionary] = await Promise.all([read(now.file), read(old.file)])
    expect(now.deltas?.map(({ encoding }) => encoding).sort()).toEqual(['dcb', 'dcz'])
    for (const { encoding, file, dictionary: hash } of now.deltas!) {
      expect(hash).toBe(old.sha256)
      const delta = await read(file)
      const decoded =
        encoding === 'dcb'
          ? brotliDecompressSync(delta.subarray(36), { dictionary } as object)
          : zstdDecompressSync(delta.subarray(40), { dictionary })
      expect(decoded.equals(content)).toBe(true)
    }
    const { delivery: section } = await reportOf(root)
    expect(section?.changes).toContainEqual(
      expect.objectContaining({ file: now.file, was: old.file, cause: 'own code', by: ['src/greet.js'] }),
    )
    expect(section?.changes.find(({ cause }) => cause === 'cascade')?.by).toEqual([now.file])
    const [route] = section!.routes
    expect(route!.returning[0]!.deltas).toBeLessThan(route!.returning[0]!.brotli / 4)
  })

  it('says which package a change came from', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const file = 'node_modules/tiny-format/package.json'
    await writeFiles(root, {
      [file]: String(app[file]).replace('2.1.0', '2.2.0'),
      'node_modules/tiny-format/index.js': "export const format = (text) => text.split('').toReversed().join('')\n",
    })
    await release('Hello', { vite, root })
    const { changes } = (await reportOf(root)).delivery!
    expect(changes).toContainEqual(expect.objectContaining({ cause: 'dependency', by: ['tiny-format@2.2.0'] }))
  })

  it('keeps as many releases as it is told, and never an archived file of those that went', async () => {
    const root = await writeFixture(app)
    const first: string[] = []
    for (const text of ['one', 'two', 'three', 'four']) {
      await release(text, { vite, root, options: { releases: 2 } })
      first.push(entryOf(await manifestOf(root)).file)
    }
    expect(await releasesOf(root)).toHaveLength(3)
    const files = Object.keys(await hashDirectory(join(root, 'dist')))
    expect(first.map((file) => files.includes(file))).toEqual([false, true, true, true])
  })

  it('fails when a hashed name stands for other bytes than in an earlier release', async () => {
    const root = await writeFixture(app)
    const stamp = (text: string): Plugin => ({
      name: 'stamp',
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle)) if (output.type === 'chunk') output.code += `\n// ${text}`
      },
    })
    await release('Hello', { vite, root, also: stamp('first') })
    const failed = release('Hello', { vite, root, also: stamp('second') })
    await expect(failed).rejects.toSatisfy((error: unknown) => errorCodes(error).includes('PACELINE_HASH_COLLISION'))
    await expect(failed).rejects.toThrow(/index-.*\.js, as release [\da-f]{12} has it with other bytes/)
  })

  it('takes it for no collision when a source map is all that a build has more', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const { files } = await manifestOf(root)
    await release('Hello', { vite, root, config: { build: { sourcemap: true } } })
    const names = (list: typeof files): string[] => list.filter(({ hashed }) => hashed).map(({ file }) => file)
    // Rollup makes other names then; Rolldown makes the same, and adds a comment.
    if (vite === 8) expect(names((await manifestOf(root)).files)).toEqual(names(files))
    expect((await reportOf(root)).delivery?.releases).toHaveLength(2)
  })

  it('leaves no delta of an earlier build in an output that is not emptied', async () => {
    const root = await writeFixture(app)
    const config = { build: { emptyOutDir: false } }
    for (const text of ['Hello', 'Hi', 'Good morning']) await release(text, { vite, root, config })
    const { files } = await manifestOf(root)
    const known = files.flatMap(({ deltas = [] }) => deltas.map(({ file }) => file)).sort()
    const found = Object.keys(await hashDirectory(join(root, 'dist'))).filter((file) => /\.dc[bz]$/.test(file))
    expect(found.sort()).toEqual(known)
  })

  it('takes no name for hashed that has no hash, whatever it looks like', async () => {
    const root = await writeFixture({ ...app, 'public/assets/index-AbCdEf12.js': 'public()' })
    const output = { entryFileNames: '[name].js', assetFileNames: 'assets/[name][extname]' }
    await release('Hello', { vite, root, config: { build: { rollupOptions: { output } } } })
    const { files } = await manifestOf(root)
    const hashed = files.filter((one) => one.hashed).map(({ file }) => file)
    expect(hashed.every((file) => /^assets\/(?:lazy|about)-.{8}\.js$/.test(file))).toBe(true)
    expect(hashed).toHaveLength(2)
  })

  it('serves the workers of earlier releases on, which are no chunks of the app', async () => {
    const worker = "new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })"
    const root = await writeFixture({ ...app, 'src/main.js': `${String(app['src/main.js'])}\n${worker}\n` })
    const names: string[] = []
    for (const text of ['one', 'two']) {
      await writeFiles(root, { 'src/worker.js': `self.postMessage('${text} ${WORDS.join(' ')}')\n` })
      await release('Hello', { vite, root })
      const { files } = await manifestOf(root)
      names.push(files.find(({ file, archived }) => file.includes('worker-') && !archived)!.file)
    }
    const { files } = await manifestOf(root)
    const workers = files.filter(({ file }) => names.includes(file))
    expect(workers.map(({ hashed }) => hashed)).toEqual([true, true])
    expect(workers.flatMap(({ deltas = [] }) => deltas)).toHaveLength(2)
  })

  it('goes on with one warning when the archive is damaged, without what is damaged', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const old = entryOf(await manifestOf(root))
    await writeFile(join(root, '.paceline/releases/content', old.sha256), 'something else')
    const log = await release('Good morning', { vite, root })
    expect(log.warn).toHaveLength(1)
    expect(log.warn[0]).toContain(old.sha256)
    const manifest = await manifestOf(root)
    expect(manifest.files.map(({ file }) => file)).not.toContain(old.file)
    expect(entryOf(manifest).deltas).toBeUndefined()
    const [name] = await releasesOf(root)
    await writeFile(join(root, '.paceline/releases', name!), '{"schemaVersion":1,')
    const second = await release('Good evening', { vite, root })
    expect(second.warn.filter((message) => message.includes(name!))).toHaveLength(1)
  })

  it('fetches releases from a live site, and leaves out what has other bytes there', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const old = entryOf(await manifestOf(root))
    const files = new Map<string, Buffer>()
    for (const file of Object.keys(await hashDirectory(join(root, 'dist')))) {
      files.set(`/${file}`, await readFile(join(root, 'dist', file)))
    }
    const site = createServer((request, response) => {
      const content = files.get(request.url!)
      response.statusCode = content ? 200 : 404
      response.end(content)
    })
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
    onTestFinished(() => void site.close())
    const history = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
    await rm(join(root, '.paceline'), { recursive: true })
    expect((await release('Good morning', { vite, root, options: { history } })).warn).toEqual([])
    const manifest = await manifestOf(root)
    expect(manifest.files.map(({ file }) => file)).toContain(old.file)
    expect(entryOf(manifest).deltas).toHaveLength(2)

    await rm(join(root, '.paceline'), { recursive: true })
    files.set(`/${old.file}`, Buffer.alloc(old.bytes, 'x'))
    const log = await release('Good morning', { vite, root, options: { history } })
    expect(log.warn).toEqual([expect.stringContaining(`${old.file} with other bytes`)])
    expect((await manifestOf(root)).files.map(({ file }) => file)).not.toContain(old.file)
  })

  it('goes on with one warning when the live site cannot be reached', async () => {
    const root = await writeFixture(app)
    const log = await release('Hello', { vite, root, options: { history: 'http://127.0.0.1:9/' } })
    expect(log.warn).toEqual([expect.stringContaining('`delivery.history` (http://127.0.0.1:9/) could not be read')])
  })

  it('gets releases through the artifact cache from another machine', async () => {
    const root = await writeFixture(app)
    const options = { history: 'cache' }
    await release('Hello', { vite, root, options })
    const old = entryOf(await manifestOf(root))
    await rm(join(root, '.paceline'), { recursive: true })
    expect((await release('Good morning', { vite, root, options })).warn).toEqual([])
    expect((await manifestOf(root)).files.map(({ file }) => file)).toContain(old.file)
  })

  it.each([
    ['/app/', '/app/assets/index-*.js', '/app/'],
    ['./', 'index-*.js', '/'],
    ['https://cdn.example.com/x/', '/x/assets/index-*.js', '/'],
  ])('makes the pattern of dictionaries with base %s', async (base, pattern, mount) => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root, config: { base } })
    const manifest = await manifestOf(root)
    expect(manifest.base).toBe(mount)
    expect(entryOf(manifest).dictionaryFor).toBe(pattern)
  })

  it('writes nothing for libraries, and nothing when nothing is written', async () => {
    const root = await writeFixture(app)
    const lib = { entry: join(root, 'src/greet.js'), formats: ['es' as const], fileName: 'greet' }
    await release('Hello', { vite, root, config: { build: { lib } } })
    await release('Hello', { vite, root, config: { build: { write: false } } })
    expect(await releasesOf(root)).toEqual([])
    expect(Object.keys(await hashDirectory(join(root, 'dist')))).not.toContain('paceline-releases.json')
  })

  it('archives no file of a server', async () => {
    const root = await writeFixture(app)
    const ssr = { outDir: 'dist/server', ssr: true, rollupOptions: { input: join(root, 'src/server.js') } }
    const config = { builder: {}, environments: { client: { build: { outDir: 'dist' } }, ssr: { build: ssr } } }
    for (const text of ['Hello', 'Good morning']) {
      await writeFiles(root, { 'src/greet.js': greeting(text) })
      await runAppBuild({ vite, root, plugins: delivery(), config })
    }
    const [name] = await releasesOf(root)
    const record = await readFile(join(root, '.paceline/releases', name!), 'utf8')
    expect(record).not.toContain('server')
    expect(await releasesOf(root)).toHaveLength(2)
  })

  it('survives two builds at once in one archive', async () => {
    const [first, second] = [await writeFixture(app), await writeFixture(app)]
    await release('Hello', { vite, root: first })
    // One archive for both, as two jobs on one machine have it.
    const dir = join(first, '.paceline')
    const graph = async (root: string, text: string): Promise<BuildLog> => {
      const { buildGraph } = await import('@paceline/build-graph')
      await writeFiles(root, { 'src/greet.js': greeting(text) })
      return (await runBuild({ vite, root, plugins: [buildGraph({ dir }), delivery()] })).log
    }
    const logs = await Promise.all([graph(first, 'Good morning'), graph(second, 'Good evening')])
    expect(logs.flatMap(({ warn }) => warn)).toEqual([])
    expect(
      await readdir(join(dir, 'releases')).then((names) => names.filter((name) => name.endsWith('.json'))),
    ).toHaveLength(3)
  })

  it('fails when a plugin changes a delta after it was made', async () => {
    const root = await writeFixture(app)
    await release('Hello', { vite, root })
    const spoil: Plugin = {
      name: 'spoils-a-delta',
      enforce: 'post',
      configResolved: ({ plugins }) => moveToEnd(plugins, spoil, 'verdict'),
      closeBundle: {
        order: 'post',
        sequential: true,
        async handler() {
          const [delta] = entryOf(await manifestOf(root)).deltas!
          const path = join(root, 'dist', delta!.file)
          const bytes = await readFile(path)
          bytes[bytes.length - 2]! ^= 0xff
          await writeFile(path, bytes)
        },
      },
    }
    const failed = release('Good morning', { vite, root, also: spoil })
    await expect(failed).rejects.toSatisfy((error: unknown) => errorCodes(error).includes('PACELINE_DELIVERY_BROKEN'))
  })
})
