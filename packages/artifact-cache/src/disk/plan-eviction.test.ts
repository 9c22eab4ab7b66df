import { expect, it } from 'vitest'
import { planEviction } from './plan-eviction.ts'

const histogram = new Map([
  [5, 300],
  [9, 100],
  [7, 200],
])

it('lets nothing go when all fits', () => {
  expect(planEviction(histogram, 600)).toEqual({ before: -Infinity, bytesOfHour: 0 })
  expect(planEviction(new Map(), 0)).toEqual({ before: -Infinity, bytesOfHour: 0 })
})

it('lets the hours go that were used longest ago, and of the last one what is too much', () => {
  expect(planEviction(histogram, 599)).toEqual({ before: 5, bytesOfHour: 1 })
  expect(planEviction(histogram, 300)).toEqual({ before: 5, bytesOfHour: 300 })
  expect(planEviction(histogram, 250)).toEqual({ before: 7, bytesOfHour: 50 })
  expect(planEviction(histogram, 0)).toEqual({ before: 9, bytesOfHour: 100 })
})
