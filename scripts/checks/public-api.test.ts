import { describe, expect, test } from 'vitest'
import { readExports } from './exported-names.ts'
import { apiChanges } from './public-api.ts'
import { codeEntries } from './published-packages.ts'
import { allOf } from './step.ts'

describe('readExports', () => {
  test('lists values and types, re-exports and the default', () => {
    const text = `import { A } from 'x'
      declare class B {}
      interface D {}
      export { E } from './chunk.js'
      export { A, type C, type D, B as default }`
    expect(readExports(text, 'index.d.ts')).toEqual(['A', 'E', 'default', 'type C', 'type D'])
  })

  test('refuses what is no declaration file', () => {
    expect(() => readExports('export {', 'index.d.ts')).toThrow(/cannot be read/)
  })
})

test('apiChanges lists what came and went, per entry point', () => {
  const before = { a: ['x', 'type T'], gone: ['y'] }
  const after = { a: ['x', 'z'], new: ['type U'] }
  expect(apiChanges(before, after)).toEqual(['- a: type T', '+ a: z', '- gone: y', '+ new: type U'])
  expect(apiChanges(after, after)).toEqual([])
})

test('codeEntries takes JavaScript only, plain or under a condition', () => {
  const exports = {
    '.': './dist/index.js',
    './client': { types: './dist/client.d.ts', import: './dist/client.js' },
    './package.json': './package.json',
  }
  expect([...codeEntries({ exports })]).toEqual([
    ['.', './dist/index.js'],
    ['./client', './dist/client.js'],
  ])
})

test('allOf does not pass on nothing', () => {
  expect(allOf([])).toMatchObject({ passed: false })
  expect(
    allOf([
      { passed: true, output: '' },
      { passed: false, output: 'no\n' },
    ]),
  ).toEqual({ passed: false, output: 'no\n' })
})
