import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { buildGraph, readReport } from '@paceline/build-graph'
import { loadVite, runBuild, smallApp, viteVersions, writeFixture, type ViteVersion } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { installed } from '../verify/testing/chunked-app.ts'
import { analyseLiveGraph } from './analyse-live-graph.ts'
import { staticClosure } from './build-live-graph.ts'
import { moduleSizes } from './module-sizes.ts'

const page = '<script type="module" src="/src/main.js"></script>'

/** Two initialisers, the second of which leans on the first. */
const firebase = {
  'src/app.js': "import { initialise } from 'fire'\nexport const app = initialise('one')",
  'src/auth.js': "import { getAuth } from 'fire'\nexport const auth = getAuth()",
  ...installed(
    'fire',
    'const apps = []\nexport const initialise = (name) => apps.push(name)\nexport const getAuth = () => apps[0]',
  ),
}

async function analyse(vite: ViteVersion, root: string): Promise<LiveGraph> {
  const { graph } = await analyseLiveGraph({ vite: await loadVite(vite), config: { root, configFile: false } })
  return graph
}

function moduleOf(graph: LiveGraph, key: string): LiveModule {
  const module = graph.modules.find((candidate) => candidate.key === key)
  if (!module) throw new Error(`${key} is not among ${graph.modules.map((candidate) => candidate.key).join(', ')}`)
  return module
}

function importsOf(graph: LiveGraph, key: string): string[] {
  return moduleOf(graph, key).imports.map((to) => graph.modules[to]!.key)
}

describe.each(viteVersions)('the live graph on Vite %d', (vite) => {
  test('has the modules of several pages in the order of the inputs, not of their names', async () => {
    const script = (name: string): string => `<!doctype html><script type="module" src="/src/${name}.js"></script>`
    const root = await writeFixture({
      'a.html': script('a'),
      'z.html': script('z'),
      'src/a.js': "import './left.js'\nimport './right.js'\nconsole.log('a')",
      'src/z.js': "import './right.js'\nimport './left.js'\nconsole.log('z')",
      'src/left.js': "console.log('left')",
      'src/right.js': "console.log('right')",
    })
    const orderWith = async (...names: string[]): Promise<string[]> => {
      const input = names.map((name) => join(root, name))
      const config = { root, configFile: false as const, build: { rollupOptions: { input } } }
      const { graph } = await analyseLiveGraph({ vite: await loadVite(vite), config })
      return graph.modules.map(({ key }) => key).filter((key) => key.startsWith('src/'))
    }
    expect(await orderWith('z.html', 'a.html')).toEqual(['src/right.js', 'src/left.js', 'src/z.js', 'src/a.js'])
    expect(await orderWith('a.html', 'z.html')).toEqual(['src/left.js', 'src/right.js', 'src/a.js', 'src/z.js'])
  })

  test('holds what every first load of the report holds, and no more', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: buildGraph() })
    const report = await readReport(join(root, '.paceline/report.json'))
    const graph = await analyse(vite, root)
    expect(graph.scenarios.map(({ id }) => id)).toEqual(report.routes.map(({ id }) => id))
    for (const [index, { roots }] of graph.scenarios.entries()) {
      const { files } = report.routes[index]!.firstLoad
      const chunks = report.chunks.filter(({ file }) => files.includes(file))
      const shipped = new Set(chunks.flatMap(({ modules }) => modules.map(({ id }) => id)))
      const live = new Set(roots.flatMap((root) => [...staticClosure(graph.modules, root)]))
      for (const module of live) {
        const { id, size } = graph.modules[module]!
        if (size.raw > 0 && !id.startsWith('virtual:')) expect([...shipped]).toContain(id)
      }
      for (const id of shipped) {
        if (/^(?:\[|virtual:)|\.html$/.test(id)) continue
        expect([...live].map((module) => graph.modules[module]!.id)).toContain(id)
      }
    }
  })

  test('weighs the modules together like one file of their code', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: buildGraph() })
    const report = await readReport(join(root, '.paceline/report.json'))
    const { modules } = await analyse(vite, root)
    const raw = modules.reduce((sum, { size }) => sum + size.raw, 0)
    const emitted = report.files.filter(({ kind }) => kind === 'js' || kind === 'css')
    const glue = report.chunks.flatMap((chunk) => chunk.modules).filter(({ id }) => id.startsWith('['))
    const expected = sum(emitted) - sum(glue)
    expect(raw / expected).toBeGreaterThan(0.9)
    expect(raw / expected).toBeLessThan(1.1)
    const brotli = modules.reduce((total, { size }) => total + size.brotli, 0)
    expect(brotli).toBeLessThan(emitted.reduce((total, file) => total + file.brotli, 0))
  })

  test('names packages wherever they are, and their versions when there are several', async () => {
    const pkg = (name: string, version: string): string =>
      JSON.stringify({ name, version, type: 'module', main: 'index.js' })
    const root = await writeFixture({
      'index.html': page,
      'src/main.js': "import { a } from 'a'\nimport { b } from '@scope/b'\nconsole.log(a, b)",
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'node_modules/a/index.js': 'export const a = Math.random()',
      'node_modules/@scope/b/package.json': pkg('@scope/b', '1.0.0'),
      'node_modules/@scope/b/index.js': "import { a } from 'a'\nimport { c } from 'c'\nexport const b = [a, c]",
      'node_modules/@scope/b/node_modules/a/package.json': pkg('a', '2.0.0'),
      'node_modules/@scope/b/node_modules/a/index.js': 'export const a = Math.random() + 1',
      'node_modules/@scope/b/node_modules/c/package.json': pkg('c', '1.0.0'),
      'node_modules/@scope/b/node_modules/c/lib/c.js': 'export const c = () => 3',
      'node_modules/@scope/b/node_modules/c/index.js': "export { c } from './lib/c.js'",
    })
    const graph = await analyse(vite, root)
    expect(importsOf(graph, '@scope/b/index.js')).toEqual(['a@2.0.0/index.js', 'c/lib/c.js'])
    expect(moduleOf(graph, 'a@1.0.0/index.js')).toMatchObject({
      id: 'node_modules/a/index.js',
      package: 'a',
      volatility: 'package:a',
    })
  })

  test('knows barrels, what is unused, and what is lazy', async () => {
    const root = await writeFixture({
      'index.html': page,
      'src/main.js':
        "import { one } from './barrel.js'\nimport './effect.js'\nimport './style.css'\nconsole.log(one)\nimport('./lazy.js').then(({ two }) => console.log(two))",
      'src/barrel.js':
        "export { one } from './one.js'\nexport { two } from './two.js'\nexport { three } from './three.js'",
      'src/one.js': 'export const one = () => 1',
      'src/two.js': 'export const two = () => 2',
      'src/three.js': 'export const three = 3',
      'src/lazy.js': "export { two } from './barrel.js'",
      'src/effect.js': 'window.effect = 1',
      'src/style.css': 'body { margin: 0 }',
    })
    const graph = await analyse(vite, root)
    const { modules } = graph
    expect(modules.map(({ key }) => key)).not.toContain('src/three.js')
    expect(importsOf(graph, 'src/main.js')).toEqual(
      expect.arrayContaining(['src/one.js', 'src/effect.js', 'src/style.css']),
    )
    expect(importsOf(graph, 'src/main.js')).not.toContain('src/two.js')
    expect(moduleOf(graph, 'src/main.js').dynamicImports.map((to) => modules[to]!.key)).toEqual(['src/lazy.js'])
    expect(importsOf(graph, 'src/lazy.js')).toEqual(['src/two.js'])
    expect(moduleOf(graph, 'src/effect.js').effects).toBe(true)
    expect(moduleOf(graph, 'src/one.js').effects).toBe(false)
    expect(moduleOf(graph, 'src/style.css')).toMatchObject({ kind: 'css', effects: true })
    expect(moduleOf(graph, 'src/style.css').size.raw).toBe('body{margin:0}'.length)
    expect(moduleOf(graph, 'src/main.js').volatility).toBe('importer')
    // The order in which the source runs them: the barrel imports both, lazy modules come last.
    const order = ['src/one.js', 'src/two.js', 'src/effect.js', 'src/style.css', 'src/main.js', 'src/lazy.js']
    expect(modules.map(({ key }) => key).filter((key) => order.includes(key))).toEqual(order)
  })

  test('knows what starts something, and what does so by way of the same package', async () => {
    const root = await writeFixture({
      ...firebase,
      'src/main.js':
        "import { app } from './app.js'\nimport { auth } from './auth.js'\nimport { clock } from './clock.js'\nimport { data } from './data.js'\nimport part from './part.js'\nconst show = () => [app, auth, clock, data, part]\nexport default show",
      'src/clock.js': "import { clock as make } from 'clock'\nexport const clock = make()",
      'src/data.js': 'export const data = [1].map(String)',
      'src/part.js': "import { clock } from 'clock'\nexport default /* @__PURE__ */ clock('part')",
      ...installed('clock', 'export const clock = () => window.performance.now()'),
      'index.html': '<script type="module">import show from "/src/main.js"; window.show = show</script>',
    })
    const graph = await analyse(vite, root)
    const known = ['src/app.js', 'src/auth.js', 'src/clock.js', 'src/data.js', 'src/part.js'].map((key) => {
      const { effects, starts = false } = moduleOf(graph, key)
      return { key, effects, starts }
    })
    expect(known).toEqual([
      { key: 'src/app.js', effects: true, starts: true },
      { key: 'src/auth.js', effects: true, starts: true },
      { key: 'src/clock.js', effects: false, starts: true },
      { key: 'src/data.js', effects: false, starts: false },
      { key: 'src/part.js', effects: false, starts: false },
    ])
  })

  test('knows what requires CommonJS that others notice, also of a package without side effects of its own', async () => {
    const calm = { name: 'calm', version: '1.0.0', type: 'module', main: 'index.js', sideEffects: false }
    const root = await writeFixture({
      'index.html': page,
      'src/main.js': "import { paint } from 'calm'\ndocument.title = paint()",
      'node_modules/calm/package.json': JSON.stringify(calm),
      'node_modules/calm/index.js': "import loud from 'loud'\nexport const paint = () => loud.name",
      'node_modules/loud/package.json': JSON.stringify({ name: 'loud', version: '1.0.0', main: 'index.cjs' }),
      'node_modules/loud/index.cjs': "globalThis.loud = true\nexports.name = 'loud'",
    })
    const { modules } = await analyse(vite, root)
    const requiring = modules.filter(({ requires = [] }) =>
      requires.some((to) => modules[to]?.key === 'loud/index.cjs'),
    )
    expect(requiring).not.toEqual([])
    expect(requiring.every(({ effects }) => effects)).toBe(true)
  })

  test('takes no part in what the user says about chunks', async () => {
    const root = await writeFixture(smallApp)
    const { graph } = await analyseLiveGraph({
      vite: await loadVite(vite),
      config: {
        root,
        configFile: false,
        build: { rollupOptions: { output: { manualChunks: () => 'everything' } as object } },
      },
    })
    expect(graph.modules.filter(({ key }) => key.startsWith('src/')).length).toBeGreaterThan(5)
  })

  test('is the same on every machine', async () => {
    const app = { ...smallApp, 'about.html': '<script type="module" src="/src/about.js"></script>' }
    const roots = [await writeFixture(app), await writeFixture(app)]
    const graphs = await Promise.all(
      roots.map(async (root) => {
        const input = { about: join(root, 'about.html'), index: join(root, 'index.html') }
        const config = { root, configFile: false as const, build: { rollupOptions: { input } } }
        return (await analyseLiveGraph({ vite: await loadVite(vite), config })).graph
      }),
    )
    expect(graphs[1]).toEqual(graphs[0])
  })

  test('writes nothing', async () => {
    const root = await writeFixture(smallApp)
    await analyse(vite, root)
    await expect(readReport(join(root, '.paceline/report.json'))).rejects.toThrow(/no such file/)
  })
})

test('the sizes of texts add up to what they are as one file, compressed as it is served', async () => {
  const files = await readdir(import.meta.dirname)
  const texts = await Promise.all(files.map((file) => readFile(join(import.meta.dirname, file), 'utf8')))
  const sizes = await moduleSizes(texts)
  const whole = brotliCompressSync(texts.join('\n')).byteLength
  const added = sizes.reduce((total, { brotli }) => total + brotli, 0)
  expect(added / whole).toBeGreaterThan(0.95)
  expect(added / whole).toBeLessThan(1.05)
  expect(sizes.map(({ raw }) => raw)).toEqual(texts.map((text) => Buffer.byteLength(text)))
})

function sum(parts: readonly { readonly raw: number }[]): number {
  return parts.reduce((total, { raw }) => total + raw, 0)
}
