import { expect, test } from 'vitest'
import { nameChunk } from './chunk-name.ts'

test.each([
  ['src/pages/notes.page.tsx?raw', 'notes'],
  ['src/charts/index.ts', 'charts'],
  ['../index.ts', 'index'],
  ['./index.js', 'index'],
  ['src/.env', 'chunk'],
])('calls a chunk of %s %s', (key, name) => {
  expect(nameChunk(key, new Set())).toBe(name)
  expect(nameChunk(key, new Set([name]))).toBe(`${name}-2`)
})
