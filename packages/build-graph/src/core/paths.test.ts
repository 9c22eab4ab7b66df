import { expect, test } from 'vitest'
import { displayId, isVirtual, packageOf, reportId } from './paths.ts'

test.each([
  ['/app/src/a.ts', 'src/a.ts'],
  ['/app/src/App.vue?vue&type=style&index=0', 'src/App.vue?vue&type=style&index=0'],
  ['/node_modules/react/index.js', '../node_modules/react/index.js'],
  ['\0vite/preload-helper.js', 'virtual:vite/preload-helper.js'],
  ['virtual:routes', 'virtual:routes'],
  ['\0/app/node_modules/x/i.js?commonjs-exports', 'node_modules/x/i.js?commonjs-exports'],
])('displayId of %j is %j', (id, expected) => {
  expect(displayId(id, '/app')).toBe(expected)
})

const windows = String.raw

test.each([
  [windows`C:\app\src\a.ts`, 'C:/app', 'src/a.ts'],
  ['C:/app/src/a.ts', windows`C:\app`, 'src/a.ts'],
  [windows`c:\app\src\App.vue?vue&type=style`, 'C:/app', 'src/App.vue?vue&type=style'],
  ['C:/app/src/a.ts', windows`c:\app`, 'src/a.ts'],
  [windows`C:\shop\shared\a.ts`, windows`C:\shop\web`, '../shared/a.ts'],
  [windows`C:\a.ts`, 'C:/', 'a.ts'],
  [windows`d:\store\x\..\a.ts`, 'C:/app', 'D:/store/a.ts'],
  [windows`\\server\share\app\a.ts`, windows`\\server\share\app`, 'a.ts'],
  ['\0C:/app/node_modules/x/i.js?commonjs-exports', windows`c:\app`, 'node_modules/x/i.js'],
  ['\0rolldown/runtime.js', 'C:/app', 'virtual:rolldown/runtime.js'],
])('reportId of %j in %s is %s', (id, root, expected) => {
  expect(reportId(id, root)).toBe(expected)
})

test('packageOf finds a package of Windows', () => {
  const dir = 'C:/app/node_modules/.pnpm/@s+b@1/node_modules/@s/b'
  expect(packageOf(windows`C:\app\node_modules\.pnpm\@s+b@1\node_modules\@s\b\x.js?v=1`)).toEqual({ name: '@s/b', dir })
})

test.each([
  [windows`C:\app\src\a.ts`, false],
  ['c:/app/src/a.ts', false],
  [windows`\\server\share\a.ts`, false],
  ['\0c:/app/a.css?inline', false],
  ['virtual:routes', true],
  ['c:routes', true],
])('%j is virtual: %s', (id, expected) => {
  expect(isVirtual(id)).toBe(expected)
})

test.each([
  ['/app/node_modules/react/index.js', 'react', '/app/node_modules/react'],
  [
    '/app/node_modules/.pnpm/react@19/node_modules/react/index.js',
    'react',
    '/app/node_modules/.pnpm/react@19/node_modules/react',
  ],
  ['/app/node_modules/a/node_modules/@s/b/x.js?v=1', '@s/b', '/app/node_modules/a/node_modules/@s/b'],
])('packageOf finds the innermost package of %s', (id, name, dir) => {
  expect(packageOf(id)).toEqual({ name, dir })
})

test('packageOf knows no package for the app’s own modules and the caches of tools', () => {
  expect(packageOf('/app/src/a.ts')).toBeUndefined()
  expect(packageOf('/app/node_modules/.vite/deps.js')).toBeUndefined()
})

test.each([
  ['\0/app/node_modules/x/i.js?commonjs-exports', 'node_modules/x/i.js'],
  ['\0/app/node_modules/x/i.js?commonjs-es-import', 'node_modules/x/i.js'],
  ['\0__vite-browser-external?commonjs-proxy', 'virtual:__vite-browser-external'],
  ['\0commonjsHelpers.js', 'virtual:commonjsHelpers.js'],
  ['/app/src/x.js?raw', 'src/x.js?raw'],
])('reportId of %j is %s', (id, expected) => {
  expect(reportId(id, '/app')).toBe(expected)
})
