import { expect, test } from 'vitest'
import { indexLines } from './lines.ts'

const index = indexLines([
  { modules: ['react', 'src/ui/', '@scope/kit@2.0.0'] },
  { modules: ['react/cjs/odd.js', 'src/ui/charts/', 'src/ui/button.ts', '@scope/kit@1.0.0'] },
])

test.each([
  ['src/ui/button.ts', 'src/ui/button.ts', 1],
  ['src/ui/new.ts', 'src/ui/', 0],
  ['src/ui/charts/new/pie.ts', 'src/ui/charts/', 1],
  ['react/cjs/odd.js', 'react/cjs/odd.js', 1],
  ['react/new.js', 'react', 0],
  ['@scope/kit@2.0.0/a.js', '@scope/kit@2.0.0', 0],
  ['src/main.ts', undefined, undefined],
  ['react-dom/index.js', undefined, undefined],
])('%s lies on the line %s', (key, line, chunk) => {
  expect([index.lineOf(key), index.chunkOf(key)]).toEqual([line, chunk])
})

test('finds a package again when its version joins or leaves its name', () => {
  expect(index.chunkOf('react@20.0.0/index.js')).toBe(0)
  expect(index.chunkOf('@scope/kit/a.js')).toBe(0)
  expect(index.chunkOf('@scope/kit@3.0.0/a.js')).toBe(0)
})

test('tells files of the app from the packages that are called like them', () => {
  const { chunkOf } = indexLines([{ modules: ['chart.js', 'events'] }, { modules: ['./chart.js', './events/'] }])
  expect(['chart.js/index.js', 'events/new.js'].map(chunkOf)).toEqual([0, 0])
  expect(['./chart.js', './events/new.js', './other.js'].map(chunkOf)).toEqual([1, 1, undefined])
})
