import { expect, test } from 'vitest'
import { blockingTime, interactionLatency, layoutShift } from './page-metrics.ts'

test('blockingTime counts what tasks have beyond 50 ms, between first paint and interactivity', () => {
  const tasks = [
    { start: 0, end: 400 },
    { start: 1000, end: 1130 },
    { start: 1500, end: 1549 },
    { start: 1900, end: 2300 },
  ]
  // 80 of the second, nothing of the third, and of the last what lies before 2,100 ms: 200 - 50.
  expect(blockingTime(tasks, 800, 2100)).toBe(80 + 150)
})

test('layoutShift is the worst window, cut at gaps of a second and at five seconds', () => {
  const shift = (at: number, value: number): { at: number; value: number } => ({ at, value })
  expect(layoutShift([])).toBe(0)
  expect(layoutShift([shift(0, 0.1), shift(900, 0.1), shift(1901, 0.15)])).toBeCloseTo(0.2)
  const steady = Array.from({ length: 12 }, (_, index) => shift(index * 900, 0.01))
  expect(layoutShift(steady)).toBeCloseTo(0.06)
})

test('interactionLatency is the slowest, and the second slowest from fifty interactions on', () => {
  expect(interactionLatency([])).toBeUndefined()
  expect(interactionLatency([40, 312, 88])).toBe(312)
  expect(interactionLatency([...Array.from({ length: 49 }, () => 24), 500])).toBe(24)
})
