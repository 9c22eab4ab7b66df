import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { replacedIn } from '../../emit/module-sources.ts'
import { namesOf, valueOfExport } from './constants.ts'

const replacedBy = replacedIn({
  env: { MODE: 'staging', DEV: false, VITE_KEY: 'pk' },
  mode: 'staging',
  define: { __FLAG__: true, __NAME__: '"app"', __CODE__: 'window.x', 'config.isOld': 'false' },
})

function valueIn(code: string): unknown {
  const program = parseSync('module.js', code).program as unknown as SyntaxNode
  const constant = valueOfExport(program, 'x', { ...namesOf(program), replacedBy })
  return constant === undefined ? 'unknown' : constant.value
}

describe('of what a module exports is known', () => {
  test.each<[string, unknown]>([
    ["export const x = 'a'", 'a'],
    ['const y = !1\nexport { y as x }', false],
    ['export const x = import.meta.env.MODE', 'staging'],
    ["export const x = (import.meta.env.MODE) === 'staging'", true],
    ['export const x = import.meta.env?.VITE_KEY', 'pk'],
    ['export const x = !import.meta.env.VITE_OTHER', true],
    ['export const x = import.meta.env.DEV || __FLAG__', true],
    ['export const x = __NAME__', 'app'],
    ['export const x = config.isOld', false],
    ['const __vite_import_meta_env__ = {"DEV": false}\nexport const x = __vite_import_meta_env__.DEV', false],
    ['const __vite_import_meta_env__ = {"DEV": false}\nexport const x = __vite_import_meta_env__.VITE_X', undefined],
  ])('`%s`: %j', (code, value) => {
    expect(valueIn(code)).toBe(value)
  })

  test.each([
    'export let x = true',
    'export const x = __CODE__',
    'export const x = window.x',
    'const config = window.config\nexport const x = config.isOld',
    "const config = { isOld: false }\nconfig.isOld = true\nexport const x = config['isOld']",
    'export const x = import.meta.env[name]',
    "export { x } from './y.js'",
    "import { x } from './y.js'\nexport { x }",
  ])('nothing: `%s`', (code) => {
    expect(valueIn(code)).toBe('unknown')
  })
})
