import { expect, it } from 'vitest'
import { failureLog } from './failure-log.ts'

it('tells a failure at once, and then now and then how often it was', () => {
  const entries: object[] = []
  let now = 0
  const failed = failureLog(
    (entry) => void entries.push(entry),
    () => now,
  )
  for (; now < 25_000; now += 100) failed(new Error('full'))
  failed(new Error('gone'))
  expect(entries).toEqual([
    { event: 'failure', message: 'full' },
    { event: 'failure', message: 'full', untold: 99 },
    { event: 'failure', message: 'full', untold: 99 },
    { event: 'failure', message: 'gone' },
  ])
})

it('keeps no more texts than a few', () => {
  let lines = 0
  const failed = failureLog(
    () => void lines++,
    () => 0,
  )
  for (let text = 0; text < 1000; text++) failed(new Error(`${text}`))
  failed(new Error('0'))
  expect(lines).toBe(1001)
})
