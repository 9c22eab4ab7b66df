import { expect, test } from 'vitest'
import { chooseImportMap, stableDirectory, type MappedApp } from './choose-import-map.ts'

const app = (changes: Partial<MappedApp> = {}): MappedApp => ({
  viteVersion: '8.3.8',
  root: '/home/me/app',
  base: '/',
  renderBuiltUrl: false,
  client: {},
  ...changes,
})
const withInput = (input: string | string[] | Record<string, string>, base = '/'): MappedApp =>
  app({ base, client: { build: { rolldownOptions: { input } } } })

test.each([
  ['an old Vite', app({ viteVersion: '8.0.4' }), /since 8\.1.* 8\.0\.4/],
  ['Vite 7', app({ viteVersion: '7.3.8' }), /since 8\.1.* 7\.3\.8/],
  ['URLs made at run time', app({ renderBuiltUrl: true }), /renderBuiltUrl/],
  ['browsers without import maps', app({ client: { build: { target: ['es2020', 'safari14'] } } }), /'safari14'/],
  ['a script as the only input', withInput('/home/me/app/src/main.js'), / `src\/main\.js` is no HTML/],
  ['scripts beside pages', withInput({ a: 'index.html', b: 'src/b.ts' }), /`src\/b\.ts` is no HTML/],
  ['scripts in the newer option', app({ client: { input: ['index.html', 'src/b.ts'] } }), /`src\/b\.ts`/],
  ['a library', app({ client: { build: { lib: { entry: 'index.html' } } } }), /build\.lib/],
  ['a relative base and a nested page', withInput(['/home/me/app/index.html', 'admin/index.html'], './'), /`admin\//],
  ['an empty base and a nested page', withInput('/home/me/app/deep/in/index.html', ''), /`deep\/in\/index\.html`/],
  ['a relative base and a page beyond the root', withInput('../other/index.html', './'), /`\.\.\/other/],
])('there is no import map with %s, and it is said why', (_, input, said) => {
  const { mapped, obstacle } = chooseImportMap(input)
  expect(mapped).toBe(false)
  expect(obstacle).toMatch(said)
})

test.each([
  ['a choice of the user', { chunkImportMap: false }],
  [
    'file names without a hash',
    { rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } } },
  ],
])('there is no import map with %s, and nothing to say', (_, build) => {
  expect(chooseImportMap(app({ client: { build } }))).toEqual({ mapped: false })
})

test.each([
  ['Vite 8.1', app({ viteVersion: '8.1.0' })],
  ['Vite 9', app({ viteVersion: '9.0.0' })],
  ['recent browsers', app({ client: { build: { target: ['es2020', 'chrome111', 'safari16.4', 'firefox114'] } } })],
  ['a target without browsers', app({ client: { build: { target: 'esnext' } } })],
  [
    'hashes in some names',
    app({
      client: {
        build: { rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash:8].js' } } },
      },
    }),
  ],
  ['several pages', withInput({ a: 'index.html', b: '/home/me/app/admin/index.html' })],
  ['a relative base and all pages at the root', withInput(['/home/me/app/index.html', './b.html', '/c.html'], './')],
  ['a relative base and the page that Vite takes', app({ base: '' })],
  ['a choice of the user that nothing speaks for', app({ client: { build: { chunkImportMap: true, lib: false } } })],
])('there is an import map with %s', (_, input) => {
  expect(chooseImportMap(input)).toEqual({ mapped: true })
})

test('names of chunks are made from the root, unless inputs are relative to somewhere else', () => {
  expect(stableDirectory(app())).toBe('/home/me/app')
  expect(stableDirectory(withInput(['/home/me/app/a.html', String.raw`C:\app\b.html`]))).toBe('/home/me/app')
  expect(stableDirectory(withInput('pages/a.html'))).toBeUndefined()
  expect(stableDirectory(app({ client: { build: { rolldownOptions: { cwd: '/home' } } } }))).toBeUndefined()
})
