import { EventEmitter } from 'node:events'
import type { CDPSession } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { TraceEvent } from '../core/trace-tasks.ts'
import { traceTasks } from './task-trace.ts'

const thread = { pid: 7, tid: 1 }
const navigation: TraceEvent = {
  ...thread,
  name: 'navigationStart',
  cat: 'blink.user_timing',
  ph: 'R',
  ts: 1_000_000,
  args: { frame: 'main', data: { documentLoaderURL: 'http://app.example/' } },
}

/** @param start ms since the navigation */
function task(start: number, ms: number): TraceEvent {
  return { ...thread, name: 'RunTask', cat: 'c', ph: 'X', ts: 1_000_000 + start * 1000, dur: ms * 1000 }
}

/** A session whose traces have these events, one after the other. */
function sessionWith(
  pieces: readonly (readonly TraceEvent[])[],
  { refuses = '', loses = false }: { readonly refuses?: string; readonly loses?: boolean } = {},
): { readonly session: CDPSession; readonly asked: string[] } {
  const events = new EventEmitter()
  const asked: string[] = []
  const left = [...pieces]
  const send = async (method: string): Promise<object> => {
    asked.push(method)
    if (method === refuses) throw new Error(`Protocol error (${method}): no`)
    if (method === 'Tracing.end') {
      // In two parts, after the answer: as Chromium does.
      const piece = left.shift() ?? []
      setImmediate(() => {
        events.emit('Tracing.dataCollected', { value: piece.slice(0, 1) })
        events.emit('Tracing.dataCollected', { value: piece.slice(1) })
        events.emit('Tracing.tracingComplete', { dataLossOccurred: loses })
      })
    }
    return { frameTree: { frame: { id: 'main' } } }
  }
  return { session: Object.assign(events, { send }) as unknown as CDPSession, asked }
}

describe('traceTasks', () => {
  test('adds pieces up, and takes what the page reports for the time between them', async () => {
    const { session } = sessionWith([
      [navigation, task(100, 80), task(900, 1)],
      [task(2000, 1), task(2500, 60)],
    ])
    const trace = await traceTasks(session)
    const reported = [
      { start: 300, end: 360 },
      { start: 1200, end: 1300 },
      { start: 4000, end: 4090 },
    ]
    await trace.start()
    expect(trace.longTasks(reported)).toEqual(reported)
    await trace.stop()
    await trace.start()
    await trace.stop()
    expect(trace.longTasks(reported)).toEqual([
      { start: 100, end: 180 },
      { start: 1200, end: 1300 },
      { start: 2500, end: 2560 },
      { start: 4000, end: 4090 },
    ])
    expect(trace.events()).toHaveLength(5)
  })

  test('says so when the browser refuses, loses events, or records something else', async () => {
    const refused = { code: 'PACELINE_LAB_TRACE', message: expect.stringContaining('received Protocol error') }
    const starting = await traceTasks(sessionWith([], { refuses: 'Tracing.start' }).session)
    await expect(starting.start()).rejects.toMatchObject(refused)
    const losing = await traceTasks(sessionWith([[navigation, task(1, 1)]], { loses: true }).session)
    await losing.start()
    await expect(losing.stop()).rejects.toThrow(/the trace overflowed/)
    for (const [events, message] of [
      [[navigation], /a trace without tasks/],
      [[task(1, 60)], /in which the page was never opened/],
    ] as const) {
      const trace = await traceTasks(sessionWith([events]).session)
      await trace.start()
      await trace.stop()
      expect(() => trace.longTasks([])).toThrow(message)
    }
  })

  test('is ended once, however a visit ends: the next one of the browser needs it', async () => {
    const { session, asked } = sessionWith([[navigation, task(1, 1)]])
    const trace = await traceTasks(session)
    await trace.discard()
    await trace.start()
    await trace.discard()
    await trace.discard()
    expect(asked.filter((method) => method === 'Tracing.end')).toHaveLength(1)
  })
})
