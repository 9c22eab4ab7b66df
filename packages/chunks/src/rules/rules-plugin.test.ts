import { join } from 'node:path'
import { readReport, reportFile, type RuleResult } from '@paceline/build-graph'
import { errorCodes } from '@paceline/kit'
import {
  runBuild,
  viteVersions,
  writeFixture,
  type BuildLog,
  type FixtureFiles,
  type ViteVersion,
} from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chunks } from '../plugin.ts'
import type { RuleOptions } from './options.ts'

interface Judged {
  readonly results: readonly RuleResult[]
  readonly codes: readonly string[]
  readonly message: string
  readonly log: BuildLog | undefined
}

const html = '<!doctype html><html><head></head><body><script type="module" src="/src/main.js"></script></body></html>'
const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...more })

/** Builds an app with rules; a broken rule does not fail the test. */
async function judge(
  vite: ViteVersion,
  files: FixtureFiles,
  options: RuleOptions,
  config: InlineConfig = {},
): Promise<Judged> {
  const root = await writeFixture({ 'package.json': manifest('app', { private: true }), 'index.html': html, ...files })
  let failure: unknown
  const built = await runBuild({ vite, root, plugins: chunks(options), config }).catch((error: unknown) => {
    failure = error
  })
  const report = await readReport(reportFile(join(root, '.paceline'), 'client'))
  return {
    results: report.rules,
    codes: errorCodes(failure).filter((code) => code.startsWith('PACELINE_')),
    message: failure instanceof Error ? failure.message : '',
    log: built?.log,
  }
}

const messages = ({ results }: Judged, rule: string): string[] =>
  (results.find((result) => result.rule === rule)?.violations ?? []).map(({ message }) => message)

/** Code of some kilobytes that no minifier can fold and no compressor can guess. */
const long = (tag: string): string => {
  const seed = [...tag].reduce((sum, letter) => sum * 31 + letter.codePointAt(0)!, 7)
  const numbers = Array.from({ length: 500 }, (_, at) => ((at + seed) * 7919 * ((seed % 96) + 1)) % 99_991)
  return `/* @__PURE__ */ [${numbers.join(',')}].filter(() => Math.random() > 0)`
}

// Vitest says `test`; a build outside of it is one for production.
beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production')
  return () => vi.unstubAllEnvs()
})

describe.each(viteVersions)('rules on Vite %d', (vite) => {
  it('print and report what warns, and let the build pass', async () => {
    const files = {
      'src/main.js': "import { show } from './page.js'\nshow()\ndocument.body.onclick = () => import('./page.js')\n",
      'src/page.js': `export const show = () => console.log(${long('page')})\n`,
    }
    const judged = await judge(vite, files, {})
    expect(judged.codes).toEqual([])
    expect(messages(judged, 'redundantDynamicImport')).toEqual([
      '`src/page.js` is imported with `import()` at src/main.js:3 and statically at src/main.js:1: it is not lazy.',
    ])
    const warned = judged.log!.warn.join('\n')
    expect(warned).toContain('src/main.js:1 → src/page.js')
    // The bundler's own opinion on the same import.
    expect(warned).toContain('dynamic import will not move module into another chunk')
  })

  it('fail the build with their code when they are errors', async () => {
    const files = { 'src/main.js': "import './page.js'\n", 'src/page.js': 'console.log(1)\n' }
    const judged = await judge(vite, files, { lazy: ['src/page.js'] }, { logLevel: 'silent' })
    expect(judged.codes).toContain('PACELINE_RULES_BROKEN')
    expect(judged.message).toContain('src/page.js must be lazy')
  })

  it('name everything that is wrong with the rules themselves at once', async () => {
    const judged = await judge(
      vite,
      { 'src/main.js': 'console.log(1)\n' },
      {
        lazy: ['src/pages/**'],
        suppress: [{ rule: 'devCode', subject: 'x', reason: 'y', until: '2027-01-31' }],
      },
    )
    expect(judged.codes).toEqual(expect.arrayContaining(['PACELINE_RULE_NO_MATCH', 'PACELINE_SUPPRESSION_UNUSED']))
    // The report says so too, for `paceline check`.
    const failed = judged.results.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
    expect(failed).toEqual(['lazy', 'devCode'])
  })

  it('hold for files that are forbidden and that nobody imports, not for paths that lead nowhere', async () => {
    const files = {
      'src/main.js': "import { ask } from './client/ask.js'\nask()\n",
      'src/client/ask.js': 'export const ask = () => console.log(1)\n',
      'src/server/db.js': 'export const db = 1\n',
      'node_modules/lib/package.json': manifest('lib'),
      'node_modules/lib/node/fs.js': 'module.exports = 1\n',
    }
    const options = (path: string, inside: string): RuleOptions => ({
      forbidden: { all: [`src/${path}/**`, `**/${path}/*.js`, `src/${path}/db.js`, `lib/${inside}/**`] },
      layers: [`src/client/** may not import src/${path}/**`],
    })
    expect((await judge(vite, files, options('server', 'node'))).codes).toEqual([])
    const { results } = await judge(vite, files, options('sever', 'noed'))
    const told = results.flatMap(({ rule, violations }) => violations.map(() => rule))
    expect(told).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden', 'layers'])
  })

  describe('with two pages', () => {
    const pages = (main: string): FixtureFiles => ({
      'src/main.js': main,
      'admin/index.html': html.replace('main.js', 'admin.js'),
      'src/admin.js':
        "import { chart } from './chart.js'\nimport { table } from './table.js'\nconsole.log(chart, table)\n",
      'src/chart.js': `export const chart = ${long('chart')}\n`,
      'src/table.js': `export const table = ${long('table')}\n`,
    })
    const inputs: Plugin = {
      name: 'two-pages',
      config({ root = '' }) {
        const input = ['index.html', 'admin/index.html'].map((page) => join(root, page))
        return { build: { rollupOptions: { input } } }
      },
    }
    const config = { plugins: [inputs] }
    const lazily = "document.onclick = () => import('./chart.js').then(console.log)\n"

    it('an import() is not redundant for what only the other page imports statically', async () => {
      const holds = await judge(vite, pages(lazily), {}, config)
      expect(messages(holds, 'redundantDynamicImport')).toEqual([])
      const breaks = await judge(vite, pages(`import './admin.js'\n${lazily}`), {}, config)
      expect(messages(breaks, 'redundantDynamicImport')).toEqual([
        '`src/chart.js` is imported with `import()` at src/main.js:2 and statically at src/admin.js:1: it is not lazy.',
      ])
    })

    it('say which page loads what must be lazy or is forbidden, with the chain from there', async () => {
      const options: RuleOptions = { lazy: ['src/table.js', 'src/chart.js'], forbidden: { initial: ['src/table.js'] } }
      const both = "import { chart } from './chart.js'\nconsole.log(chart)\n"
      const judged = await judge(vite, pages(both), options, config)
      expect(messages(judged, 'lazy').toSorted()).toEqual([
        '`src/chart.js` must be lazy, but every visit downloads it.',
        '`src/table.js` must be lazy, but every visit to /admin/ downloads it.',
      ])
      expect(messages(judged, 'forbidden')).toEqual(['`src/table.js` is forbidden in the initial load of /admin/.'])
      const [violation] = judged.results.find(({ rule }) => rule === 'forbidden')!.violations
      expect(violation).toMatchObject({ chain: [{ importer: 'admin/index.html' }, { importer: 'src/admin.js' }] })
      expect(violation!.bytes).toBeGreaterThan(0)
    })
  })

  describe('devCode', () => {
    const tool = (code: string): FixtureFiles => ({
      'src/main.js': "import { tool } from 'some-devtools'\nconsole.log(tool)\n",
      'node_modules/some-devtools/package.json': manifest('some-devtools', { type: 'module' }),
      'node_modules/some-devtools/index.js': code,
    })

    it('names devtools that are left in', async () => {
      const judged = await judge(vite, tool(`export const tool = ${long('tool')}\n`), {})
      expect(messages(judged, 'devCode')).toEqual([
        '`some-devtools` is a tool for development, in the initial load of a production build.',
      ])
    })

    it('holds for devtools that leave next to nothing in production', async () => {
      expect(messages(await judge(vite, tool('export const tool = null\n'), {}), 'devCode')).toEqual([])
    })

    it('names the development build of a package, but not in a build for development', async () => {
      const files = {
        'src/main.js': "import thing from 'thing'\nconsole.log(thing)\n",
        'node_modules/thing/package.json': manifest('thing', { main: 'cjs/thing.development.js' }),
        'node_modules/thing/cjs/thing.development.js': `module.exports = ${long('dev')}\n`,
      }
      expect(messages(await judge(vite, files, {}), 'devCode')).toEqual([
        '`node_modules/thing/cjs/thing.development.js` is the development build of `thing`, in the initial load of a production build.',
      ])
      vi.stubEnv('NODE_ENV', 'development')
      const judged = await judge(vite, files, {}, { mode: 'development' })
      expect(messages(judged, 'devCode')).toEqual([])
    })

    it('names a check of process.env.NODE_ENV that was not replaced, not the same text in quotes', async () => {
      const main = "import lib from 'lib'\nconsole.log(lib)\n"
      const files = (code: string): FixtureFiles => ({
        'src/main.js': main,
        'node_modules/lib/package.json': manifest('lib', { type: 'module' }),
        'node_modules/lib/index.js': code,
      })
      const kept = { define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' } }
      const left = files("export default globalThis.process && process.env.NODE_ENV !== 'production'\n")
      expect(messages(await judge(vite, left, {}, kept), 'devCode')).toEqual([
        expect.stringMatching(
          /^`node_modules\/lib\/index\.js` still asks for `process\.env\.NODE_ENV` in `assets\/index-.*\.js`/,
        ),
      ])
      expect(messages(await judge(vite, left, {}), 'devCode')).toEqual([])
      const quoted = files("export default 'set process.env.NODE_ENV to production'\n")
      expect(messages(await judge(vite, quoted, {}), 'devCode')).toEqual([])
    })
  })

  describe('serverCode', () => {
    it('names a server module, a module marked server-only and a built-in module of Node', async () => {
      const judged = await judge(
        vite,
        {
          'src/main.js':
            "import { db } from './db.server.js'\nimport { key } from './secrets.js'\nimport path from 'node:path'\nconsole.log(db, key, path)\n",
          'src/db.server.js': 'export const db = Math.random()\n',
          'src/secrets.js': "import 'server-only'\nexport const key = Math.random()\n",
          'node_modules/server-only/package.json': manifest('server-only'),
          'node_modules/server-only/index.js': 'globalThis.x = 1\n',
        },
        {},
      )
      expect(messages(judged, 'serverCode').sort()).toEqual([
        '`src/db.server.js` is a server module by its name, but it is in the client build.',
        "`src/main.js` imports Node's `node:path`, which a browser does not have: using it throws.",
        '`src/secrets.js` imports `server-only`, but it is in the client build.',
      ])
      const { violations } = judged.results.find(({ rule }) => rule === 'serverCode')!
      expect(violations.flatMap(({ chain }) => chain)).toContainEqual({
        importer: 'src/main.js',
        line: 3,
        importee: 'node:path',
      })
    })

    it('holds for what tree shaking removes, for a package called like a built-in module, and for packages that only look', async () => {
      const files = {
        'src/main.js':
          "import { db } from './db.server.js'\nimport { parse } from 'url'\nimport lib from 'lib'\nconsole.log(parse, lib)\n",
        'src/db.server.js': 'export const db = 1\n',
        'node_modules/url/package.json': manifest('url', { type: 'module' }),
        'node_modules/url/index.js': 'export const parse = Math.random\n',
        'node_modules/lib/package.json': manifest('lib', { type: 'module' }),
        'node_modules/lib/index.js': "import * as fs from 'fs'\nexport default () => fs.readFileSync\n",
      }
      expect(messages(await judge(vite, files, {}), 'serverCode')).toEqual([])
      const all = await judge(vite, files, { serverCode: { severity: 'warn', builtins: 'all' } })
      expect(messages(all, 'serverCode')).toEqual([
        "`node_modules/lib/index.js` imports Node's `fs`, which a browser does not have: using it throws.",
      ])
    })
  })

  describe('inlinedAssets', () => {
    const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7919) % 251)
    const files = (length: number): FixtureFiles => ({
      'src/main.js': "import './main.css'\nimport logo from './logo.png'\nconsole.log(logo)\n",
      'src/main.css': 'body { background: url(./back.png) }\n',
      'src/logo.png': bytes(length),
      'src/back.png': bytes(length + 30),
    })

    it('names a file inlined in code and one in CSS, by the module that asked for it', async () => {
      const judged = await judge(vite, files(2000), { inlinedAssets: { above: 2500 } })
      expect(messages(judged, 'inlinedAssets').sort()).toEqual([
        expect.stringMatching(
          /^`src\/logo\.png` holds image\/png of 2\.69 kB inlined in `assets\/index-.*\.js`, limit 2\.5 kB\.$/,
        ),
        expect.stringMatching(
          /^`src\/main\.css` holds image\/png of 2\.73 kB inlined in `assets\/index-.*\.css`, limit 2\.5 kB\.$/,
        ),
      ])
    })

    it('holds for small files, and for large ones that are files of their own', async () => {
      expect(messages(await judge(vite, files(1000), { inlinedAssets: { above: 2500 } }), 'inlinedAssets')).toEqual([])
      expect(messages(await judge(vite, files(5000), { inlinedAssets: { above: 2500 } }), 'inlinedAssets')).toEqual([])
    })
  })

  describe('barrels', () => {
    const parts = ['a', 'b', 'c', 'd']
    const files = (sideEffect: string): FixtureFiles => ({
      'src/main.js': "import { a } from './ui/index.js'\nconsole.log(a)\n",
      'src/ui/index.js': parts.map((part) => `export * from './${part}.js'\n`).join(''),
      ...Object.fromEntries(
        parts.map((part) => [`src/ui/${part}.js`, `export const ${part} = ${long(part)}\n${sideEffect}(${part})\n`]),
      ),
    })

    it('names a module that only re-exports, with all it brings in through one import', async () => {
      const judged = await judge(vite, files('console.log'), { barrels: { above: 2000 } })
      expect(messages(judged, 'barrels')).toEqual([
        expect.stringMatching(
          /^`src\/ui\/index\.js` re-exports 4 modules, and brings .* kB into the initial load, limit 2 kB\.$/,
        ),
      ])
    })

    it('holds when the rest is shaken off, and for a module with code of its own', async () => {
      expect(
        messages(await judge(vite, files('/* @__PURE__ */ String'), { barrels: { above: 2000 } }), 'barrels'),
      ).toEqual([])
      const own = files('console.log')
      const index = `${own['src/ui/index.js'] as string}console.log('ui')\n`
      expect(
        messages(await judge(vite, { ...own, 'src/ui/index.js': index }, { barrels: { above: 2000 } }), 'barrels'),
      ).toEqual([])
    })
  })

  describe('sideEffects', () => {
    const files = (more: object): FixtureFiles => ({
      'src/main.js': "import { text } from 'lib'\nconsole.log(text)\n",
      'node_modules/lib/package.json': manifest('lib', more),
      'node_modules/lib/index.js': `export const text = ${long('lib')}\n`,
    })

    it('names a package of ES modules that does not say it', async () => {
      expect(
        messages(await judge(vite, files({ type: 'module' }), { sideEffects: { above: 100 } }), 'sideEffects'),
      ).toEqual([expect.stringMatching(/^`lib` does not say `sideEffects` in its package\.json/)])
    })

    it('holds for one that says it, whatever it says, and for CommonJS', async () => {
      const options: RuleOptions = { sideEffects: { above: 100 } }
      expect(
        messages(await judge(vite, files({ type: 'module', sideEffects: false }), options), 'sideEffects'),
      ).toEqual([])
      const cjs = { ...files({}), 'node_modules/lib/index.js': `exports.text = ${long('lib')}\n` }
      expect(messages(await judge(vite, cjs, options), 'sideEffects')).toEqual([])
    })
  })

  describe('legacy', () => {
    const files: FixtureFiles = {
      'src/main.js': "import 'whatwg-fetch'\nimport lib from 'lib'\nconsole.log(lib)\n",
      'node_modules/whatwg-fetch/package.json': manifest('whatwg-fetch', { type: 'module' }),
      'node_modules/whatwg-fetch/index.js': `globalThis.fetch ??= () => ${long('fetch')}\n`,
      'node_modules/lib/package.json': manifest('lib', { type: 'module' }),
      'node_modules/lib/index.js':
        'function check(a, b) { if (!(a instanceof b)) throw new TypeError("Cannot call a class as a function") }\nexport default function Lib() { check(this, Lib) }\n',
    }

    it('names polyfills and helpers that the targets do not need', async () => {
      const judged = await judge(vite, files, { legacy: 'error' })
      expect(messages(judged, 'legacy')).toEqual([
        expect.stringMatching(/^`whatwg-fetch` brings .* for fetch, which every browser of `build\.target` has\.$/),
        expect.stringMatching(
          /^`lib` is compiled for older browsers than `build\.target`: classes as functions in `assets\/index-.*\.js`\.$/,
        ),
      ])
    })

    it('holds for targets that need them', async () => {
      const older = { build: { target: 'safari10', minify: false, modulePreload: false } } as const
      expect(messages(await judge(vite, files, { legacy: 'error' }, older), 'legacy')).toEqual([
        expect.stringMatching(/^`lib` is compiled for older browsers/),
      ])
    })
  })

  describe('unused', () => {
    it('names an emitted file that nothing refers to, and not one that code or CSS names', async () => {
      const files = {
        'src/main.js': "import './main.css'\nimport logo from './logo.png'\nconsole.log(logo)\n",
        'src/main.css': 'body { background: url(./back.png) }\n',
        'src/logo.png': new Uint8Array(9000).fill(7),
        'src/back.png': new Uint8Array(9000).fill(8),
      }
      expect(messages(await judge(vite, files, { unused: 'error' }), 'unused')).toEqual([])
      const orphan = {
        name: 'orphan',
        buildStart(this: { emitFile(file: object): string }) {
          this.emitFile({
            type: 'asset',
            name: 'old.png',
            originalFileName: 'src/old.png',
            source: new Uint8Array(9000),
          })
        },
      }
      const judged = await judge(vite, files, { unused: 'error' }, { plugins: [orphan as never] })
      expect(messages(judged, 'unused')).toEqual([
        expect.stringMatching(/^`assets\/old-.*\.png` is emitted, but nothing refers to it\.$/),
      ])
    })
  })
})
