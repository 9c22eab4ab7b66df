import { expect, test } from 'vitest'
import { longTasksOf } from './long-tasks.ts'

const script = { start: 100, end: 180 }

test('a long frame without a script is a long task', () => {
  expect(longTasksOf([script], [{ start: 181, end: 260 }])).toEqual([script, { start: 181, end: 260 }])
  expect(longTasksOf([], [{ start: 10, end: 60 }])).toEqual([{ start: 10, end: 60 }])
})

test('a frame of less than 50 ms is none, and one that is reported already is no second one', () => {
  expect(longTasksOf([script], [{ start: 180, end: 229.9 }])).toEqual([script])
  expect(longTasksOf([script], [{ start: 105, end: 181 }])).toEqual([script])
})

test('they come in the order of time', () => {
  expect(longTasksOf([script], [{ start: 10, end: 90 }])).toEqual([{ start: 10, end: 90 }, script])
})
