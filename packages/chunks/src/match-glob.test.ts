import { expect, test } from 'vitest'
import { globMatcher } from './match-glob.ts'

test.each([
  ['src/routes/(auth)/**', 'src/routes/(auth)/in.tsx', true],
  ['src/routes/(auth)/**', 'src/routes/auth/in.tsx', false],
  ['src/(.)(a b)/*', 'src/(.)(a b)/in.tsx', true],
  ['src/{(auth),b}/*', 'src/(auth)/in.tsx', true],
  ['src/@(a|b)/*', 'src/a/in.tsx', true],
  ['src/!(a)/*', 'src/a/in.tsx', false],
  ['src/!(a)/*', 'src/(a)/in.tsx', true],
  ['src/(a|b)/*', 'src/b/in.tsx', true],
  ['src/[id]/*', 'src/[id]/in.tsx', true],
  ['src/[id]/*', 'src/d/in.tsx', true],
  ['src/[...rest]/(a)/*', 'src/[...rest]/(a)/in.tsx', true],
])('%s and %s: %s', (glob, path, expected) => {
  expect(globMatcher(glob)(path)).toBe(expected)
})
