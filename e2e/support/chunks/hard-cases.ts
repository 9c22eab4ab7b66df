import type { FixtureFiles } from '@paceline/testkit'

/** An app with something in it that is hard on whoever divides it into chunks. */
export interface HardCase {
  readonly name: string
  readonly files: FixtureFiles
  /** Addresses to visit. The app says `window.ready = true` when one is there. */
  readonly paths: readonly string[]
  /** What the bundler leaves to the page. @default nothing */
  readonly external?: readonly string[]
}

const html = (script: string): string =>
  `<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="data:,"></head><body><main></main><script type="module" src="${script}"></script></body></html>`

/** An app with lazy pages: `window.go(path)` shows one, and the address of the first visit says which comes first. */
function pages(names: readonly string[], before = ''): Record<string, string> {
  const table = names.map((name) => `'/${name}': () => import('./pages/${name}.js')`)
  return {
    'package.json': '{"name":"hard-case","version":"1.0.0","private":true,"type":"module"}',
    'index.html': html('/src/main.js'),
    'src/main.js': [
      before,
      `const pages = { ${table.join(', ')} }`,
      'globalThis.go = async (path) => {',
      '  globalThis.ready = false',
      "  const page = await pages[path === '/' ? '/home' : path]()",
      "  document.querySelector('main').innerHTML = await page.render()",
      '  globalThis.ready = true',
      '}',
      'globalThis.go(location.pathname)',
    ].join('\n'),
  }
}

/** A page that imports and says something. */
const page = (imports: string, text: string): string => `${imports}\nexport const render = async () => ${text}\n`

/** A module that others notice and that has something for them. */
const noticed = (name: string, imports = '', value = `'${name}'`): string =>
  `${imports}\n;(globalThis.log ??= []).push('${name}')\nexport const ${name} = ${value}\n`

const installed = (name: string, files: Record<string, string>, type = 'module'): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', type, main: 'index.js' }),
  ...Object.fromEntries(Object.entries(files).map(([file, code]) => [`node_modules/${name}/${file}`, code])),
})

/** `(module (func (export "answer") (result i32) i32.const 42))` */
const ANSWER = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 10, 1, 6, 97, 110, 115, 119, 101, 114, 0, 0, 10,
  6, 1, 4, 0, 65, 42, 11,
])

export const hardCases: readonly HardCase[] = [
  {
    name: 'CommonJS that shares state',
    paths: ['/', '/left', '/right'],
    files: {
      ...pages(['home', 'left', 'right'], "import legacy from 'legacy'\nglobalThis.first = legacy.count()"),
      ...installed(
        'legacy',
        {
          'index.js': "const state = require('./state'); exports.count = () => ++state.n; exports.log = state.log",
          'state.js':
            'globalThis.legacyStarts = (globalThis.legacyStarts || 0) + 1; module.exports = { n: 0, log: [] }',
          'extra.js':
            "const state = require('./state'); state.log.push('extra'); module.exports = function extra() { return state.n }",
        },
        'commonjs',
      ),
      'src/pages/home.js': page("import legacy from 'legacy'", '`home ${legacy.count()}`'),
      'src/pages/left.js': page(
        "import extra from 'legacy/extra'\nimport legacy from 'legacy'",
        '`left ${extra()} ${legacy.log} ${globalThis.legacyStarts}`',
      ),
      'src/pages/right.js': page(
        "import legacy from 'legacy'\nimport extra from 'legacy/extra'",
        '`right ${legacy.count()} ${extra()} ${legacy.log}`',
      ),
    },
  },
  {
    name: 'modules that import each other in circles',
    paths: ['/', '/left', '/right'],
    files: {
      ...pages(['home', 'left', 'right']),
      'src/pages/home.js': page("import { even } from '../circle/even.js'", '`home ${even(4)}`'),
      'src/pages/left.js': page(
        "import { odd } from '../circle/odd.js'\nimport { tree } from '../circle/tree.js'",
        '`left ${odd(3)} ${tree().size()}`',
      ),
      'src/pages/right.js': page(
        "import { tree } from '../circle/tree.js'\nimport { even } from '../circle/even.js'",
        '`right ${tree().size()} ${even(2)}`',
      ),
      'src/circle/even.js': noticed(
        'evenThere',
        "import { odd } from './odd.js'\nexport function even(n) { return n === 0 || odd(n - 1) }",
      ),
      'src/circle/odd.js': noticed(
        'oddThere',
        "import { even } from './even.js'\nexport function odd(n) { return n !== 0 && even(n - 1) }",
      ),
      'src/circle/tree.js':
        "import { Leaf } from './leaf.js'\nexport class Tree { size() { return 1 } }\nexport const tree = () => new Leaf()\n",
      'src/circle/leaf.js':
        "import { Tree, tree } from './tree.js'\nexport class Leaf { size() { return new Tree().size() + (typeof tree === 'function' ? 1 : 0) } }\n",
    },
  },
  {
    name: 'imports for their side effects',
    paths: ['/', '/left', '/right'],
    files: {
      ...pages(['home', 'left', 'right'], "import './setup/polyfill.js'\nimport './setup/settings.js'"),
      'src/setup/polyfill.js':
        'Array.prototype.lastOne ??= function () { return this[this.length - 1] }\n;(globalThis.log ??= []).push("polyfill")\n',
      'src/setup/settings.js':
        'globalThis.settings = { last: [1, 2].lastOne() }\n;(globalThis.log ??= []).push("settings")\n',
      'src/setup/locale.js': 'globalThis.settings.locale = "de"\n;(globalThis.log ??= []).push("locale")\n',
      'src/setup/theme.js':
        'globalThis.settings.theme = `dark ${globalThis.settings.locale}`\n;(globalThis.log ??= []).push("theme")\n',
      'src/shared/format.js': noticed(
        'format',
        '',
        '(text) => `${text} ${globalThis.settings.locale} ${globalThis.settings.theme}`',
      ),
      'src/pages/home.js': page("import '../setup/locale.js'", '`home ${JSON.stringify(globalThis.settings)}`'),
      'src/pages/left.js': page(
        "import '../setup/locale.js'\nimport '../setup/theme.js'\nimport { format } from '../shared/format.js'",
        "`left ${format('x')} ${globalThis.log}`",
      ),
      'src/pages/right.js': page(
        "import '../setup/locale.js'\nimport { format } from '../shared/format.js'\nimport '../setup/theme.js'",
        "`right ${format('y')}`",
      ),
    },
  },
  {
    name: 'top-level await',
    paths: ['/', '/left', '/right'],
    files: {
      ...pages(['home', 'left', 'right']),
      'src/remote.js':
        "export const remote = await new Promise((resolve) => setTimeout(() => resolve({ name: 'remote' }), 20))\n;(globalThis.log ??= []).push('remote')\n",
      'src/client.js': noticed('client', "import { remote } from './remote.js'", '`client of ${remote.name}`'),
      'src/lazy-part.js': "import { remote } from './remote.js'\nexport const part = remote.name.toUpperCase()\n",
      'src/waits.js': "const { part } = await import('./lazy-part.js')\nexport const waited = `waited for ${part}`\n",
      'src/pages/home.js': page("import { client } from '../client.js'", '`home ${client}`'),
      'src/pages/left.js': page(
        "import { remote } from '../remote.js'\nimport { client } from '../client.js'",
        '`left ${remote.name} ${client}`',
      ),
      'src/pages/right.js': page("import { waited } from '../waits.js'", '`right ${waited}`'),
    },
  },
  {
    name: 'two entries',
    paths: ['/index.html', '/admin.html'],
    files: {
      'package.json': '{"name":"hard-case","version":"1.0.0","private":true,"type":"module"}',
      'index.html': html('/src/main.js'),
      'admin.html': html('/src/admin.js'),
      'src/main.js':
        "import { a } from './a.js'\nimport { b } from './b.js'\nimport('./later.js').then(({ later }) => { document.querySelector('main').textContent = `main ${a} ${b} ${later} ${globalThis.log}`; globalThis.ready = true })\n",
      'src/admin.js':
        "import { b } from './b.js'\nimport { c } from './c.js'\nimport('./later.js').then(({ later }) => { document.querySelector('main').textContent = `admin ${b} ${c} ${later} ${globalThis.log}`; globalThis.ready = true })\n",
      'src/a.js': noticed('a', "import './base.js'"),
      'src/b.js': noticed('b', "import './base.js'"),
      'src/c.js': noticed('c', "import { a } from './a.js'", '`c with ${a}`'),
      'src/base.js': noticed('base'),
      'src/later.js': noticed('later', "import { a } from './a.js'", '`later with ${a}`'),
    },
  },
  {
    name: 'import() with a variable and import.meta.glob',
    paths: ['/', '/words', '/files'],
    files: {
      ...pages(['home', 'words', 'files']),
      'src/words/one.js': noticed('word', "import { shared } from './shared.js'", '`one ${shared}`'),
      'src/words/two.js': noticed('word', "import { shared } from './shared.js'", '`two ${shared}`'),
      'src/words/shared.js': noticed('shared'),
      'src/eager/first.js': noticed('value', '', '1'),
      'src/eager/second.js': noticed('value', "import { shared } from '../words/shared.js'", '`2 ${shared}`'),
      'src/pages/home.js': page('', "'home'"),
      'src/pages/words.js': page(
        '',
        "{ const found = []; for (const name of ['one', 'two']) found.push((await import(`../words/${name}.js`)).word); return found.join() }",
      ),
      'src/pages/files.js': page(
        "const lazy = import.meta.glob('../words/t*.js')\nconst eager = import.meta.glob('../eager/*.js', { eager: true })",
        '(await Promise.all([...Object.values(lazy).map((load) => load()), ...Object.values(eager)])).map((each) => each.word ?? each.value).join()',
      ),
    },
  },
  {
    name: 'a worker and WebAssembly',
    paths: ['/', '/worker', '/wasm'],
    files: {
      ...pages(['home', 'worker', 'wasm']),
      'src/sum.js': 'export const sum = (list) => list.reduce((a, b) => a + b, 0)\n',
      'src/sum.worker.js':
        "import { sum } from './sum.js'\nself.onmessage = ({ data }) => self.postMessage(sum(data))\n",
      'src/answer.wasm': ANSWER,
      'src/pages/home.js': page("import { sum } from '../sum.js'", '`home ${sum([1])}`'),
      'src/pages/worker.js': page(
        '',
        "new Promise((resolve) => { const worker = new Worker(new URL('../sum.worker.js', import.meta.url), { type: 'module' }); worker.onmessage = ({ data }) => resolve(`worker ${data}`); worker.postMessage([1, 2, 3]) })",
      ),
      'src/pages/wasm.js': page(
        "import start from '../answer.wasm?init'\nimport { sum } from '../sum.js'",
        '`wasm ${sum([(await start()).exports.answer()])}`',
      ),
    },
  },
  {
    name: 'stylesheets that override each other',
    paths: ['/', '/left', '/right'],
    files: {
      ...pages(['home', 'left', 'right'], "import './styles/reset.css'\nimport './styles/base.css'"),
      'src/styles/reset.css': 'main, .card, .button { margin: 0; color: black; padding: 1px }\n',
      'src/styles/base.css': '.card { color: navy; padding: 4px }\n.button { color: gray }\n',
      'src/card/card.js': 'import \'./card.css\'\nexport const card = (text) => `<p class="card">${text}</p>`\n',
      'src/card/card.css': '.card { color: green; border: 1px solid red }\n',
      'src/button/button.js':
        "import './button.css'\nimport styles from './button.module.css'\nexport const button = (text) => `<a class=\"button ${styles.big}\">${text}</a>`\n",
      'src/button/button.css': '.button { color: teal }\n.card { border-color: blue }\n',
      'src/button/button.module.css': '.big { padding: 9px; color: maroon }\n',
      'src/pages/home.css': '.card { padding: 2px }\n',
      'src/pages/left.css': '.card { color: purple }\n.button { color: olive }\n',
      'src/pages/home.js': page("import { card } from '../card/card.js'\nimport './home.css'", "card('home')"),
      'src/pages/left.js': page(
        "import { card } from '../card/card.js'\nimport { button } from '../button/button.js'\nimport './left.css'",
        "card('left') + button('left')",
      ),
      'src/pages/right.js': page(
        "import { button } from '../button/button.js'\nimport { card } from '../card/card.js'",
        "card('right') + button('right')",
      ),
    },
  },
  {
    name: 'externals of a federation',
    paths: ['/', '/shop', '/both'],
    // What a host shares is found by its name, in the map that the host has written into the page; some of it is asked for late.
    external: ['host-ui', 'host-cart'],
    files: {
      ...pages(
        ['home', 'shop', 'both'],
        "import { greet } from 'host-ui'\nimport { own } from './own.js'\nglobalThis.first = greet(own)",
      ),
      'index.html': html('/src/main.js').replace(
        '</head>',
        '<script type="importmap">{"imports":{"host-ui":"/host/ui.js","host-cart":"/host/cart.js"}}</script></head>',
      ),
      'public/host/ui.js':
        ";(globalThis.log ??= []).push('host-ui')\nexport const greet = (name) => `hello ${name}, after ${globalThis.log}`\n",
      'public/host/cart.js':
        "import { greet } from 'host-ui'\n;(globalThis.log ??= []).push('host-cart')\nexport const count = greet('cart').length\n",
      'src/own.js': noticed('own', "import 'host-ui'"),
      'src/shared.js': noticed(
        'shared',
        "import { greet } from 'host-ui'\nimport { count } from 'host-cart'",
        "greet('shared') + count",
      ),
      'src/pages/home.js': page('', '`home ${globalThis.first}`'),
      'src/pages/shop.js': page("import { shared } from '../shared.js'", '`shop ${shared} ${globalThis.log}`'),
      'src/pages/both.js': page(
        "import { own } from '../own.js'\nimport { shared } from '../shared.js'",
        "`both ${own} ${shared} ${(await import('host-cart')).count} ${globalThis.log}`",
      ),
    },
  },
]
