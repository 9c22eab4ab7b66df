import { describe, expect, test } from 'vitest'
import { replacedIn } from '../../emit/module-sources.ts'
import { findDecisions } from './decisions.ts'
import { readClauses } from './import-clauses.ts'
import { withTargets } from './target-clauses.ts'

/** What is decided in `a.js`; specifiers are ids. */
function decisionsIn(
  codes: Readonly<Record<string, string>>,
  env: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const define = {
    __FLAG__: true,
    __OFF__: '!1',
    __NAME__: '"app"',
    __CODE__: 'window.x',
    'process.env': { TIER: 'gold' },
  }
  const replacedBy = replacedIn({ env: { MODE: 'staging', DEV: false, ...env }, mode: 'staging', define })
  const codeOf = (id: string): string | undefined => codes[id]
  const clausesOf = (id: string) => {
    const clauses = readClauses(codes[id] ?? '')
    return clauses && withTargets(clauses, clauses.specifiers)
  }
  return findDecisions({ linker: { clausesOf }, codeOf, replacedBy })('a.js')
}

describe('what a build decides', () => {
  test.each<[string, string]>([
    ['if (import.meta.env.DEV) x()', 'import.meta.env.DEV: does not hold'],
    ['if (!import.meta.env.DEV) x()', '!import.meta.env.DEV: does not hold'],
    ['import.meta.env?.MODE ? x() : y()', 'import.meta.env?.MODE: holds'],
    ["if (import.meta.env['MODE'] === 'staging') x()", 'import.meta.env["…"]==="…": same'],
    ["if (import.meta.env.MODE != 'staging') x()", 'import.meta.env.MODE!="…": ["staging","staging"]'],
    ['if (import.meta.hot === undefined) x()', 'import.meta.hot===undefined: same'],
    ['__FLAG__ ? x() : y()', '__FLAG__: holds'],
    ['__OFF__ ? x() : y()', '__OFF__: does not hold'],
    ["if (process.env.TIER === 'gold') x()", 'process.env.TIER==="…": same'],
    ['if (Boolean(import.meta.env.DEV)) x()', 'Boolean(import.meta.env.DEV): [false]'],
    ['if (10n > 9n) x()', '10n>9n: ["10","9"]'],
    ['const m = { DEV: true }\nif (m.DEV) x()', 'm.DEV: holds'],
    // As Vite 7 has it where not all of it is known by name.
    [
      'const __vite_import_meta_env__ = {"DEV": true}\nif (__vite_import_meta_env__.VITE_X) x()',
      '__vite_import_meta_env__.VITE_X: does not hold',
    ],
  ])('`%s`', (code, decision) => {
    expect(decisionsIn({ 'a.js': code })).toEqual([decision])
  })

  test.each([
    'if (window.x) y()',
    'if (import.meta.env.MODE === name) y()',
    'if (import.meta.env[key]) y()',
    'if (/x/) y()',
    'if (f()) y()',
    'const { open } = props\nif (open) y()',
    'function f(open) { return open ? x() : y() }',
    'const m = { ...other }\nif (m.DEV) x()',
    'const __vite_import_meta_env__ = {"DEV": true}\nif (__vite_import_meta_env__[window.k]) x()',
  ])('is not what nobody knows: `%s`', (code) => {
    expect(decisionsIn({ 'a.js': code })).toEqual([])
  })

  test('is the same for two keys, and another without one', () => {
    const code = 'const key = import.meta.env.VITE_KEY\nexport const p = () => (key ? x() : y())'
    const withKey = (key: string | undefined): readonly string[] => decisionsIn({ 'a.js': code }, { VITE_KEY: key })
    expect(withKey('one')).toEqual(withKey('two'))
    expect(withKey('one')).not.toEqual(withKey(undefined))
  })

  test('comes to an end where modules and variables are made of each other', () => {
    const uses = (other: string): string =>
      Array.from({ length: 12 }, (_, i) => `(${other}${i} === import.meta.env.DEV)`).join(' && ')
    const moduleOf = (own: string, other: string): string => {
      const names = Array.from({ length: 12 }, (_, i) => i)
      return [
        `import { ${names.map((i) => `${other}${i}`).join(', ')} } from '${other}.js'`,
        `export * from '${other}.js'`,
        ...names.map((i) => `export const ${own}${i} = ${uses(other)}`),
        `if (${own}0) x()`,
      ].join('\n')
    }
    expect(decisionsIn({ 'a.js': moduleOf('a', 'b'), 'b.js': moduleOf('b', 'a') })).toEqual([])
    expect(decisionsIn({ 'a.js': 'const a = b\nconst b = a\nif (a) x()' })).toEqual([])
  })
})
