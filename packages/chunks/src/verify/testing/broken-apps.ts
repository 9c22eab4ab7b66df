import { common, installed, page, type ChunkedApp } from './chunked-app.ts'

const MANIFEST = JSON.stringify({ name: 'chunked', version: '1.0.0', private: true, type: 'module' })
const SHOW = "export const show = (text) => { document.querySelector('main').textContent = text }\n"

const classes = {
  'package.json': MANIFEST,
  'index.html': page,
  'src/main.js': "import { Top } from './one/top.js'\ndocument.querySelector('main').textContent = new Top().name()\n",
  'src/one/top.js':
    "import { Middle } from '../two/middle.js'\nexport class Top extends Middle { name() { return super.name() + ' and top' } }\n",
  'src/two/middle.js':
    "import { Base } from '../one/base.js'\nexport class Middle extends Base { name() { return super.name() + ' and middle' } }\n",
  'src/one/base.js': "export class Base { name() { return 'base' } }\n",
}

const setup = {
  'package.json': MANIFEST,
  'index.html': page,
  'src/show.js': SHOW,
  'src/main.js': "import './setup.js'\nimport './app/start.js'\n",
  'src/setup.js': "globalThis.settings = { name: 'set up' }\n",
  'src/app/start.js': "import { show } from '../show.js'\nshow(`started ${globalThis.settings?.name}`)\n",
}

/** Two initialisers, of which the second leans on the first by way of a package. */
const leaning = {
  'src/main.js':
    "import { app } from './app.js'\nimport { session } from './session.js'\ndocument.querySelector('main').textContent = `${app.name}: ${session}`\n",
  'src/app.js': "import { initialise } from 'fire'\nexport const app = initialise('one')\n",
  'src/session.js': "import { startSession } from 'fire'\nexport const session = startSession()\n",
}

/** Builds without a word from the bundler; Chromium shows a white page or the wrong text. */
export const brokenApps: readonly ChunkedApp[] = [
  {
    name: 'a chunk per directory draws a circle around classes',
    files: classes,
    groups: { one: /\/src\/one\//, two: /\/src\/two\// },
    recursive: false,
    codes: ['PACELINE_CHUNK_CYCLE'],
    shows: 'base and middle and top',
  },
  {
    name: 'a group that is cut by size draws a circle',
    files: {
      ...classes,
      'src/one/base.js': `${classes['src/one/base.js']}export const noise = ${JSON.stringify('base '.repeat(200))}\nglobalThis.noise = noise\n`,
      'src/one/top.js': `${classes['src/one/top.js']}export const more = ${JSON.stringify('top '.repeat(250))}\nglobalThis.more = more\n`,
      'src/two/middle.js': `${classes['src/two/middle.js']}export const most = ${JSON.stringify('middle '.repeat(300))}\nglobalThis.most = most\n`,
    },
    groups: { app: /\/src\/(?:one|two)\// },
    recursive: false,
    rolldown: { maxSize: 2400 },
    codes: ['PACELINE_CHUNK_CYCLE', 'PACELINE_ORDER_CHANGED'],
    shows: 'base and middle and top',
  },
  {
    name: 'a picture stays in the entry while a group has who shows it',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      'src/main.js':
        "import { gallery } from './parts/gallery.js'\ndocument.querySelector('main').textContent = gallery.length + ' pictures'\n",
      'src/parts/gallery.js':
        "import first from '../pictures/first.svg'\nexport const gallery = [first, first.replace('first', 'second')]\n",
      'src/pictures/first.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    },
    groups: { parts: /\/src\/parts\// },
    recursive: false,
    // Rollup gives such a picture a chunk of its own.
    rolldown: {},
    codes: ['PACELINE_CHUNK_CYCLE'],
    shows: '2 pictures',
  },
  {
    name: 'a vendor group runs a lazy package before its place is there',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      ...installed(
        'tiny-format',
        'export const format = (text) => text.toUpperCase() + Math.random().toString().slice(0, 0)\n',
      ),
      ...installed(
        'tiny-chart',
        "document.querySelector('.chart').textContent = 'with a chart'\nexport const chart = true\n",
      ),
      'src/main.js': [
        "import { format } from 'tiny-format'",
        "document.querySelector('main').innerHTML = `${format('page')} <b class=\"chart\"></b>`",
        "import('./chart.js')",
      ].join('\n'),
      'src/chart.js': "import { chart } from 'tiny-chart'\nglobalThis.chart = chart\n",
    },
    groups: { vendor: /node_modules/ },
    recursive: true,
    codes: ['PACELINE_RUNS_EARLY'],
    shows: 'PAGE with a chart',
  },
  {
    name: 'a group runs a module before the one that sets things up',
    files: setup,
    groups: { app: /\/src\/(?:app|show)/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    shows: 'started set up',
  },
  {
    name: 'all that a page has is in groups, and Vite writes their names into the page',
    files: setup,
    groups: { app: /\/src\/(?:app|show)/, rest: /\/src\/(?:main|setup)/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    shows: 'started set up',
  },
  {
    name: 'a group brings the stylesheet of a lazy part into the first load',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      'src/main.js': [
        "import { name } from './parts/name.js'",
        "const main = document.querySelector('main')",
        "main.textContent = `${name} is ${getComputedStyle(main).color === 'rgb(0, 128, 0)' ? 'painted' : 'plain'}`",
        "main.onclick = () => import('./parts/dialog.js')",
      ].join('\n'),
      'src/parts/name.js': "export const name = document.title.slice(0, 0) + 'main'\n",
      'src/parts/dialog.js': "import './dialog.css'\nexport const dialog = 'dialog'\n",
      'src/parts/dialog.css': 'main { color: green }\n',
    },
    groups: { parts: /\/src\/parts\// },
    recursive: false,
    codes: ['PACELINE_RUNS_EARLY'],
    shows: 'main is plain',
  },
  {
    name: 'a group of a stylesheet alone puts it behind the one that overrules it',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      'src/main.js': [
        "import './theme/theme.css'",
        "import { name } from './theme/name.js'",
        "import './main.css'",
        "const main = document.querySelector('main')",
        "main.textContent = `${name} is ${getComputedStyle(main).color === 'rgb(0, 128, 0)' ? 'its own' : 'the theme'}`",
      ].join('\n'),
      'src/main.css': 'main { color: green }\n',
      'src/theme/name.js': "export const name = document.title.slice(0, 0) + 'main'\n",
      'src/theme/theme.css': 'main { color: red }\n',
    },
    groups: { theme: /\/src\/theme\/theme\.css/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    shows: 'main is its own',
  },
  {
    name: 'a group runs an initialiser before one that calls the same package',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      ...installed(
        'fire',
        "const apps = []\nexport const initialise = (name) => (apps.push(name), { name })\nexport const startSession = () => {\n  if (apps.length === 0) throw new Error('initialise() has not been called')\n  return `session of ${apps[0]}`\n}\n",
      ),
      ...leaning,
    },
    groups: { vendor: /node_modules/, session: /\/src\/session/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    suspected: true,
    shows: 'one: session of one',
  },
  {
    name: 'of CommonJS, a group runs a call before another one',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      ...common(
        'fire',
        'const apps = []\nexports.initialise = (name) => (apps.push(name), { name })\nexports.startSession = () => `session of ${apps[0].toString()}`\n',
      ),
      ...leaning,
    },
    groups: { vendor: /node_modules/, session: /\/src\/session/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    suspected: true,
    shows: 'one: session of one',
  },
  {
    name: 'a group runs a module before CommonJS that sets things up and is used by value',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      ...common('setup', "globalThis.settings = { name: 'set up' }\nexports.label = () => 'by CommonJS'\n"),
      'src/main.js':
        "import setup from 'setup'\nimport { started } from './start.js'\ndocument.querySelector('main').textContent = `${started} ${setup.label()}`\n",
      'src/start.js': "globalThis.settings.size = 1\nexport const started = 'started ' + globalThis.settings.name\n",
    },
    groups: { app: /\/src\/start/ },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    shows: 'started set up by CommonJS',
  },
  {
    name: 'a group has a lazy module that requires CommonJS by value before its place is there',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      ...common(
        'tiny-chart',
        "document.querySelector('.chart').textContent = 'with a chart'\nexports.draw = () => true\n",
      ),
      'src/format.js': 'export const format = (text) => text.toUpperCase() + Math.random().toString().slice(0, 0)\n',
      'src/main.js': [
        "import { format } from './format.js'",
        "document.querySelector('main').innerHTML = `${format('page')} <b class=\"chart\"></b>`",
        "import('./chart.js').then((chart) => chart.draw())",
      ].join('\n'),
      'src/chart.js': "import chart from 'tiny-chart'\nexport const draw = () => chart.draw()\n",
    },
    groups: { chart: /tiny-chart/, parts: /\/src\/(?:format|chart)/ },
    recursive: false,
    codes: ['PACELINE_RUNS_EARLY'],
    shows: 'PAGE with a chart',
  },
  {
    name: 'a group has both what awaits an import() and what the awaited module needs',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      'src/main.js':
        "import { locale } from './parts/locale.js'\nimport { tag } from './parts/tag.js'\ndocument.querySelector('main').textContent = `${locale} ${tag('main')}`\n",
      'src/messages.js': "import { tag } from './parts/tag.js'\nexport const locale = tag('de')\n",
      'src/parts/locale.js': "export const { locale } = await import('../messages.js')\n",
      'src/parts/tag.js': "export const tag = (name) => '<' + name + '>' + document.title.slice(0, 0)\n",
    },
    groups: { parts: /\/src\/parts\/|vite\/preload-helper/ },
    recursive: false,
    codes: ['PACELINE_CHUNK_DEADLOCK'],
    shows: '<de> <main>',
  },
  {
    name: 'a group turns two stylesheets round',
    files: {
      'package.json': MANIFEST,
      'index.html': page,
      'src/main.js': [
        "import './base.css'",
        "import { theme } from './theme/theme.js'",
        "const main = document.querySelector('main')",
        'main.className = theme()',
        "main.textContent = getComputedStyle(main).color === 'rgb(0, 128, 0)' ? 'green' : 'red'",
      ].join('\n'),
      'src/base.css': '.themed { color: red }\n',
      'src/theme/theme.js': "import './theme.css'\nexport const theme = () => 'themed'\n",
      'src/theme/theme.css': '.themed { color: green }\n',
    },
    groups: { theme: /\/src\/theme\// },
    recursive: false,
    codes: ['PACELINE_ORDER_CHANGED'],
    shows: 'green',
  },
]
