import { expect, test } from 'vitest'
import { findConfig } from './find-config.ts'
import { editConfig } from './edit-config.ts'
import { styleOf } from './style-of.ts'
import { parseModule } from '../syntax/parse.ts'

function edited(text: string, options: readonly [string, string][] = []): string {
  const source = parseModule(text, 'vite.config.js')
  const style = styleOf(source, findConfig(source))
  const tree = new Map(options)
  return editConfig(text, 'vite.config.js', { replaced: new Set(), constants: [], tree, style })
}

const IMPORT = "import { paceline } from 'paceline'\n\n"

test.each([
  ["/** @type {import('vite').UserConfig} */\nexport default {", ''],
  ["/** @type {import('vite').UserConfig} */\r\nexport default {", ''],
  ["/** @type {import('vite').UserConfig} */ export default {", ''],
  ['/**\n * @satisfies {Config}\n */\nexport default {', '// @ts-check\n'],
  ['export default {', '/** @file Of the shop. */\n\n'],
  ['export default {', '// @ts-check\n'],
])('what says the type of the config stays above it: %j', (start, before) => {
  const end = start.includes('\r') ? '\r\n' : '\n'
  const written = `${before}${start}${end}  plugins: [],${end}}${end}`
  const expected = `${before}${IMPORT.replaceAll('\n', end)}${start}${end}  plugins: [paceline()],${end}}${end}`
  expect(edited(written)).toBe(expected)
})

test('a comment in a list of no plugins stays, whether `paceline()` has options or not', () => {
  const written = 'export default {\n  plugins: [\n    // None so far.\n  ],\n}\n'
  expect(edited(written)).toContain('// None so far.\n')
  expect(edited(written, [['compress', '{ threshold: 0,\n brotli: {} }']])).toMatch(
    /paceline\([^]*\),\n {4}\/\/ None so far\.\n {2}\],\n/,
  )
})
