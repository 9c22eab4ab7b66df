import { expect, test } from 'vitest'
import { displayId, packageOf, reportId } from './paths.ts'

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
