import { expect, test } from 'vitest'
import { matchImport, matchModule } from './specifiers.ts'

const written = [
  { specifier: './button', line: 1, kind: 'static' as const },
  { specifier: 'react', line: 2, kind: 'static' as const },
  { specifier: 'react/jsx-runtime', line: 3, kind: 'static' as const },
  { specifier: '@/pages/editor', line: 4, kind: 'dynamic' as const },
  { specifier: '../shared/index', line: 5, kind: 'static' as const },
  { specifier: '@scope/ui/button', line: 6, kind: 'static' as const },
]

test.each([
  ['/app/src/components/button.tsx', 'static', 1],
  ['/app/node_modules/react/index.js', 'static', 2],
  ['/app/node_modules/react/jsx-runtime.js', 'static', 3],
  ['/app/src/pages/editor.tsx', 'dynamic', 4],
  ['/app/src/shared/index.ts', 'static', 5],
  ['/app/node_modules/@scope/ui/dist/button.mjs', 'static', 6],
  ['/app/node_modules/moment/moment.js', 'static', undefined],
] as const)('matchImport finds the statement that imports %s', (resolved, kind, line) => {
  expect(matchImport('/app/src/components/card.tsx', resolved, kind, written)?.line).toBe(line)
})

test('matchModule prefers the exact file over one that ends alike', () => {
  const imported = ['/app/src/pages/users/list.tsx', '/app/src/pages/list.tsx']
  expect(matchModule('/app/src/router.tsx', './pages/list.tsx', imported)).toBe('/app/src/pages/list.tsx')
})
