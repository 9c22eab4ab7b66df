import { describe, expect, test } from 'vitest'
import { randomFrom } from './random.ts'
import { interactiveTime } from './interactive-time.ts'
import type { LoadTrace } from './interactive-time.ts'

const trace = (parts: Partial<LoadTrace>): LoadTrace => ({
  fcp: 1000,
  domContentLoaded: 800,
  longTasks: [],
  requests: [],
  until: 20_000,
  ...parts,
})
const at = (start: number, end: number): { start: number; end: number } => ({ start, end })

describe('interactiveTime', () => {
  test('is the first paint, or DOMContentLoaded when that comes later, on a page that does nothing afterwards', () => {
    expect(interactiveTime(trace({}))).toBe(1000)
    expect(interactiveTime(trace({ domContentLoaded: 1700 }))).toBe(1700)
  })

  test('is the end of the last long task before five quiet seconds, not of one after them', () => {
    const longTasks = [at(900, 1200), at(3000, 3100), at(8200, 8300)]
    expect(interactiveTime(trace({ longTasks }))).toBe(3100)
  })

  test('goes back to the last long task when requests kept the window from beginning', () => {
    const requests = [at(1000, 4000), at(1000, 4000), at(1000, 9000)]
    expect(interactiveTime(trace({ longTasks: [at(1500, 1600)], requests }))).toBe(1600)
    expect(interactiveTime(trace({ longTasks: [at(1500, 1600), at(9100, 9200)], requests }))).toBe(1600)
    const crowd = [at(1000, 7000), at(1000, 9000), at(1000, 9000)]
    expect(interactiveTime(trace({ longTasks: [at(6500, 6600)], requests: crowd }))).toBe(6600)
  })

  test('is not known before five quiet seconds are over, or while three requests are under way', () => {
    expect(interactiveTime(trace({ until: 5900 }))).toBeUndefined()
    const endless = [1, 2, 3].map(() => at(1100, Infinity))
    expect(interactiveTime(trace({ requests: endless }))).toBeUndefined()
  })

  test('is what looking at every millisecond gives, on random pages', () => {
    const random = randomFrom(10)
    for (let page = 0; page < 300; page++) {
      const some = (most: number, longest: number): { start: number; end: number }[] =>
        Array.from({ length: Math.floor(random() * most) }, () => {
          const start = Math.floor(random() * 12_000)
          return at(start, start + 50 + Math.floor(random() * longest))
        })
      const fcp = Math.floor(random() * 3000)
      const sample = trace({
        fcp,
        longTasks: some(8, 400),
        requests: some(14, 4000),
        domContentLoaded: random() * 4000,
      })
      expect(interactiveTime(sample)).toBe(byEveryMillisecond(sample))
    }
  })
})

/** The definition, read word by word. */
function byEveryMillisecond({ fcp, domContentLoaded, longTasks, requests, until }: LoadTrace): number | undefined {
  const covers = (interval: { start: number; end: number }, time: number): boolean =>
    interval.start <= time && time < interval.end
  const isBusy = (time: number): boolean =>
    longTasks.some((task) => covers(task, time)) || requests.filter((request) => covers(request, time)).length > 2
  let quiet = 0
  for (let time = fcp; time < until; time++) {
    quiet = isBusy(time) ? 0 : quiet + 1
    if (quiet < 5000) continue
    const windowStart = time + 1 - 5000
    const before = longTasks.filter(({ end }) => end <= windowStart).map(({ end }) => end)
    return Math.max(fcp, domContentLoaded, ...before)
  }
  return undefined
}
