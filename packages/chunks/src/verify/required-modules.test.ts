import { expect, test } from 'vitest'
import type { FinishedOutput } from './finished-output.ts'
import { finished } from './testing/finished.ts'
import { verifyOutput } from './verify-output.ts'

/** main imports first and second, and each requires a CommonJS module whose running is noticed. Nothing else is. */
const source = { main: ['first', 'second'], first: ['one'], second: ['two'], one: [], two: [] }
const requiring = (chunks: Record<string, string[]>, imports: string[]): FinishedOutput => ({
  ...finished({ source, chunks, imports: { main: imports }, noticed: [] }),
  requires: (id) => ({ first: ['one'], second: ['two'] })[id] ?? [],
  hasEffectsInside: () => true,
})

test('CommonJS that two chunks require in another order than the source is a fault of those who divided them', () => {
  const output = requiring({ main: ['main'], a: ['one', 'first'], b: ['two', 'second'] }, ['b', 'a'])
  expect(verifyOutput(output)).toMatchObject([{ kind: 'order', first: 'one', second: 'two', chunks: ['a', 'b'] }])
})

test('in which order one chunk calls its CommonJS is the bundler’s doing', () => {
  const output = requiring({ main: ['main'], a: ['one', 'two', 'second', 'first'] }, ['a'])
  expect(verifyOutput(output)).toEqual([])
})
