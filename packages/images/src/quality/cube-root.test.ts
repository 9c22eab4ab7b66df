import { expect, test } from 'vitest'
import { cubeRoot } from './cube-root.ts'

test('is the cube root to five digits over the values that cones see', () => {
  const values = Array.from({ length: 10_000 }, (_, at) => 0.003 + (at / 10_000) * 1.004)
  expect(Math.max(...values.map((value) => Math.abs(cubeRoot(value) - Math.cbrt(value))))).toBeLessThan(3e-6)
})
