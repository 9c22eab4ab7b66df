import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { npmCommand, withoutLocalBins } from './npm.mjs'

test('installs with the npm that started us', () => {
  const cli = '/usr/lib/node_modules/npm/bin/npm-cli.js'
  expect(npmCommand({ npm_execpath: cli })).toMatchObject({ command: process.execPath, prefix: [cli] })
})

test('installs with the npm in PATH when another package manager started us', () => {
  expect(npmCommand({ npm_execpath: '/usr/lib/node_modules/yarn/bin/yarn.js' })).toMatchObject({
    command: 'npm',
    prefix: [],
  })
})

test('leaves the folders of local executables out of PATH, whatever it is called', () => {
  const path = [join('/repo', 'node_modules', '.bin'), '/usr/bin'].join(delimiter)
  expect(withoutLocalBins({ Path: path, HOME: '/h' })).toEqual({ Path: '/usr/bin', HOME: '/h' })
})
