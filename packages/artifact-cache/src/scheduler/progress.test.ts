import { describe, expect, it, vi } from 'vitest'
import { progressLine, progressNote } from './progress-line.ts'
import { watchProgress } from './watch-progress.ts'
import { WorkLog, type Progress } from './work-log.ts'

const at = (overrides: Partial<Progress> = {}): Progress => ({
  done: 3,
  total: 12,
  share: 0.5,
  elapsed: 2000,
  left: 12_400,
  label: 'a.js → brotli',
  ...overrides,
})

describe('WorkLog', () => {
  it('tells what is left from the pace so far, and from what runs', () => {
    let now = 1000
    const log = new WorkLog(2, () => now)
    const [a, b, c] = [
      { label: 'a', cost: 100 },
      { label: 'b', cost: 100 },
      { label: 'c', cost: 200 },
    ]
    expect([a, b, c].map((job) => log.add(job))).toEqual([true, false, false])
    log.start(a)
    log.start(b)
    expect(log.progress()).toMatchObject({ done: 0, total: 3, left: undefined, label: 'a' })
    now += 200
    log.end(a)
    log.start(c)
    now += 100
    // a: 100 in 200 ms, so half a cost unit per ms; b has done 95 at most, c 50 of 200.
    expect(log.progress()).toMatchObject({ done: 1, total: 3, elapsed: 300, label: 'c' })
    expect(log.progress().left).toBeCloseTo((5 + 150) / (0.5 * 2))
    log.end(b)
    log.end(c)
    expect(log.progress()).toMatchObject({ done: 3, share: 1, left: 0 })
    expect(log.add(a)).toBe(true)
    expect(log.progress()).toMatchObject({ done: 0, total: 1, elapsed: 0 })
  })
})

describe('progressLine', () => {
  it('shows a bar, the count, the time and the work', () => {
    expect(progressLine(at(), 200)).toBe('paceline ━━━━━━━━━━━━──────────── 3/12 · 12 s left · a.js → brotli')
    expect(progressLine(at({ left: 300_000, label: undefined }), 200)).toMatch(/ 3\/12 · 5 min left$/)
  })

  it('fits into the terminal', () => {
    expect(progressLine(at(), 40)).toHaveLength(39)
  })

  it('is a sentence where nobody redraws it', () => {
    expect(progressNote(at())).toBe('paceline 3 of 12 made, 50 % of the work, 12 s left')
  })
})

describe('watchProgress', () => {
  it('draws nothing for work of less than a second, and takes its line away at the end', () => {
    vi.useFakeTimers()
    try {
      const write = vi.fn<(text: string) => void>()
      let now = at({ elapsed: 0 })
      const stop = watchProgress(() => now, { terminal: { columns: 80, write }, note: () => expect.unreachable() })
      vi.advanceTimersByTime(500)
      expect(write).not.toHaveBeenCalled()
      now = at({ elapsed: 1100 })
      vi.advanceTimersByTime(100)
      expect(write).toHaveBeenLastCalledWith(expect.stringMatching(/^\r.*paceline ━/))
      stop()
      expect(write).toHaveBeenLastCalledWith('\r\u001B[K')
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('writes a line every ten seconds where there is no terminal', () => {
    vi.useFakeTimers()
    try {
      const notes: string[] = []
      const began = Date.now()
      const progress = (): Progress => at({ elapsed: Date.now() - began })
      watchProgress(progress, { terminal: undefined, note: (line) => notes.push(line) })
      vi.advanceTimersByTime(35_000)
      expect(notes).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })
})
