import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FixtureFiles } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import type { RuleOptions } from '../options.ts'
import type { RuleName } from '../rule.ts'

/** Two apps for a rule, alike but for what matters. */
export interface RuleFixture {
  readonly options: RuleOptions
  readonly files: FixtureFiles
  /** What makes the app break the rule. */
  readonly breaks: FixtureFiles
  /** What nearly does. */
  readonly holds: FixtureFiles
  readonly config?: InlineConfig
  /** Whether no import leads to what breaks the rule: a plugin has made it. */
  readonly unimported?: boolean
}

/** Code of some kilobytes that no minifier can fold and no compressor can guess. */
const bulk = (name: string, length = 500): string => {
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.codePointAt(0)!, 7)
  const numbers = Array.from({ length }, (_, at) => ((at + seed) * 7919 * ((seed % 96) + 1)) % 99_991)
  return `export const ${name} = /* @__PURE__ */ [${numbers.join(',')}].filter(() => Math.random() > 0)\n`
}
const installed = (name: string, code: string, fields: object = {}): FixtureFiles => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...fields }),
  [`node_modules/${name}/index.js`]: code,
})
/** An entry that uses what it imports, and asks for a page on a click. */
const main = (imports: Readonly<Record<string, string>>, ...lazy: readonly string[]): string =>
  [
    ...Object.entries(imports).map(([name, from]) => `import { ${name} } from '${from}'`),
    `console.log(${Object.keys(imports).join(', ')})`,
    ...lazy.map((from) => `document.body.addEventListener('click', () => import('${from}'))`),
  ].join('\n')
const picture = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7919) % 251)
const barrel = ['a', 'b', 'c'].map((part) => `export * from './${part}.js'\n`).join('')
const loud = (name: string): string => `${bulk(name)}console.log(${name})\n`

/** A pair for every rule. `execution` and `circular` need groups, which the test adds. */
export const ruleFixtures: Readonly<Record<Exclude<RuleName, 'execution' | 'circular'>, RuleFixture>> = {
  lazy: {
    options: { lazy: ['src/page.js'] },
    files: { 'src/page.js': bulk('page') },
    breaks: { 'src/main.js': main({ page: './page.js' }) },
    holds: { 'src/main.js': main({}, './page.js') },
  },
  forbidden: {
    options: { forbidden: { initial: [{ name: 'moment', use: 'date-fns' }] } },
    files: {
      ...installed('moment', bulk('moment'), { type: 'module' }),
      'src/page.js': "export { moment } from 'moment'",
    },
    breaks: { 'src/main.js': main({ moment: 'moment' }) },
    holds: { 'src/main.js': main({}, './page.js') },
  },
  layers: {
    options: { layers: ['src/features/* may not import each other'] },
    files: {
      'src/main.js': main({ cart: './features/cart/cart.js' }),
      'src/features/chart/chart.js': bulk('chart'),
    },
    breaks: { 'src/features/cart/cart.js': "export { chart as cart } from '../chart/chart.js'" },
    holds: {
      'src/main.js': main({ cart: './features/cart/cart.js', chart: './features/chart/chart.js' }),
      'src/features/cart/cart.js': "export { price as cart } from './price.js'",
      'src/features/cart/price.js': bulk('price'),
    },
  },
  redundantDynamicImport: {
    options: {},
    files: { 'src/page.js': bulk('page'), 'src/other.js': "export { page } from './page.js'" },
    breaks: { 'src/main.js': main({ page: './page.js' }, './page.js') },
    holds: { 'src/main.js': main({}, './page.js', './other.js') },
  },
  serverCode: {
    options: {},
    files: { 'src/session.server.js': bulk('session') },
    breaks: { 'src/main.js': main({ session: './session.server.js' }) },
    holds: { 'src/main.js': "import { session } from './session.server.js'\nconsole.log('no session')\n" },
  },
  devCode: {
    options: {},
    files: installed('query-devtools', bulk('devtools'), { type: 'module' }),
    breaks: { 'src/main.js': main({ devtools: 'query-devtools' }) },
    holds: { 'src/main.js': "if (import.meta.env.DEV) console.log(await import('query-devtools'))\n" },
  },
  duplicates: {
    options: { duplicates: 'error' },
    files: {
      'src/main.js': main({ tslib: 'tslib', ui: 'ui' }),
      ...installed('tslib', bulk('tslib'), { type: 'module' }),
      ...installed('ui', "export { tslib as ui } from 'tslib'", { type: 'module' }),
    },
    breaks: {
      'node_modules/ui/node_modules/tslib/package.json':
        '{"name":"tslib","version":"2.0.0","type":"module","main":"index.js"}',
      'node_modules/ui/node_modules/tslib/index.js': bulk('tslib', 400),
    },
    holds: {},
  },
  depth: {
    options: { depth: { max: 2 } },
    files: {
      'src/main.js': main({ a: './a.js' }),
      'src/a.js': "export { b as a } from './b.js'",
      'src/c.js': bulk('c'),
    },
    breaks: { 'src/b.js': "export { c as b } from './c.js'" },
    holds: { 'src/b.js': bulk('b') },
  },
  requests: {
    options: { requests: { initial: 1 } },
    files: { 'src/main.js': "console.log('main')\n" },
    breaks: { 'src/main.js': "import './main.css'\nconsole.log('main')\n", 'src/main.css': 'body { color: red }' },
    holds: {},
  },
  tinyChunks: {
    options: { tinyChunks: { below: 500 } },
    files: { 'src/main.js': main({}, './page.js') },
    breaks: { 'src/page.js': "console.log('page')\n" },
    holds: { 'src/page.js': bulk('page') },
  },
  waterfalls: {
    options: { waterfalls: 'error' },
    files: { 'src/main.js': main({}, './page.js'), 'src/chart.js': bulk('chart') },
    breaks: { 'src/page.js': "export const chart = import('./chart.js')" },
    holds: {
      'src/main.js': main({}, './page.js', './chart.js'),
      'src/page.js': "export const chart = import('./chart.js')",
    },
  },
  barrels: {
    options: { barrels: { above: 2000 } },
    files: { 'src/main.js': main({ a: './ui/index.js' }), 'src/ui/index.js': barrel, 'src/ui/a.js': bulk('a') },
    breaks: { 'src/ui/b.js': loud('b'), 'src/ui/c.js': loud('c') },
    holds: { 'src/ui/b.js': bulk('b'), 'src/ui/c.js': bulk('c') },
  },
  sideEffects: {
    options: { sideEffects: { above: 100 } },
    files: { 'src/main.js': main({ lib: 'lib' }) },
    breaks: installed('lib', bulk('lib'), { type: 'module' }),
    holds: installed('lib', bulk('lib'), { type: 'module', sideEffects: true }),
  },
  legacy: {
    options: { legacy: 'error' },
    files: { 'src/main.js': "import 'whatwg-fetch'\n" },
    breaks: installed('whatwg-fetch', `${bulk('fetched')}globalThis.fetch ??= () => fetched\n`, { type: 'module' }),
    holds: installed('whatwg-fetch', 'globalThis.fetch ??= () => 1\n', { type: 'module' }),
  },
  inlinedAssets: {
    options: { inlinedAssets: { above: 2000 } },
    files: { 'src/main.js': "import logo from './logo.png'\nconsole.log(logo)\n" },
    breaks: { 'src/logo.png': picture(2000) },
    holds: { 'src/logo.png': picture(1000) },
  },
  unused: {
    options: { unused: 'error' },
    files: { 'src/main.js': "import logo from './logo.png'\nconsole.log(logo)\n", 'src/logo.png': picture(9000) },
    breaks: { 'src/old.png': picture(8000) },
    holds: {},
    config: {
      plugins: [
        {
          name: 'emits-what-nobody-needs',
          async buildStart() {
            const { root } = this.environment.config
            const source = await readFile(join(root, 'src/old.png')).catch(() => undefined)
            if (source) this.emitFile({ type: 'asset', name: 'old.png', originalFileName: 'src/old.png', source })
          },
        },
      ],
    },
    unimported: true,
  },
}
