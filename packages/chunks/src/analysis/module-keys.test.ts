import { expect, test } from 'vitest'
import { moduleKeys, type KeyPackage } from './module-keys.ts'

/** `node_modules/NAME` of the root, or a directory further down. */
function installed(id: string): KeyPackage | undefined {
  const [path, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? []
  return path === undefined ? undefined : { name: name!, version: '1.0.0', path }
}

function keysOf(...files: string[]): (string | undefined)[] {
  const ids = files.map((file) => `/app/${file}`)
  const names = moduleKeys(ids, '/app', installed)
  return ids.map((id) => names.get(id)?.key)
}

test('packages go by their name, the app’s own files by their path', () => {
  expect(keysOf('node_modules/react/index.js', 'src/main.ts', 'chart.js')).toEqual([
    'react/index.js',
    'src/main.ts',
    'chart.js',
  ])
})

test('a file or directory that is called like a package begins with ./, and no other does', () => {
  const files = ['chart.js', 'chart.js?raw', 'events/a.js', '@scope/kit/a.js', 'chart.jsx', '@scope/other/a.js']
  const packages = ['chart.js', 'events', '@scope/kit'].map((name) => `node_modules/${name}/a.js`)
  expect(keysOf(...files, ...packages)).toEqual([
    './chart.js',
    './chart.js?raw',
    './events/a.js',
    './@scope/kit/a.js',
    'chart.jsx',
    '@scope/other/a.js',
    'chart.js/a.js',
    'events/a.js',
    '@scope/kit/a.js',
  ])
})
