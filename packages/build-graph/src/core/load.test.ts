import { describe, expect, test } from 'vitest'
import type { ChunkEntry } from '../report.ts'
import { addClosure, stepOfDynamic, type Loader } from './load.ts'

const chunk = (
  file: string,
  imports: string[] = [],
  dynamicImports: string[] = [],
  css: string[] = [],
): ChunkEntry => ({
  name: file,
  file,
  kind: 'js',
  entry: false,
  modules: [],
  imports,
  dynamicImports,
  css,
  assets: [],
})
const loader = (...chunks: ChunkEntry[]): Loader => ({
  chunks: new Map(chunks.map((each) => [each.file, each])),
  preloadsDependencies: true,
})

describe('addClosure', () => {
  const cyclic = loader(chunk('a', ['b', 'c']), chunk('b', ['a', 'c'], [], ['b.css']), chunk('c', ['d']), chunk('d'))

  test('adds what is imported one step after its importer when nothing is preloaded', () => {
    const waterfall = new Map<string, number>()
    addClosure(waterfall, cyclic, 'a', 1, false)
    expect(Object.fromEntries(waterfall)).toEqual({ a: 1, b: 2, 'b.css': 2, c: 2, d: 3 })
  })

  test('adds everything at once when dependencies are preloaded', () => {
    const waterfall = new Map<string, number>()
    addClosure(waterfall, cyclic, 'a', 2, true)
    expect(new Set(waterfall.values())).toEqual(new Set([2]))
  })

  test('keeps the earlier step of a file that is known already', () => {
    const waterfall = new Map([['c', 1]])
    addClosure(waterfall, cyclic, 'a', 4, false)
    expect(Object.fromEntries(waterfall)).toEqual({ a: 4, b: 5, 'b.css': 5, c: 1, d: 2 })
  })
})

test('stepOfDynamic is one after the earliest loaded chunk that imports it', () => {
  const loading = loader(chunk('entry', [], ['layout']), chunk('layout', [], ['page']), chunk('page'))
  expect(stepOfDynamic(new Map([['entry', 1]]), loading, 'layout')).toBe(2)
  expect(
    stepOfDynamic(
      new Map([
        ['entry', 1],
        ['layout', 2],
      ]),
      loading,
      'page',
    ),
  ).toBe(3)
})
