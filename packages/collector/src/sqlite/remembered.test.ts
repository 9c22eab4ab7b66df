import { expect, it } from 'vitest'
import { Remembered } from './remembered.ts'

it('remembers what came lately, and never more than it has room for', () => {
  const remembered = new Remembered<number, number>()
  const kept = (): number =>
    Array.from({ length: 50_000 }, (_, key) => remembered.get(key)).filter(Number.isInteger).length
  for (let key = 0; key < 50_000; key++) remembered.set(key, key)
  expect(remembered.get(49_999)).toBe(49_999)
  expect(kept()).toBeLessThanOrEqual(20_000)
  remembered.clear()
  expect(kept()).toBe(0)
})
