import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashDirectory, runBuild, viteVersions, writeFiles, writeFixture, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import { runPage } from '../testing/run-output.ts'
import { stableApp as app } from './testing/stable-app.ts'

/** Adds `integrity` to what the HTML loads, as plugins for subresource integrity do. */
const integrity = (): Plugin => ({
  name: 'integrity',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html'] as { source: string }
      page.source = page.source.replaceAll(/(?:src|href)="\/(assets\/[^"]+)"/g, (link, file: string) => {
        const output = bundle[file]
        const content = output?.type === 'chunk' ? output.code : (output?.source ?? '')
        return `${link} integrity="sha256-${createHash('sha256').update(content).digest('base64')}"`
      })
    },
  },
})

async function build(
  vite: ViteVersion,
  root: string,
  stable: boolean,
  config: InlineConfig = {},
): Promise<Record<string, string>> {
  const plugins = [chunks({ strategy: 'planned', stable, minChunkSize: 0 }), config.plugins ?? []]
  await runBuild({ vite, root, plugins, config: { ...config, plugins: [] } })
  return hashDirectory(join(root, 'dist'))
}

/** Files of the second build that a visitor of the first does not have. */
async function changedBy(
  vite: ViteVersion,
  stable: boolean,
  config?: InlineConfig,
): Promise<{ changed: string[]; all: string[]; root: string }> {
  const root = await writeFixture(app)
  const before = await build(vite, root, stable, config)
  await writeFiles(root, { 'src/leaf.js': app['src/leaf.js'].replace('leaf one', 'leaf two') })
  const after = await build(vite, root, stable, config)
  const known = new Set(Object.values(before))
  const changed = Object.keys(after).filter((file) => file.endsWith('.js') && !known.has(after[file]!))
  return { changed, all: Object.keys(after).filter((file) => file.endsWith('.js')), root }
}

describe('on Vite 8', () => {
  test('file names without a hash need no map', async () => {
    const output = { entryFileNames: 'main.js', chunkFileNames: 'chunks/[name].js' }
    const root = await writeFixture(app)
    const files = await build(8, root, true, { build: { rollupOptions: { output } } })
    expect(Object.keys(files)).toContain('main.js')
    expect(await readFile(join(root, 'dist/index.html'), 'utf8')).not.toContain('importmap')
  })

  test.each(['/', '/app/', './'])('one string in a leaf changes one file with base %s', async (base) => {
    const { changed, all } = await changedBy(8, true, { base })
    expect(changed).toHaveLength(1)
    expect(all.length).toBeGreaterThan(3)
  })

  test('without the switch it changes everybody who leads to the leaf', async () => {
    const { changed } = await changedBy(8, false)
    expect(changed.length).toBeGreaterThan(2)
  })

  test('the pages run, with an import map before the first script', async () => {
    const root = await writeFixture(app)
    await build(8, root, true)
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    const map = html.indexOf('<script type="importmap">')
    expect(map).toBeGreaterThan(-1)
    expect(map).toBeLessThan(html.indexOf('<script type="module"'))
  })

  test('writes down what a Content-Security-Policy must allow, as an independent hash of the map says it', async () => {
    const root = await writeFixture(app)
    await build(8, root, true)
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    const [, map = ''] = /<script type="importmap">([^<]*)<\/script>/.exec(html)!
    const hash = createHash('sha256').update(map, 'utf8').digest('base64')
    const { scriptSrc } = JSON.parse(await readFile(join(root, '.paceline/csp.json'), 'utf8')) as Record<
      string,
      unknown
    >
    expect(scriptSrc).toEqual({ 'index.html': [`'sha256-${hash}'`] })
    await build(8, root, true, { build: { chunkImportMap: false } })
    await expect(readFile(join(root, '.paceline/csp.json'))).rejects.toThrow('ENOENT')
  })

  test('gives the map the nonce of `html.cspNonce`', async () => {
    const root = await writeFixture(app)
    await build(8, root, true, { html: { cspNonce: 'NONCE' } })
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    expect(html).toMatch(/<script type="importmap" nonce="NONCE">/)
  })

  test('leaves hashes of subresources right', async () => {
    const { root } = await changedBy(8, true, { plugins: [integrity()] })
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    const links = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)" integrity="sha256-([^"]+)"/g)]
    expect(links.length).toBeGreaterThan(0)
    for (const [, file = '', hash] of links) {
      const content = await readFile(join(root, 'dist', file))
      expect(createHash('sha256').update(content).digest('base64')).toBe(hash)
    }
  })

  test('works without preloading', async () => {
    const { changed } = await changedBy(8, true, { build: { modulePreload: false } })
    expect(changed).toHaveLength(1)
  })
})

describe('on Vite 7', () => {
  test('there is no map, and no more files change than without the switch', async () => {
    const stable = await changedBy(7, true)
    const html = await readFile(join(stable.root, 'dist/index.html'), 'utf8')
    expect(html).not.toContain('importmap')
    const loose = await changedBy(7, false)
    expect(stable.changed.length).toBeLessThanOrEqual(loose.changed.length)
  })
})

/** What a script says, whatever the files that it names are called in this build. */
const withoutHashes = (code: string): string => code.replaceAll(/-[\w-]{8}(?=\.(?:js|css)\b)/g, '')

/** Scripts by their name without the hash. */
async function scripts(root: string): Promise<Record<string, string>> {
  const files = Object.keys(await hashDirectory(join(root, 'dist'))).filter((file) => file.endsWith('.js'))
  const texts = await Promise.all(files.map((file) => readFile(join(root, 'dist', file), 'utf8')))
  return Object.fromEntries(files.map((file, index) => [withoutHashes(file), withoutHashes(texts[index]!)]))
}

test.each(viteVersions)('one more export changes only who has it and who uses it on Vite %d', async (vite) => {
  const root = await writeFixture(app)
  await build(vite, root, true)
  const before = await scripts(root)
  const shared = `${app['src/shared.js']}\nexport const added = shared + 1`
  await writeFiles(root, {
    'src/shared.js': shared,
    'src/a.js': `import { added } from './shared.js'\n${app['src/a.js']} + added`,
  })
  await build(vite, root, true)
  const after = await scripts(root)
  expect(Object.keys(after)).toEqual(Object.keys(before))
  const changed = Object.keys(after).filter((file) => after[file] !== before[file])
  // `shared` lies in the entry; `b` imports it, too.
  expect(changed).toEqual(['assets/a.js', 'assets/index.js'])
  expect(Object.keys(after)).toContain('assets/b.js')
  await writeFiles(root, { 'package.json': '{"name":"stable-app","type":"module"}' })
  if (vite === 7) expect(await runPage(join(root, 'dist'), 'index.html')).toContain('main')
})
