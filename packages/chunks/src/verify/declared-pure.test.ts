import { writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { declaredPure } from './declared-pure.ts'

const files = {
  'package.json': '{"sideEffects":false}',
  'src/main.js': '',
  'node_modules/none/package.json': '{"sideEffects":false}',
  'node_modules/some/package.json': '{"sideEffects":["./setup/*.js","*.css"]}',
  'node_modules/silent/package.json': '{}',
  'node_modules/nested/package.json': '{}',
  'node_modules/nested/pure/package.json': '{"sideEffects":false}',
  'node_modules/nested/esm/package.json': '{"type":"module"}',
}

test.each([
  ['node_modules/none/index.js', true],
  ['node_modules/none/deep/index.js?commonjs-es-import', true],
  ['node_modules/some/index.js', true],
  ['node_modules/some/setup/start.js', false],
  ['node_modules/some/deep/style.css', false],
  ['node_modules/silent/index.js', false],
  ['node_modules/nested/pure/index.js', true],
  ['node_modules/nested/esm/index.js', false],
  ['src/main.js', false],
])('%s is declared pure: %s', async (file, expected) => {
  const root = await writeFixture(files)
  expect(declaredPure()(`${root}/${file}`)).toBe(expected)
})

test('a virtual module is in no package', () => {
  expect(declaredPure()('\0node_modules/none/index.js')).toBe(false)
})
