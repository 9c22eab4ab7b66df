import { viteVersions, type FixtureFiles, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import { describe, expect, it } from 'vitest'
import { judgeBuild } from '../testing/judge-build.ts'

const picture = (fill: number): Uint8Array => new Uint8Array(9000).fill(fill)
const files: FixtureFiles = {
  'src/main.js':
    "import './main.css'\nimport a from './my pic.png'\nimport b from './größe.png'\nexport const urls = [a, b]\nconsole.log(urls)\n",
  'src/main.css': 'body { color: red; background: url(./back.png) }\n',
  'src/my pic.png': picture(1),
  'src/größe.png': picture(2),
  'src/back.png': picture(3),
}

async function unused(vite: ViteVersion, config: InlineConfig, more: FixtureFiles = {}): Promise<string[]> {
  const violations = await judgeBuild(vite, 'unused', { ...files, ...more }, { unused: 'warn' }, config)
  return violations.map(({ subject }) => subject ?? '')
}

describe.each(viteVersions)('unused on Vite %d', (vite) => {
  it('knows names that URLs write in another way', async () => {
    expect(await unused(vite, {})).toEqual([])
  })

  it.each([
    ['split by chunk', { build: { manifest: true, rollupOptions: { input: '/src/main.js' } } }],
    ['joined', { build: { manifest: true, cssCodeSplit: false, rollupOptions: { input: '/src/main.js' } } }],
    ['of a library', { build: { lib: { entry: '/src/main.js', formats: ['es', 'cjs'], fileName: 'x' } } }],
    ['of a library for scripts', { build: { lib: { entry: '/src/main.js', formats: ['iife'], name: 'X' } } }],
  ] satisfies [string, InlineConfig][])('leaves a stylesheet %s to whoever loads the entry', async (_, config) => {
    expect(await unused(vite, config)).toEqual([])
  })

  it('takes no manifest for a reference, whatever its name, and any other list for one', async () => {
    const main = "import old from './old.png'\nconsole.log('main')\n"
    const stray = { 'src/main.js': main, 'src/old.png': picture(4) }
    const found = [expect.stringMatching(/^assets\/old-.*\.png$/)]
    const [violation] = await judgeBuild(vite, 'unused', { ...files, ...stray }, { unused: 'warn' }, {})
    expect(violation).toMatchObject({
      chain: [{ importer: 'index.html' }, { importer: 'src/main.js', line: 1, importee: 'src/old.png' }],
      fix: 'Remove the import of the file, which is not used.',
    })
    for (const manifest of [true, 'asset-manifest.json', 'manifest.json'])
      expect(await unused(vite, { build: { manifest } }, stray)).toEqual(found)
    const listed = {
      name: 'lists-icons',
      generateBundle(this: { emitFile(file: object): string }, _: object, bundle: object) {
        this.emitFile({ type: 'asset', fileName: 'manifest.json', source: JSON.stringify(Object.keys(bundle)) })
      },
    }
    expect(await unused(vite, { plugins: [listed as never] }, stray)).toEqual([])
  })
})
