import { expect, test } from 'vitest'
import { missingFromLockfile } from './lockfile.ts'

test('names the optional packages that are locked neither beside nor above the one that wants them', () => {
  const packages = {
    '': { optionalDependencies: { fsevents: '2' } },
    'node_modules/tool': { optionalDependencies: { '@tool/linux': '1', '@tool/mac': '1' } },
    'node_modules/a/node_modules/tool': { optionalDependencies: { '@tool/linux': '2', '@tool/windows': '2' } },
    'node_modules/a/node_modules/@tool/linux': {},
    'node_modules/a/node_modules/tool/node_modules/deep': {
      optionalDependencies: { '@tool/linux': '2', between: '1' },
    },
    'node_modules/a/node_modules/between': {},
    'node_modules/@tool/linux': {},
    'node_modules/@tool/windows': {},
  }
  expect(missingFromLockfile({ packages })).toEqual([
    '`package.json` wants fsevents 2, which is not locked.',
    '`node_modules/tool` wants @tool/mac 1, which is not locked.',
  ])
})
