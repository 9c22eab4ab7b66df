import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { hashDirectory, runBuild, writeFixture, type BuildLog, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import { importMapScripts } from './import-map-scripts.ts'
import { stableApp } from './testing/stable-app.ts'

async function build(
  root: string,
  config: InlineConfig = {},
  vite: ViteVersion = 8,
): Promise<{ log: BuildLog; files: Record<string, string> }> {
  const plugins = [chunks({ strategy: 'planned', stable: true, minChunkSize: 0 }), config.plugins ?? []]
  const { log } = await runBuild({ vite, root, plugins, config: { ...config, plugins: [] } })
  return { log, files: await hashDirectory(join(root, 'dist')) }
}

/** What the build says of `stable`. */
const said = ({ info, warn }: BuildLog): string[] => [...info, ...warn].filter((line) => line.includes('chunks.stable'))

/** Files that a built script names and that are not there. */
async function missing(root: string, files: Record<string, string>): Promise<string[]> {
  const scripts = Object.keys(files).filter((file) => file.endsWith('.js'))
  const texts = await Promise.all(scripts.map((file) => readFile(join(root, 'dist', file), 'utf8')))
  const named = texts.flatMap((text) => [...text.matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)].map(([, name = '']) => name))
  expect(named.length).toBeGreaterThan(0)
  return named.filter((name) => files[`assets/${name}`] === undefined)
}

describe('where no page can hold the map', () => {
  /** As plugins for backends do, after ours has read the config. */
  const backend = (root: string, input: string[]): Plugin => ({
    name: 'backend',
    config: () => ({ build: { rollupOptions: { input: input.map((file) => join(root, file)) } } }),
  })

  test.each([
    ['of a backend', ['src/main.js', 'src/a.js']],
    ['beside a page', ['index.html', 'src/a.js']],
  ])('scripts %s import files that are there, and one line says why', async (_, input) => {
    const root = await writeFixture(stableApp)
    const { log, files } = await build(root, { plugins: [backend(root, input)] })
    expect(await missing(root, files)).toEqual([])
    expect(Object.keys(files)).not.toContain('importmap.json')
    expect(said(log)).toEqual([expect.stringMatching(/without an import map: the input `src\/\w+\.js` is no HTML/)])
  })

  test('an environment may have inputs of its own', async () => {
    const root = await writeFixture(stableApp)
    const client = { build: { rollupOptions: { input: join(root, 'src/main.js') } } }
    const { log, files } = await build(root, { environments: { client } })
    expect(await missing(root, files)).toEqual([])
    expect(said(log)).toHaveLength(1)
  })

  test('a relative base and a page in a directory go without it', async () => {
    const root = await writeFixture({ ...stableApp, 'admin/index.html': stableApp['index.html'] })
    const input = [join(root, 'index.html'), join(root, 'admin/index.html')]
    const { log, files } = await build(root, { base: './', build: { rollupOptions: { input } } })
    expect(await missing(root, files)).toEqual([])
    expect(said(log)).toEqual([expect.stringContaining('`admin/index.html`')])
  })

  test('Vite 7 says so', async () => {
    const { log } = await build(await writeFixture(stableApp), {}, 7)
    expect(said(log)).toEqual([expect.stringContaining('since 8.1')])
  })
})

test('where there is a map, nothing is said', async () => {
  const { log, files } = await build(await writeFixture(stableApp))
  expect(said(log)).toEqual([])
  expect(Object.keys(files)).toContain('importmap.json')
})

test('an entry that a plugin adds is named where it would miss the map', async () => {
  const remote: Plugin = {
    name: 'remote',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '/src/b.js', fileName: 'remote.js' })
      this.emitFile({ type: 'chunk', id: '/src/alone.js', fileName: 'alone.js' })
    },
  }
  const root = await writeFixture({ ...stableApp, 'src/alone.js': 'ran.push(1)' })
  const { log } = await runBuild({ vite: 8, root, plugins: [chunks({ stable: true }), remote] })
  expect(log.warn).toEqual([expect.stringContaining('`remote.js` finds what it imports only where')])
})

test('another directory gives the same files and the same plan', async () => {
  const nested = await writeFixture(
    Object.fromEntries(Object.entries(stableApp).map(([file, text]) => [`z/y/${file}`, text])),
  )
  const roots = [await writeFixture(stableApp), join(nested, 'z/y')]
  const [one, other] = [await build(roots[0]!), await build(roots[1]!)]
  expect(other.files).toEqual(one.files)
  const plans = await Promise.all(roots.map((root) => readFile(join(root, 'paceline.chunks.json'), 'utf8')))
  expect(plans[1]).toBe(plans[0])
})

describe('a page with a map of its own', () => {
  const own = '<script type="importmap">{ "imports": { "shared-react": "/vendor/react.js" } }</script>'
  const app = { ...stableApp, 'index.html': stableApp['index.html'].replace('</head>', `${own}</head>`) }

  test('ends up with one map of both, and nobody warns of two', async () => {
    const root = await writeFixture(app)
    const { log } = await build(root)
    const [map, ...more] = importMapScripts(await readFile(join(root, 'dist/index.html'), 'utf8'))
    expect(more).toEqual([])
    const { imports } = JSON.parse(await readFile(join(root, 'dist/importmap.json'), 'utf8')) as { imports: object }
    expect(JSON.parse(map!.text)).toEqual({ imports: { 'shared-react': '/vendor/react.js', ...imports } })
    expect(log.warn).toEqual([])
  })

  test('that nobody can read fails the build', async () => {
    const root = await writeFixture({ ...app, 'index.html': app['index.html'].replace('{ "imports"', '{{ "imports"') })
    const error: unknown = await build(root).catch((thrown: unknown) => thrown)
    expect(errorCodes(error)).toContain('PACELINE_IMPORT_MAP_INVALID')
  })
})
