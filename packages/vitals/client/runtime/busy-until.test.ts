import { expect, test } from 'vitest'
import { busyUntil } from './busy-until.ts'

const request = (startTime: number, responseEnd: number): { startTime: number; responseEnd: number } => ({
  startTime,
  responseEnd,
})

test('the network is busy as long as three requests run at once', () => {
  expect(busyUntil([])).toBe(0)
  expect(busyUntil([request(0, 100), request(0, 200)])).toBe(0)
  expect(busyUntil([request(0, 100), request(0, 200), request(50, 300)])).toBe(100)
  expect(busyUntil([request(0, 100), request(0, 100), request(0, 100), request(500, 600)])).toBe(100)
})
