import { expect, test } from 'vitest'
import { forbiddenLicences } from './licences.ts'

const packages = {
  '': {},
  'packages/ours': { license: 'MIT', dependencies: { free: '1', bound: '1', other: '1' } },
  'packages/other': { license: 'MIT', dependencies: { bound: '2' }, optionalDependencies: { absent: '1' } },
  'packages/private': { dependencies: { secret: '1' } },
  'node_modules/other': { link: true, resolved: 'packages/other' },
  'node_modules/free': { version: '1.0.0', license: '(GPL-2.0-only OR MIT)', dependencies: { '@img/sharp-x': '1' } },
  'node_modules/@img/sharp-x': { version: '1.0.0', license: 'Apache-2.0 AND LGPL-3.0-or-later' },
  'node_modules/bound': { version: '1.0.0', license: 'MIT' },
  'packages/other/node_modules/bound': { version: '2.0.0', license: 'LGPL-3.0-or-later', dependencies: { none: '1' } },
  'node_modules/none': { version: '3.0.0' },
  'node_modules/secret': { version: '1.0.0', license: 'UNLICENSED' },
}

test('names what comes with our packages under a licence that is not permissive, or under none', () => {
  expect(forbiddenLicences(packages, ['packages/ours'])).toEqual([
    'none 3.0.0 is under no licence that it names, which is not a permissive one.',
    'bound 2.0.0 is under LGPL-3.0-or-later, which is not a permissive one.',
  ])
})

test('refuses a tree that is not locked', () => {
  const torn = { 'packages/ours': { dependencies: { gone: '1' } } }
  expect(() => forbiddenLicences(torn, ['packages/ours'])).toThrow('depends on gone, which is not locked')
})
