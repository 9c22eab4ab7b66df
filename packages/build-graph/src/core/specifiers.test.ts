import { describe, expect, test } from 'vitest'
import { matchImports, matchModule, type WrittenImport } from './specifiers.ts'

const statics = (...specifiers: readonly string[]): WrittenImport[] =>
  specifiers.map((specifier, at) => ({ specifier, line: at + 1, kind: 'static' }))

const written: WrittenImport[] = [
  ...statics('./button', 'react', 'react/jsx-runtime'),
  { specifier: '@/pages/editor', line: 4, kind: 'dynamic' },
  { specifier: '../shared/index', line: 5, kind: 'static' },
  { specifier: '@scope/ui/button', line: 6, kind: 'static' },
]

test.each([
  ['/app/src/components/button.tsx', 'static', 1],
  ['/app/node_modules/react/index.js', 'static', 2],
  ['/app/node_modules/react/jsx-runtime.js', 'static', 3],
  ['/app/src/pages/editor.tsx', 'dynamic', 4],
  ['/app/src/shared/index.ts', 'static', 5],
  ['/app/node_modules/@scope/ui/dist/button.mjs', 'static', 6],
  ['/app/node_modules/moment/moment.js', 'static', undefined],
] as const)('matchImports finds the statement that imports %s', (id, kind, line) => {
  const [found] = matchImports('/app/src/components/card.tsx', [{ id, kind }], written)
  expect(found?.line).toBe(line)
})

describe('matchImports', () => {
  const lines = (
    ids: readonly string[],
    imports: readonly WrittenImport[],
    kind: 'static' | 'dynamic' = 'static',
  ): (number | undefined)[] =>
    matchImports(
      '/app/src/main.js',
      ids.map((id) => ({ id, kind })),
      imports,
      (id) => (id.startsWith('/ui/') ? '@acme/ui' : undefined),
    ).map((found) => found?.line)

  test('gives each statement to one module where several end alike', () => {
    const imports = statics('@a/utils', '@b/utils')
    expect(lines(['/app/src/a/utils.js', '/app/src/b/utils.js'], imports)).toEqual([1, 2])
    expect(lines(['/app/src/one/utils.js', '/app/src/two/utils.js'], imports)).toEqual([1, 2])
    // Types alone are imported on the first line.
    expect(lines(['/app/src/b/utils.js'], imports)).toEqual([2])
  })

  test('tells imports of one file apart by their queries', () => {
    const ids = ['/app/src/old.js?raw', '/app/src/old.js?url', '/app/src/old.js']
    expect(lines(ids, statics('./old.js', './old.js?raw', './old.js?url'))).toEqual([2, 3, 1])
    expect(lines(ids.toReversed(), statics('./old.js', './old.js?raw', './old.js?url'))).toEqual([1, 3, 2])
  })

  test('gives a statement to both modules that a plugin made of it', () => {
    expect(lines(['/app/src/card.vue', '/app/src/card.vue?vue&type=style'], statics('./card.vue'))).toEqual([1, 1])
  })

  test('knows linked packages by their name, and aliases of one word', () => {
    const ids = ['/ui/src/index.js', '/ui/src/chart.js', '/app/src/lib/index.js']
    expect(lines(ids, statics('$lib', '@acme/ui/chart', '@acme/ui'))).toEqual([3, 2, 1])
  })

  test('pairs what says nothing in the order of the source, and only where the numbers agree', () => {
    const ids = ['/app/src/x.js', '/app/src/data/database.js', '/app/node_modules/react/jsx-runtime.js']
    expect(lines(ids, statics('#imports', './types', '#db', './x'))).toEqual([4, undefined, undefined])
    expect(lines(ids, statics('#db', './types', './x'))).toEqual([3, 1, undefined])
    expect(lines(['/app/src/one.js', '/app/src/two.js'], statics('#a', '#b'))).toEqual([1, 2])
  })

  test('gives a glob to every module that it matches', () => {
    const imports: WrittenImport[] = [
      { specifier: './pages/*.js', line: 3, kind: 'dynamic', glob: true },
      { specifier: '/src/dyn/**/*.js', line: 4, kind: 'dynamic', glob: true },
    ]
    const ids = ['/app/src/pages/a.js', '/app/src/pages/b.js', '/app/src/dyn/x/c.js', '/app/src/other/d.js']
    expect(lines(ids, imports, 'dynamic')).toEqual([3, 3, 4, undefined])
    const [found] = matchImports('/app/(site)/[id].js', [{ id: '/app/(site)/pages/a.js', kind: 'dynamic' }], imports)
    expect(found?.line).toBe(3)
  })
})

test('matchModule prefers the exact file over one that ends alike', () => {
  const imported = ['/app/src/pages/users/list.tsx', '/app/src/pages/list.tsx']
  expect(matchModule('/app/src/router.tsx', './pages/list.tsx', imported)).toBe('/app/src/pages/list.tsx')
})
