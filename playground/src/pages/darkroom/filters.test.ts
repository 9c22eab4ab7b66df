import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compileFilters } from '../../../scripts/build-wasm.ts'
import { createRandom } from '../../../server/seed/random.ts'
import { javascriptFilters } from './javascript-filters.ts'
import { wrapFilters } from './wasm-filters.ts'

const committed = readFileSync(new URL('filters.wasm', import.meta.url))
const { instance } = await WebAssembly.instantiate(committed)
const wasmFilters = wrapFilters(instance)

function noise(width: number, height: number) {
  const random = createRandom(7)
  return Uint8ClampedArray.from({ length: width * height * 4 }, () => random.integer(0, 255))
}

test('the committed module is what its source compiles to', async () => {
  expect(Buffer.from(await compileFilters()).equals(committed)).toBe(true)
})

test.each([
  [37, 23],
  [1, 9],
  [300, 200],
])('both implementations make the same pixels of a picture of %i by %i', (width, height) => {
  const source = noise(width, height)
  expect(wasmFilters.grayscale(source, width, height)).toEqual(javascriptFilters.grayscale(source, width, height))
  expect(wasmFilters.edges(source, width, height)).toEqual(javascriptFilters.edges(source, width, height))
  expect(wasmFilters.blur(source, width, height, 2)).toEqual(javascriptFilters.blur(source, width, height, 2))
})

test('a picture of one colour has no edges, stays as it is under blur, and keeps its alpha', () => {
  const source = Uint8ClampedArray.from({ length: 8 * 8 * 4 }, (_, index) => [200, 100, 50, 128][index % 4]!)
  expect(Array.from(wasmFilters.edges(source, 8, 8).subarray(0, 4))).toEqual([0, 0, 0, 128])
  expect(wasmFilters.blur(source, 8, 8, 3)).toEqual(source)
  expect(Array.from(wasmFilters.grayscale(source, 8, 8).subarray(0, 4))).toEqual([124, 124, 124, 128])
})
