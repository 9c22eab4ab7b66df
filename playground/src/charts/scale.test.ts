import { expect, test } from 'vitest'
import { arcPath, linear, linePath, ticks } from './scale.ts'

test('a scale maps its ends to the ends of the drawing', () => {
  const scale = linear([0, 50], [200, 0])
  expect([scale(0), scale(25), scale(50)]).toEqual([200, 100, 0])
  expect(linear([3, 3], [0, 10])(3)).toBe(5)
})

test('ticks are round, start at zero and reach over the highest value', () => {
  expect(ticks(487)).toEqual([0, 200, 400, 600])
  expect(ticks(4)).toEqual([0, 1, 2, 3, 4])
  expect(ticks(0)).toEqual([0, 1])
})

test('a path starts with a move and goes on with lines', () => {
  expect(
    linePath([
      [0, 1],
      [2, 3],
    ]),
  ).toBe('M0.0,1.0L2.0,3.0')
})

test('half a ring starts at the top and ends at the bottom', () => {
  expect(arcPath(50, 50, 30, 0, 0.5)).toMatch(/^M50\.00,0\.00A50,50 0 0 1 50\.00,100\.00L50\.00,80\.00/)
})
