import { expect, test } from 'vitest'
import { namesOfSpace, readClauses, withoutClauses } from './import-clauses.ts'

test('reads every way to take a name, each specifier once', () => {
  const clauses = readClauses(
    [
      "import a, { b, default as c, d as $d } from './x' // why",
      "import /* all */ * as space from './y'",
      "import first, * as rest from './x'",
      "import './effects'",
      "import {\n  e,\n  größe as g,\n} from './y'",
      "import('./lazy')",
      'import.meta.url',
    ].join('\n'),
  )
  expect(clauses?.specifiers).toEqual(['./x', './y', './effects'])
  expect(clauses?.taken.map(({ from, name, local }) => `${from} ${name} ${local}`).sort()).toEqual([
    '0 * rest',
    '0 b b',
    '0 d $d',
    '0 default a',
    '0 default c',
    '0 default first',
    '1 * space',
    '1 e e',
    '1 größe g',
  ])
})

test('tells what is handed on from what is its own', () => {
  const clauses = readClauses(
    [
      "export { default as A, b } from './x'",
      "export * from './y'",
      "export * as space from './z'",
      "import { c } from './x'",
      "import def from './z'",
      'export { c as d }',
      'export default def',
      'export const own = 1',
      'function f() {}',
      'export { f as g }',
    ].join('\n'),
  )
  expect(Object.fromEntries(clauses!.handed)).toEqual({
    A: { from: 0, name: 'default', inTwo: false },
    b: { from: 0, name: 'b', inTwo: false },
    space: { from: 2, name: '*', inTwo: false },
    d: { from: 0, name: 'c', inTwo: true },
    default: { from: 2, name: 'default', inTwo: true },
  })
  expect([...clauses!.own]).toEqual(['own', 'g'])
  expect(clauses!.stars).toEqual([1])
})

test.each([
  ['no JavaScript', 'import { from'],
  ['names in quotes', "import { 'a b' as c } from './x'"],
])('says that it does not know: %s', (_, code) => {
  expect(readClauses(code)).toBeUndefined()
})

test.each<[string, string[] | undefined]>([
  ['lib.a(); lib . b; lib?.c', ['a', 'b', 'c']],
  ['x.lib; libs(); $lib', []],
  ['lib[name]', undefined],
  ['f(lib); lib.a', undefined],
  ['({ ...lib })', undefined],
])('knows the names that `%s` takes from `lib`', (body, names) => {
  const code = `import * as lib from 'lib'\n${body}`
  expect(namesOfSpace(withoutClauses(code, readClauses(code)!), 'lib')).toEqual(names)
})
