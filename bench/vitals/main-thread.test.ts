import { expect, test } from 'vitest'
import { MARK, mainThreadTime, type TraceEvent } from './main-thread.ts'

const event = (name: string, ts: number, dur: number, url?: string, tid = 1): TraceEvent => ({
  name,
  pid: 7,
  tid,
  ts,
  dur,
  tdur: dur / 2,
  ...(url !== undefined && { args: { data: { url } } }),
})
const ours = 'http://127.0.0.1/assets/program.js?runtime=x'
const mark: TraceEvent = { name: MARK, pid: 7, tid: 1, ts: 2500 }

test('the time of a program is that of its thread, by what it is spent on', () => {
  const events = [
    event('v8.compileModule', 1000, 200, ours),
    event('v8.evaluateModule', 1500, 400),
    event('v8.evaluateModule', 2000, 1000),
    mark,
    event('FunctionCall', 4000, 3000, ours),
    event('FunctionCall', 5000, 100, ours),
    event('FunctionCall', 9000, 5000, 'http://127.0.0.1/assets/app.js'),
    event('FunctionCall', 20_000, 8000, ours, 2),
  ]
  expect(mainThreadTime(events, '/assets/program.js')).toEqual({
    compile: 0.1,
    evaluate: 0.5,
    calls: 1.5,
    longest: 1.5,
  })
})

test('what is called while it is evaluated, or by something of its own, is not counted twice', () => {
  const events = [event('v8.evaluateModule', 2000, 1000), event('FunctionCall', 2100, 400, ours), mark]
  expect(mainThreadTime(events, '/assets/program.js')).toMatchObject({ evaluate: 0.5, calls: 0 })
})

test('a program that did not run has no time', () => {
  expect(() => mainThreadTime([event('v8.evaluateModule', 2000, 1000)], '/assets/program.js')).toThrow(RangeError)
})
