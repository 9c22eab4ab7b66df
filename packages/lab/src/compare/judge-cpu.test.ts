import { describe, expect, test } from 'vitest'
import type { WorkVisit } from '../browser/work-visit.ts'
import { randomFrom } from '../core/random.ts'
import { judgeCpu } from './judge-cpu.ts'
import type { Block } from './judge-cpu.ts'

const rule = { tolerance: 0.05, widest: 0.12 }

/** @param all ms of CPU time */
function visitOf(all: number): WorkVisit {
  const counts = { work: 0, elements: 0, layouts: 0, styles: 0, requests: 0, bytes: 0 }
  return { counts, modules: new Map(), cpu: { task: all, script: all * 0.6, layout: all * 0.1 } }
}

/**
 * Blocks of visits to a page with 130 ms of work.
 *
 * @param noise relative standard deviation, as measured: 0.04 on a quiet machine
 */
function blocks(count: number, slowdown: number, noise: number, seed: number, drift = 0): Block[] {
  const random = randomFrom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let visits = 0
  const visit = (factor: number): WorkVisit => {
    return visitOf(130 * factor * (1 + drift * visits++) * Math.exp(noise * normal()))
  }
  return Array.from({ length: count }, () => {
    const first = visit(1)
    const candidate = [visit(slowdown), visit(slowdown)] as const
    return { baseline: [first, visit(1)], candidate }
  })
}

/**
 * Four blocks in which each candidate takes exactly `slowdown` times as long as the baseline beside it, and each second baseline `itself`
 * times as long as the first: what is compared never varies, and the machine alone is at fault.
 */
function steadyBlocks(slowdown: number, itself: number): Block[] {
  return Array.from({ length: 4 }, () => ({
    baseline: [visitOf(130), visitOf(130 * itself)],
    candidate: [visitOf(130 * slowdown), visitOf(130 * slowdown * itself)],
  }))
}

const statusOf = (list: readonly Block[]): string => judgeCpu(list, rule)[0]!.status

describe('judgeCpu', () => {
  test('finds +20 % in 19 of 20 comparisons of six blocks at the noise of a quiet machine', () => {
    const found = Array.from({ length: 20 }, (_, seed) => statusOf(blocks(6, 1.2, 0.04, seed)))
    expect(found.filter((status) => status === 'more').length).toBeGreaterThanOrEqual(19)
  })

  test('raises no false alarm in 200 comparisons of a build with itself, however noisy', () => {
    for (const noise of [0.02, 0.05, 0.1, 0.3]) {
      const alarms = Array.from({ length: 50 }, (_, seed) => judgeCpu(blocks(6, 1, noise, seed), rule)[0]!).filter(
        ({ status }) => status === 'more',
      )
      expect(alarms).toEqual([])
    }
  })

  test('cannot tell on a machine where the baseline varies too much', () => {
    const found = Array.from({ length: 20 }, (_, seed) => statusOf(blocks(6, 1.05, 0.5, seed)))
    expect(found.filter((status) => status === 'noisy').length).toBeGreaterThanOrEqual(19)
  })

  test('is not led astray by a machine that slows down steadily', () => {
    const found = Array.from({ length: 20 }, (_, seed) => statusOf(blocks(6, 1, 0.02, seed, 0.01)))
    expect(found).not.toContain('more')
    expect(found).not.toContain('less')
  })

  test('cannot tell where the baseline differs from itself by more than the tolerance, however sure the rest is', () => {
    for (const slowdown of [1, 1.5, 1 / 1.5]) {
      const [task] = judgeCpu(steadyBlocks(slowdown, 1.1), rule)
      // The candidate alone would be told to a digit.
      expect(task!.ratio).toBeCloseTo(slowdown, 9)
      expect(task!.high / task!.low).toBeCloseTo(1, 9)
      expect(task!.control.ratio).toBeCloseTo(1.1, 9)
      expect(task!.status).toBe('noisy')
    }
  })

  test('tells where the baseline differs from itself by less than the tolerance', () => {
    expect([1, 1.5, 1 / 1.5].map((slowdown) => statusOf(steadyBlocks(slowdown, 1.04)))).toEqual([
      'same',
      'more',
      'less',
    ])
  })

  test('does not mind the noise of a part that takes next to nothing, and does where it takes much', () => {
    /** Layouts that vary by a quarter, either way, in visits that are the same otherwise. */
    const layoutOf = (share: number): Block[] =>
      Array.from({ length: 6 }, (_, index) => {
        const visit = (factor: number): WorkVisit => {
          const steady = visitOf(130)
          return { ...steady, cpu: { ...steady.cpu, layout: 130 * share * factor } }
        }
        const [high, low] = index % 2 === 0 ? [1.25, 0.8] : [0.8, 1.25]
        return { baseline: [visit(1), visit(1)], candidate: [visit(high), visit(low)] }
      })
    const statuses = (share: number): unknown =>
      Object.fromEntries(judgeCpu(layoutOf(share), rule).map(({ name, status }) => [name, status]))
    expect(statuses(0.01)).toEqual({ task: 'same', script: 'same', layout: 'same' })
    expect(statuses(0.3)).toEqual({ task: 'same', script: 'same', layout: 'noisy' })
  })

  test('says what a small part takes more, however small it is', () => {
    const slower = blocks(8, 1, 0.01, 1).map((block) => ({
      ...block,
      candidate: block.candidate.map((visit) => ({
        ...visit,
        cpu: { ...visit.cpu, layout: visit.cpu.layout * 1.3 },
      })) as unknown as Block['candidate'],
    }))
    expect(judgeCpu(slower, rule).find(({ name }) => name === 'layout')).toMatchObject({ status: 'more' })
  })
})
