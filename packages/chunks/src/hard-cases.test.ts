import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFixture, type FixtureFiles, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import { describe, expect, test } from 'vitest'
import { readPlan } from './plan-file/plan-file.ts'
import type { StoredPlan } from './plan-file/stored-plan.ts'
import { chunks } from './plugin.ts'
import { runPage } from './testing/run-output.ts'

const page = (script: string): string => `<!doctype html><script type="module" src="${script}"></script>`
/** A module long enough to be worth a chunk. */
const bulk = (name: string): string =>
  Array.from({ length: 60 }, (_, index) => `ran.at(0)?.${name}${(index * 7919) % 97}`).join(';')

interface HardCase {
  readonly files: FixtureFiles
  readonly config?: InlineConfig
  /** Inputs relative to the root. */
  readonly input?: Readonly<Record<string, string>>
  readonly pages?: readonly string[]
}

const cases: Record<string, HardCase> = {
  'CommonJS and modules that import each other': {
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import legacy from './legacy.cjs'\nimport './runs.cjs'\nimport { name } from 'old'\nran.push('main', legacy.value, name)\nawait import('./lazy.js')",
      'src/legacy.cjs': "const other = require('./other.cjs')\nran.push('legacy')\nexports.value = other + 1",
      'src/other.cjs': "ran.push('other')\nmodule.exports = 41",
      'src/runs.cjs': "ran.push('runs')",
      'src/lazy.js':
        "import legacy from './legacy.cjs'\nimport old from 'old'\nran.push('lazy', legacy.value, old.name)",
      'node_modules/old/package.json': '{"name":"old","version":"1.0.0","main":"index.js"}',
      'node_modules/old/index.js': "exports.name = require('./name')",
      'node_modules/old/name.js': "ran.push('old/name')\nmodule.exports = 'old'",
    },
  },
  'circular imports': {
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import { even } from './even.js'\nran.push('main', even(10))\nawait import('./lazy.js')\nawait import('./second.js')",
      'src/even.js':
        "import { odd } from './odd.js'\nran.push('even')\nexport function even(n) { return n === 0 || odd(n - 1) }",
      'src/odd.js':
        "import { even } from './even.js'\nran.push('odd')\nexport function odd(n) { return n !== 0 && even(n - 1) }",
      'src/lazy.js': "import { ping } from './ping.js'\nran.push('lazy', ping(3))",
      'src/second.js': "import { pong } from './pong.js'\nran.push('second', pong(2))",
      'src/ping.js': "import { pong } from './pong.js'\nran.push('ping')\nexport const ping = (n) => n && pong(n - 1)",
      'src/pong.js': "import { ping } from './ping.js'\nran.push('pong')\nexport const pong = (n) => n && ping(n - 1)",
    },
  },
  'top-level await': {
    config: { build: { target: 'esnext' } },
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import { value } from './value.js'\nimport './after.js'\nran.push('main', value)\nawait import('./lazy.js')",
      'src/value.js':
        "ran.push('value begins')\nexport const value = await new Promise((resolve) => setTimeout(resolve, 5, 42))\nran.push('value')",
      'src/after.js': "ran.push('after')",
      'src/lazy.js':
        "import { value } from './value.js'\nimport { more } from './more.js'\nran.push('lazy', value + more)",
      'src/more.js': 'export const more = await Promise.resolve(1)',
    },
  },
  'several pages': {
    pages: ['index.html', 'admin/index.html'],
    input: { index: 'index.html', admin: 'admin/index.html' },
    files: {
      'index.html': page('/src/main.js'),
      'admin/index.html': `${page('/src/admin.js')}<script type="module">import '/src/inline.js'; ran.push('inline')</script>`,
      'src/main.js': "import { shared } from './shared.js'\nran.push('main', shared)\nawait import('./lazy.js')",
      'src/admin.js':
        "import { shared } from './shared.js'\nimport './only-admin.js'\nran.push('admin', shared)\nawait import('./lazy.js')",
      'src/only-admin.js': "ran.push('only admin')",
      'src/inline.js': "ran.push('inline import')",
      'src/shared.js': `ran.push('shared')\nexport const shared = 1\n${bulk('shared')}`,
      'src/lazy.js': "import { shared } from './shared.js'\nran.push('lazy', shared)",
    },
  },
  'import() with a variable and import.meta.glob': {
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js': [
        "const pages = import.meta.glob('./pages/*.js')",
        "const eager = import.meta.glob('./eager/*.js', { eager: true })",
        "ran.push('main', Object.values(eager).map((module) => module.default))",
        'for (const name of Object.keys(pages).sort()) ran.push((await pages[name]()).default)',
        "for (const name of ['en', 'de']) ran.push((await import(`./lang/${name}.js`)).default)",
      ].join('\n'),
      'src/pages/a.js': "import { common } from '../common.js'\nexport default 'page a ' + common",
      'src/pages/b.js': "import { common } from '../common.js'\nexport default 'page b ' + common",
      'src/common.js': `export const common = 'common'\n${bulk('common')}`,
      'src/eager/one.js': "ran.push('one')\nexport default 1",
      'src/eager/two.js': "ran.push('two')\nexport default 2",
      'src/lang/en.js': "export default 'hello'",
      'src/lang/de.js': "export default 'hallo'",
    },
  },
  'JSON, assets, raw text, workers and wasm': {
    config: { build: { assetsInlineLimit: 0 } },
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js': [
        "import settings from './settings.json'",
        "import { name } from './named.json'",
        "import logo from './logo.svg'",
        "import text from './text.txt?raw'",
        "import url from './text.txt?url'",
        "import load from './tiny.wasm?init'",
        "ran.push('main', settings.value, name, /logo/.test(logo), text, /text/.test(url), typeof load)",
        "globalThis.startWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
        "await import('./lazy.js')",
      ].join('\n'),
      'src/lazy.js':
        "import settings from './settings.json'\nimport Task from './worker.js?worker'\nran.push('lazy', settings.value, typeof Task)",
      'src/settings.json': '{"value":7}',
      'src/named.json': '{"name":"named","unused":"unused"}',
      'src/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'src/text.txt': 'some text',
      'src/worker.js': "import { answer } from './answer.js'\npostMessage(answer)",
      'src/answer.js': 'export const answer = 42',
      'src/tiny.wasm': new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]),
    },
  },
  'stylesheets, plain and as modules': {
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import './base.css'\nimport { button } from './button.js'\nimport './late.css'\nran.push('main', typeof button)\nawait import('./lazy.js')\nawait import('./second.js')",
      'src/base.css': '.a { color: red }',
      'src/late.css': '.a { color: blue }',
      'src/button.js': "import styles from './button.module.css'\nexport const button = styles.button",
      'src/button.module.css': '.button { margin: 1px }',
      'src/lazy.js':
        "import { button } from './button.js'\nimport './shared.css'\nimport './lazy.css'\nran.push('lazy', typeof button)",
      'src/second.js': "import './shared.css'\nimport './second.css'\nran.push('second')",
      'src/shared.css': '.b { color: green }',
      'src/lazy.css': '.b { color: navy }',
      'src/second.css': '.b { color: teal }',
    },
  },
  'externals of a federation': {
    config: { build: { rollupOptions: { external: ['node:path'] } } },
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import { posix } from 'node:path'\nran.push('main', posix.join('a', 'b'))\nvoid import('./lazy.js')",
      'src/lazy.js': "import { posix } from 'node:path'\nran.push('lazy', posix.sep)\nvoid import('node:path')",
    },
  },
  'a file and a directory that are called like packages': {
    config: { build: { target: 'esnext' } },
    files: {
      'index.html': page('/main.js'),
      'main.js':
        "import './chart.js'\nimport 'chart.js'\nimport { own } from './events/emit.js'\nran.push('main', own)\nawait import('./lazy.js')",
      'chart.js': `ran.push('own chart')\n${bulk('chart')}`,
      'events/emit.js': `export const own = 'own events'\n${bulk('events')}`,
      'lazy.js': "import 'chart.js/more.js'\nimport { emit } from 'events/emit.js'\nran.push('lazy', emit)",
      'node_modules/chart.js/package.json': '{"name":"chart.js","version":"4.0.0","type":"module","main":"index.js"}',
      'node_modules/chart.js/index.js': `ran.push('chart of the package')\n${bulk('installed')}`,
      'node_modules/chart.js/more.js': `ran.push('more of the package')\n${bulk('more')}`,
      'node_modules/events/package.json': '{"name":"events","version":"3.0.0","type":"module"}',
      'node_modules/events/emit.js': `export const emit = 'events of the package'\n${bulk('emit')}`,
    },
  },
  'side effects across lazy pages': {
    files: {
      'index.html': page('/src/main.js'),
      'src/main.js':
        "import './polyfill.js'\nimport { store } from './store.js'\nran.push('main', store.size)\nawait import('./a.js')\nawait import('./b.js')",
      'src/polyfill.js': "globalThis.polyfilled = true\nran.push('polyfill')",
      'src/store.js': "ran.push('store', globalThis.polyfilled)\nexport const store = new Map()",
      'src/register.js': `import { store } from './store.js'\nstore.set('registered', 1)\nran.push('register')\n${bulk('register')}`,
      'src/widget.js': `import { store } from './store.js'\nran.push('widget', store.size)\nexport const widget = 1\n${bulk('widget')}`,
      'src/a.js': "import './register.js'\nimport { widget } from './widget.js'\nran.push('a', widget)",
      'src/b.js': "import { widget } from './widget.js'\nimport './register.js'\nran.push('b', widget)",
    },
  },
}

describe.each(viteVersions)('a planned build on Vite %d', (vite) => {
  test.each(Object.entries(cases))('runs %s as the default build does', async (_, { files, pages, ...given }) => {
    const root = await writeFixture({ 'package.json': '{"name":"hard-case"}', ...files })
    const config = withInput(given, root)
    await build(vite, root, [], config, 'bare')
    const made = await planned(vite, root, config, 'made')
    const followed = await planned(vite, root, config, 'followed')
    expect(followed.warnings).toEqual([])
    expect(followed.plan).toEqual(made.plan)
    expect(followed.plan.chunks).not.toEqual([])
    for (const name of pages ?? ['index.html']) {
      const expected = await runPage(join(root, 'bare'), name)
      expect(expected.length).toBeGreaterThan(1)
      expect(await runPage(join(root, 'followed'), name)).toEqual(expected)
    }
    // The first build, which made the plan, and the second, which read it, are the same.
    expect(await readdir(join(root, 'followed/assets'))).toEqual(await readdir(join(root, 'made/assets')))
    expect(modulesByChunk(followed.report)).toEqual(modulesByChunk(made.report))
  })
})

/** Node knows no import maps. */
const NO_MAP = { chunkImportMap: false }

/** Rollup takes relative inputs for relative to the working directory. */
function withInput({ config = {}, input }: Omit<HardCase, 'files'>, root: string): InlineConfig {
  if (!input) return config
  const absolute = Object.fromEntries(Object.entries(input).map(([name, file]) => [name, join(root, file)]))
  return { ...config, build: { ...config.build, rollupOptions: { input: absolute } } }
}

function build(
  vite: ViteVersion,
  root: string,
  plugins: ReturnType<typeof chunks>,
  config: InlineConfig,
  outDir: string,
) {
  return runBuild({ vite, root, plugins, config: { ...config, root, build: { ...config.build, ...NO_MAP, outDir } } })
}

interface PlannedOutput {
  readonly plan: StoredPlan
  readonly report: BuildReport
  readonly warnings: readonly string[]
}

async function planned(vite: ViteVersion, root: string, config: InlineConfig, outDir: string): Promise<PlannedOutput> {
  // Apps as small as these would else be left to the bundler.
  const plugins = chunks({ strategy: 'planned', stable: true, minChunkSize: 0 })
  const { log } = await build(vite, root, plugins, config, outDir)
  const plan = await readPlan(join(root, 'paceline.chunks.json'))
  return { plan: plan!, report: await readReport(join(root, '.paceline/report.json')), warnings: log.warn }
}

function modulesByChunk(report: BuildReport): string[][] {
  return report.chunks.map(({ modules }) => modules.map(({ id }) => id).sort())
}
