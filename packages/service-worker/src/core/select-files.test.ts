import { expect, test } from 'vitest'
import { selectFiles, type Selection } from './select-files.ts'

const files = [
  'index.html',
  'index.html.br',
  'sw.js',
  'offline.html',
  'robots.txt',
  '_headers',
  '.vite/manifest.json',
  'photo.jpg',
  'photo.jpg.avif',
  'assets/index-1a2b3c4d.js',
  'assets/index-1a2b3c4d.js.map',
  'assets/index-1a2b3c4d.js.gz',
  'assets/index-1a2b3c4d.js.0123456789abcdef.dcz',
  'assets/editor-5e6f7a8b.js',
]
const select = (selection: Partial<Selection>, needed: string[] = []): string[] =>
  selectFiles(
    { from: 'shell', include: [], exclude: [], ...selection },
    {
      files,
      shell: new Set(['index.html', 'assets/index-1a2b3c4d.js']),
      routes: new Set(['assets/editor-5e6f7a8b.js']),
      needed,
      worker: 'sw.js',
    },
  )

const shell = ['index.html', 'assets/index-1a2b3c4d.js']

test.each<[string, string[], string[]]>([
  ['the shell', select({}), shell],
  ['routes', select({ from: 'routes' }), [...shell, 'assets/editor-5e6f7a8b.js']],
  [
    'all, without siblings, maps, deltas, reports and itself',
    select({ from: 'all' }),
    ['index.html', 'offline.html', 'photo.jpg', ...shell.slice(1), 'assets/editor-5e6f7a8b.js'],
  ],
  ['what is included besides', select({ include: ['*.jpg'] }), ['index.html', 'photo.jpg', ...shell.slice(1)]],
  ['less what is excluded', select({ from: 'all', exclude: ['**/*.js', 'photo.*'] }), ['index.html', 'offline.html']],
  ['what has to be there', select({ exclude: ['**'] }, ['offline.html']), ['offline.html']],
])('selects %s', (_, selected, expected) => {
  expect(selected).toEqual(expected)
})
