import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { packageLookup } from './package-lookup.ts'

test('a package is found by the path of a module, in packages and in workspaces', async () => {
  const top = await writeFixture({
    'package.json': '{ "name": "shop" }',
    'web/package.json': '{ "name": "web" }',
    'web/node_modules/@s/b/package.json': '{ "name": "@s/b", "version": "1.2.3" }',
    'shared/package.json': '{ "name": "shared", "version": "2.0.0" }',
  })
  const packageOf = packageLookup(join(top, 'web'))
  expect(packageOf('node_modules/@s/b/x.js?v=1')).toEqual({
    name: '@s/b',
    version: '1.2.3',
    path: 'node_modules/@s/b',
  })
  expect(packageOf('../shared/src/a.ts')).toEqual({ name: 'shared', version: '2.0.0', path: '../shared' })
  expect(packageOf('../a.ts')).toBeUndefined()
  expect(packageOf('src/a.ts')).toBeUndefined()
  expect(packageOf('virtual:routes')).toBeUndefined()
})

test('a package of another drive is found under its whole path', () => {
  expect(packageLookup('C:/app')('D:/store/node_modules/react/index.js')).toEqual({
    name: 'react',
    version: 'unknown',
    path: 'D:/store/node_modules/react',
  })
})
