import { join } from 'node:path'
import { hashDirectory, runBuild, viteVersions, writeFiles, writeFixture, type FixtureFiles } from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { readReport } from './adapters/report-file.ts'
import { shortestChain } from './core/import-chains.ts'
import { buildGraph } from './plugin.ts'
import type { BuildReport } from './report.ts'
import { expectCharged, expectSums, mark, marked } from './testing/marks.ts'

const page = (head = ''): string =>
  `<!doctype html><html lang="en"><head><title>Odd</title>${head}</head><body><script type="module" src="/src/main.js"></script></body></html>`

describe.each(viteVersions)('buildGraph() on Vite %d', (vite) => {
  /** Builds without the plugin, then with it, and compares the outputs. */
  async function build(
    files: FixtureFiles,
    config: InlineConfig = {},
    plugin?: Plugin,
  ): Promise<{ report: BuildReport; outDir: string }> {
    const root = await writeFixture({
      'package.json': '{"name":"odd","type":"module"}',
      'index.html': page(),
      ...files,
    })
    const outDir = join(root, 'dist')
    const plugins = plugin ? [plugin] : []
    const bare = await runBuild({
      vite,
      root,
      plugins,
      config: { ...config, build: { ...config.build, outDir: 'bare' } },
    })
    const { log } = await runBuild({ vite, root, plugins: [...plugins, ...buildGraph()], config })
    expect(await hashDirectory(outDir)).toEqual(await hashDirectory(join(root, 'bare')))
    expect(log.warn).toEqual(bare.log.warn)
    const report = await readReport(join(root, '.paceline/report.json'))
    expectSums(report)
    return { report, outDir }
  }

  const workers: FixtureFiles = {
    'src/main.js': marked(
      'src/main.js',
      400,
      "import Named from './named.js?worker'\nimport Inline from './inline.js?worker&inline'",
      "console.log(new Named(), new Inline(), new Worker(new URL('./direct.js', import.meta.url), { type: 'module' }))",
    ),
    'src/named.js': marked('src/named.js', 500, "import './shared.js'", "import('./lazy.js')"),
    'src/shared.js': marked('src/shared.js', 300),
    'src/lazy.js': marked('src/lazy.js', 350),
    'src/inline.js': marked('src/inline.js', 450),
    'src/direct.js': marked('src/direct.js', 550),
  }

  test.each([undefined, true])('measures the chunks of web workers, with sourcemap %s', async (sourcemap) => {
    const config: InlineConfig = { worker: { format: 'es' }, build: sourcemap ? { sourcemap } : {} }
    const { report, outDir } = await build(workers, config)
    const marks = { 'src/named.js': 500, 'src/shared.js': 300, 'src/lazy.js': 350, 'src/direct.js': 550 }
    const ofWorkers = report.chunks.filter((chunk) => chunk.modules.some(({ id }) => id in marks))
    expect(ofWorkers).toHaveLength(3)
    const files = new Set(ofWorkers.map(({ file }) => file))
    const others = { ...report, files: report.files.filter(({ file }) => files.has(file)) }
    await expectCharged(others, outDir, marks, vite === 7 ? 2000 : 3500)
    expect(report.routes.map(({ module }) => module)).toEqual(['index.html'])
    const worker = report.modules.find(({ id }) => id === 'src/named.js?worker')
    expect(report.modules[worker!.imports[0]!.to]?.id).toBe('src/named.js')
  })

  test('knows who starts a worker, in which line, and what it imports, also of one that is inlined', async () => {
    const { report } = await build(
      {
        'src/main.js': [
          "import Inline from './inline.js?worker&inline'",
          "// new Worker(new URL('./nested.js', import.meta.url))",
          'const make = () =>',
          "  new Worker(new URL('./direct.js', import.meta.url), { type: 'module' })",
          'console.log(new Inline(), make())',
        ].join('\n'),
        'src/inline.js': "import { text } from './text.js'\npostMessage(text)",
        'src/text.js': `export const text = ${JSON.stringify(mark('src/text.js', 300))}`,
        'src/direct.js':
          "console.log(1)\nnew SharedWorker(new URL('./nested.js', import.meta.url), { type: 'module' })",
        'src/nested.js': "import { deep } from 'deep'\npostMessage(deep)",
        'node_modules/deep/package.json': '{"name":"deep","version":"1.0.0","type":"module","main":"index.js"}',
        'node_modules/deep/index.js': "export const deep = 'deep'",
      },
      { worker: { format: 'es' } },
    )
    const chain = (id: string): (string | number)[] =>
      shortestChain(report, (module) => module.id === id)!.flatMap((step) => [step.importer, step.line ?? '?'])
    const ofInline = ['src/inline.js?worker&inline', '?', 'src/inline.js', 1]
    expect(chain('src/text.js')).toEqual(['index.html', expect.anything(), 'src/main.js', 1, ...ofInline])
    const ofNested = ['src/main.js', 4, 'src/direct.js', 2, 'src/nested.js', 1]
    expect(chain('node_modules/deep/index.js')).toEqual(['index.html', expect.anything(), ...ofNested])
    expect(report.routes.map(({ module }) => module)).toEqual(['index.html'])
    expect(report.chunks.map(({ facade }) => facade).sort()).toEqual(['index.html', 'src/direct.js', 'src/nested.js'])
  })

  test('knows of an inlined worker what it imported when it was built last', async () => {
    const root = await writeFixture({
      'package.json': '{"name":"odd","type":"module"}',
      'index.html': page(),
      'src/main.js': "import Inline from './inline.js?worker&inline'\nconsole.log(new Inline())",
      'src/one.js': "export const text = 'one'",
      'src/two.js': "export const text = 'two'",
    })
    const plugins = buildGraph()
    for (const name of ['one', 'two', 'one']) {
      await writeFiles(root, { 'src/inline.js': `import { text } from './${name}.js'\npostMessage(text)` })
      await runBuild({ vite, root, plugins })
      const { modules } = await readReport(join(root, '.paceline/report.json'))
      const inline = modules.find(({ id }) => id === 'src/inline.js')!
      expect(inline.imports.map(({ to }) => modules[to]?.id)).toEqual([`src/${name}.js`])
    }
  })

  test('measures workers in the classic format', async () => {
    const { report, outDir } = await build({
      'src/main.js': "import Named from './named.js?worker'\nnew Named()",
      'src/named.js': marked('src/named.js', 500, "import './shared.js'"),
      'src/shared.js': marked('src/shared.js', 300),
    })
    await expectCharged(report, outDir, { 'src/named.js': 500, 'src/shared.js': 300 })
  })

  test.each([true, 'hidden', 'inline', false] as const)('leaves what output.sourcemap: %s gives', async (sourcemap) => {
    const files = {
      'src/main.js': "import './a.js'\nimport data from './data.json'\nconsole.log(data)\nimport('./lazy.js')",
      'src/a.js': marked('src/a.js', 700),
      'src/lazy.js': marked('src/lazy.js', 500),
      'src/data.json': JSON.stringify([mark('src/data.json', 600)]),
    }
    const config: InlineConfig = { build: { rollupOptions: { output: { sourcemap } } } }
    const { report, outDir } = await build(files, config)
    expect(report.files.filter(({ file }) => file.endsWith('.map'))).toEqual([])
    // Whether Vite's helpers and JSON have mappings is up to the user's maps.
    if (!sourcemap) await expectCharged(report, outDir, { 'src/data.json': 600, 'src/a.js': 700, 'src/lazy.js': 500 })
  })

  test('charges stylesheets that are joined into one file, whatever they are called', async () => {
    const style = (module: string, length: number): string =>
      `.x{color:red}.y{--text-${length}:"${mark(module, length)}"}`
    const marks = { 'src/style.css': 300, 'src/b.css': 400, 'src/lazy.css': 350, 'src/c.module.css': 450 }
    const { report, outDir } = await build(
      {
        'src/main.js': "import './style.css'\nimport './b.css'\nimport('./lazy.js')\nimport('./c.js')",
        'src/lazy.js': "import './lazy.css'\nconsole.log('lazy')",
        'src/c.js': "import names from './c.module.css'\nconsole.log(names)",
        ...Object.fromEntries(Object.entries(marks).map(([id, length]) => [id, style(id, length)])),
      },
      { build: { cssCodeSplit: false } },
    )
    await expectCharged(report, outDir, marks)
  })

  test('tells a module from its own text imported with ?raw', async () => {
    const { report } = await build({
      'src/main.js': "import './a.js'\nimport text from './a.js?raw'\nconsole.log(text)",
      'src/a.js': `${marked('src/a.js', 300)}// ${'a comment that only the text keeps. '.repeat(20)}`,
    })
    const modules = report.chunks.flatMap((chunk) => chunk.modules)
    const raw = (id: string): number => modules.find((module) => module.id === id)?.raw ?? 0
    expect(raw('src/a.js')).toBeGreaterThan(300)
    expect(raw('src/a.js')).toBeLessThan(400)
    expect(raw('src/a.js?raw')).toBeGreaterThan(1000)
  })

  test('reads pages whose links are no URLs, and files with odd names', async () => {
    const { report } = await build({
      'index.html': page(
        '<link rel="icon" href="/100%.png"><link rel="preload" as="image" href="/a%20b.svg"><link rel="preload" href="https://[x">',
      ),
      'src/main.js': marked('src/main.js', 100),
      'public/100%.png': 'p',
      'public/a b.svg': '<svg/>',
      'public/ünï 世.txt': 'x',
      'public/empty.txt': '',
      'public/a?b#c.txt': 'x',
    })
    expect(report.files.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['100%.png', 'a b.svg', 'ünï 世.txt', 'empty.txt', 'a?b#c.txt']),
    )
    expect(report.routes[0]?.firstLoad.files).toContain('a b.svg')
  })

  test('measures files that begin with a byte order mark', async () => {
    const plugin: Plugin = {
      name: 'changes-files',
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type === 'asset') {
            if (output.fileName.endsWith('.css')) output.source = `\uFEFF${String(output.source)}`
          } else {
            output.code = `\uFEFF${output.code}`
          }
        }
      },
    }
    const { report, outDir } = await build(
      {
        'src/main.js': marked('src/main.js', 400, "import './main.css'\nimport './b.js'"),
        'src/b.js': marked('src/b.js', 500),
        'src/main.css': `.a{--text:"${mark('src/main.css', 300)}"}`,
      },
      {},
      plugin,
    )
    await expectCharged(report, outDir, { 'src/main.js': 400, 'src/b.js': 500, 'src/main.css': 300 })
  })
})
