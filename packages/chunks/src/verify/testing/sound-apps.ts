import { brokenApps } from './broken-apps.ts'
import { installed, type ChunkedApp } from './chunked-app.ts'

const like = (name: string): ChunkedApp => brokenApps.find((app) => app.name.includes(name))!
const classes = like('chunk per directory')
const chart = like('vendor group')
const setup = like('sets things up')
const lazyStyles = like('the stylesheet of a lazy part')
const loneStyles = like('stylesheet alone')
const required = like('used by value')
const styles = like('two stylesheets')
const starting = like('an initialiser before')
const awaiting = like('awaits an import()')

/** Nearly the same, and right: nothing is said about them but what `warns` says. */
export const soundApps: readonly (ChunkedApp & { readonly warns?: readonly string[] })[] = [
  {
    ...classes,
    name: 'a chunk per directory whose imports lead one way',
    files: {
      ...classes.files,
      'src/two/middle.js': classes.files['src/two/middle.js']!.replace('../one/base.js', './base.js'),
      'src/two/base.js': classes.files['src/one/base.js']!,
    },
    codes: [],
  },
  {
    ...classes,
    name: 'a circle of chunks whose classes are made later',
    files: {
      ...classes.files,
      'src/one/top.js':
        "import { middle } from '../two/middle.js'\nexport class Top { name() { return middle() + ' and top' } }\n",
      'src/two/middle.js':
        "import { Base } from '../one/base.js'\nexport const middle = () => new Base().name() + ' and middle'\n",
    },
    codes: [],
    warns: ['PACELINE_CHUNK_CYCLE'],
  },
  {
    ...classes,
    name: 'a circle that is one in the source and runs in the same order',
    files: {
      ...classes.files,
      'src/main.js': "import { left } from './one/left.js'\ndocument.querySelector('main').textContent = left(3)\n",
      'src/one/left.js':
        "import { right } from '../two/right.js'\nexport const words = ['base and middle', ' and top']\nexport const left = (n) => n > 0 ? right(n - 1) : words.join('')\n",
      'src/two/right.js':
        "import { left, words } from '../one/left.js'\nexport const right = (n) => words.length > 0 ? left(n - 1) : ''\n",
    },
    codes: [],
    warns: ['PACELINE_CHUNK_CYCLE'],
  },
  {
    ...chart,
    name: 'a vendor group of what the first page needs',
    groups: { vendor: /node_modules\/tiny-format/ },
    codes: [],
  },
  {
    ...chart,
    name: 'a vendor group with a lazy package that does nothing by itself',
    files: {
      ...chart.files,
      'node_modules/tiny-chart/index.js':
        "export const chart = () => { document.querySelector('.chart').textContent = 'with a chart' }\n",
      'src/chart.js': "import { chart } from 'tiny-chart'\nchart()\n",
    },
    codes: [],
  },
  {
    ...chart,
    name: 'a group with a lazy module of which Rollup leaves an initialiser that nobody uses',
    groups: { parts: /\/src\/(?:chart|names)|tiny-format/ },
    files: {
      ...chart.files,
      'src/names.js': 'export let name = 1\nexport const rename = () => (name = 2)\n',
      'src/chart.js':
        "import * as names from './names.js'\nexport const unused = ['chart', Object.keys(names).length].join('+')\nexport const draw = () => { document.querySelector('.chart').textContent = 'with a chart' + names.rename().toString().slice(1) }\n",
      'src/main.js': chart.files['src/main.js']!.replace(
        "import('./chart.js')",
        "import('./chart.js').then(({ draw }) => draw())",
      ),
    },
    codes: [],
  },
  {
    ...setup,
    name: 'a group with the module that sets things up',
    groups: { app: /\/src\/(?:app|show|setup)/ },
    codes: [],
  },
  {
    ...required,
    name: 'a group of CommonJS that sets things up, which runs where it is required',
    groups: { vendor: /node_modules/ },
    codes: [],
  },
  {
    ...required,
    name: 'a group that runs a module before CommonJS that only makes what it exports',
    files: {
      ...required.files,
      'node_modules/setup/index.js': "exports.label = () => 'by CommonJS'\n",
      'src/start.js': "globalThis.settings = 1\nexport const started = 'started set up'\n",
    },
    codes: [],
  },
  {
    ...required,
    name: 'a group with modules that require the same CommonJS in turns',
    files: {
      ...required.files,
      'src/main.js':
        "import setup from 'setup'\nimport { other } from './other.js'\nimport { started } from './start.js'\ndocument.querySelector('main').textContent = `${started} ${setup.label()}${other}`\n",
      'src/other.js': "import setup from 'setup'\nexport const other = setup.label ? '' : 'nothing'\n",
      'src/start.js': "import setup from 'setup'\nexport const started = setup.label ? 'started set up' : 'nothing'\n",
    },
    groups: { setup: /node_modules/, app: /\/src\/start/ },
    codes: [],
  },
  {
    ...required,
    name: 'a group beside CommonJS that requires what the page requires itself afterwards',
    files: {
      ...required.files,
      'node_modules/setup/index.js':
        "exports.part = require('./part.js').part\nglobalThis.whole = true\nexports.label = () => 'by CommonJS'\n",
      'node_modules/setup/part.js': "globalThis.settings = { name: 'set up' }\nexports.part = () => ''\n",
      'src/main.js':
        "import { started } from './start.js'\nimport setup from 'setup'\nimport part from 'setup/part.js'\ndocument.querySelector('main').textContent = `${started} ${setup.label()}${part.part()}`\n",
      'src/start.js': "export const started = 'started set up' + document.title.slice(0, 0)\n",
    },
    groups: { app: /\/src\/start/ },
    codes: [],
  },
  {
    ...awaiting,
    name: 'a group without what the awaited module needs',
    groups: { parts: /\/src\/parts\/locale|vite\/preload-helper/, tag: /\/src\/parts\/tag/ },
    codes: [],
  },
  {
    ...awaiting,
    name: 'a group that awaits something else than the import() of what needs it',
    files: {
      ...awaiting.files,
      'src/parts/locale.js':
        "import('../messages.js')\nexport const locale = await new Promise((resolve) => setTimeout(() => resolve('<de>'), 9))\n",
    },
    codes: [],
  },
  {
    ...starting,
    name: 'a group with both initialisers that call a package',
    groups: { vendor: /node_modules/, session: /\/src\/(?:app|session)/ },
    codes: [],
  },
  {
    ...starting,
    name: 'a group that runs an initialiser before one that calls another package',
    files: {
      ...starting.files,
      ...installed('clock', 'export const now = () => `at ${typeof Date.now()}`.slice(0, 0)\n'),
      'src/session.js': "import { now } from 'clock'\nexport const session = `session of one${now()}`\n",
    },
    codes: [],
  },
  {
    ...starting,
    name: 'a group that runs an initialiser before one that calls the same package, both marked as pure',
    files: {
      ...starting.files,
      ...installed('parts', "export const define = (part) => ({ ...part, kind: 'part' })\n"),
      'src/app.js': "import { define } from 'parts'\nexport const app = /*#__PURE__*/ define({ name: 'one' })\n",
      'src/session.js':
        "import { define } from 'parts'\nexport const session = (/* @__PURE__ */ define({ name: 'session of one' })).name\n",
    },
    codes: [],
  },
  {
    ...setup,
    name: 'a group of a module that only declares',
    groups: { app: /\/src\/show/ },
    codes: [],
  },
  {
    ...lazyStyles,
    name: 'a group with the stylesheet of a lazy part that has rules for its own names',
    files: { ...lazyStyles.files, 'src/parts/dialog.css': '.dialog { color: green }\n' },
    codes: [],
  },
  {
    ...loneStyles,
    name: 'a group of a stylesheet that has a script beside it',
    groups: { theme: /\/src\/theme\// },
    codes: [],
  },
  {
    ...styles,
    name: 'a group with a stylesheet that only exports values to scripts',
    files: {
      ...styles.files,
      'src/base.css': '.themed { color: green }\n',
      'src/theme/theme.js':
        "import { accent } from './theme.module.css'\nexport const theme = () => (accent === 'green' ? 'themed' : accent)\n",
      'src/theme/theme.module.css': ':export { accent: green }\n',
    },
    codes: [],
  },
]
