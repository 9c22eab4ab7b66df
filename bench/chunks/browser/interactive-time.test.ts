import { describe, expect, test } from 'vitest'
import { interactiveTime } from './interactive-time.ts'
import type { PageTrace } from './interactive-time.ts'

const trace = (parts: Partial<PageTrace>): PageTrace => ({
  fcp: 1000,
  domContentLoaded: 800,
  longTasks: [],
  requests: [],
  until: 20_000,
  ...parts,
})
const at = (start: number, end: number) => ({ start, end })

describe('interactiveTime', () => {
  test('is the first paint on a page that does nothing afterwards', () => {
    expect(interactiveTime(trace({}))).toBe(1000)
  })

  test('is DOMContentLoaded when that comes later', () => {
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
  })

  test('counts a task that ran while three requests were under way', () => {
    const requests = [at(1000, 7000), at(1000, 9000), at(1000, 9000)]
    expect(interactiveTime(trace({ longTasks: [at(6500, 6600)], requests }))).toBe(6600)
  })

  test('is not known before five quiet seconds are over, or while three requests are under way', () => {
    expect(interactiveTime(trace({ until: 5900 }))).toBeUndefined()
    const endless = [1, 2, 3].map(() => at(1100, Infinity))
    expect(interactiveTime(trace({ requests: endless }))).toBeUndefined()
  })
})
