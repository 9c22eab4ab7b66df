import { describe, expect, test } from 'vitest'
import { coverageOf, findDocument, hasTasks, longTasksIn, mergeTasks } from './trace-tasks.ts'
import type { TraceEvent } from './trace-tasks.ts'

const PAGE = { pid: 7, tid: 1, origin: 1_000_000 }

/** ms since the navigation began. */
function task(start: number, ms: number, more: Partial<TraceEvent> = {}): TraceEvent {
  const at = { ts: PAGE.origin + start * 1000, dur: ms * 1000 }
  return { name: 'RunTask', cat: 'disabled-by-default-lighthouse', ph: 'X', pid: 7, tid: 1, ...at, ...more }
}

function navigation(ts: number, documentLoaderURL: string, more: Partial<TraceEvent> = {}): TraceEvent {
  const args = { frame: 'main', data: { documentLoaderURL } }
  return { name: 'navigationStart', cat: 'blink.user_timing', ph: 'R', pid: 7, tid: 1, ts, args, ...more }
}

describe('findDocument', () => {
  test('is the last page that the main frame went to, in whichever process', () => {
    const events = [
      navigation(300, 'http://app.example/home', { pid: 9, tid: 4 }),
      navigation(100, ''),
      navigation(200, 'http://app.example/'),
      navigation(400, 'http://ads.example/', {
        args: { frame: 'ad', data: { documentLoaderURL: 'http://a.example/' } },
      }),
    ]
    expect(findDocument(events, 'main')).toEqual({ pid: 9, tid: 4, origin: 300 })
    expect(findDocument(events, 'other')).toBeUndefined()
    expect(findDocument([navigation(100, 'about:blank')], 'main')).toBeUndefined()
  })
})

describe('longTasksIn', () => {
  test('has tasks of 50 ms and more of this thread alone, in the order of time', () => {
    const events = [
      task(500, 80),
      task(100, 50),
      task(300, 49.999),
      task(600, 90, { tid: 2 }),
      task(700, 90, { pid: 8 }),
    ]
    expect(longTasksIn(events, PAGE)).toEqual([
      { start: 100, end: 150 },
      { start: 500, end: 580 },
    ])
  })

  test('takes a task with tasks in it for one, and ends one that reaches into the next', () => {
    expect(longTasksIn([task(100, 300), task(150, 100), task(350, 20)], PAGE)).toEqual([{ start: 100, end: 400 }])
    expect(longTasksIn([task(100, 20), task(100, 80)], PAGE)).toEqual([{ start: 100, end: 180 }])
    expect(longTasksIn([task(100, 80), task(170, 60)], PAGE)).toEqual([
      { start: 100, end: 170 },
      { start: 170, end: 230 },
    ])
  })

  test('leaves out what is no task of the scheduler', () => {
    const others = [task(100, 80, { name: 'FunctionCall' }), task(200, 80, { ph: 'B' }), task(300, 80, { tid: 2 })]
    expect(longTasksIn(others, PAGE)).toEqual([])
    expect(hasTasks(others, PAGE)).toBe(false)
    expect(hasTasks([...others, task(400, 1)], PAGE)).toBe(true)
  })
})

test('a piece of a trace covers what lies between its events, metadata left out', () => {
  const events = [task(0, 0, { name: 'thread_name', ph: 'M', ts: 0 }), task(400, 100), task(20, 1, { pid: 99 })]
  expect(coverageOf(events, PAGE)).toEqual({ start: 20, end: 500 })
  expect(coverageOf([], PAGE)).toBeUndefined()
})

test('what the page reports counts where no trace was', () => {
  const at = (start: number, end: number): { start: number; end: number } => ({ start, end })
  const traced = [
    { tasks: [at(100, 180)], covers: at(-50, 6000) },
    { tasks: [at(7000, 7090)], covers: at(6900, 9000) },
  ]
  const reported = [at(101, 179), at(300, 360), at(6300, 6400), at(7001, 7090), at(9500, 9600)]
  expect(mergeTasks(traced, reported)).toEqual([at(100, 180), at(6300, 6400), at(7000, 7090), at(9500, 9600)])
  expect(mergeTasks([], reported)).toEqual(reported)
})
