import { expect, test } from 'vitest'
import { medianOf } from '../../packages/lab/src/core/median.ts'
import type { TwinFigures, Twins } from './measure-twins.ts'
import { judgeTwins, renderTwins } from './render-twins.ts'
import { replaceBlock } from '../../bench/lib/replace-block.ts'

const LIMITS = { tti: 3000, lowerTti: 0.42, lowerScript: 0.41 }

function figures(tti: readonly number[], script: number): TwinFigures {
  const sum = { requests: 8, transferred: script / 4, decoded: script, cached: 0 }
  return { metrics: tti.length === 0 ? {} : { tti: medianOf(tti) }, script: sum, all: sum }
}

function twins(ours: TwinFigures, twin: TwinFigures): Twins {
  return { browser: '156.0.1', runs: 3, ours, gzip: twin, plain: twin }
}

test('holds TTI and JavaScript to what was promised of them', () => {
  const kept = twins(figures([2700, 2800, 2900], 590_000), figures([5000, 5100, 5200], 1_000_000))
  expect(judgeTwins(kept, LIMITS).map(({ status }) => status)).toEqual(['holds', 'holds', 'holds'])
  const late = twins(figures([3000], 590_001), figures([5100], 1_000_000))
  expect(judgeTwins(late, LIMITS).map(({ status }) => status)).toEqual(['broken', 'broken', 'broken'])
})

test('a TTI that is not known is no pass', () => {
  const restless = twins(figures([], 590_000), figures([5100], 1_000_000))
  expect(judgeTwins(restless, LIMITS).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'holds'])
})

test('the table names the change and the promise, kept or not', () => {
  const seen = twins(figures([2700, 2800, 2900], 600_000), figures([5600], 1_000_000))
  const text = renderTwins(seen, judgeTwins(seen, LIMITS), { route: '/dashboard', machine: '2 cores' })
  expect(text).toContain(
    '| **Time to Interactive** | 2.80 s (2.70–2.90) | 5.60 s (5.60–5.60), −50 % | 5.60 s (5.60–5.60), −50 % | ✓ under 3.00 s, ✓ at least 42 % lower |',
  )
  expect(text).toContain(
    '| **JavaScript**, unpacked | 600.0 kB | 1000.0 kB, −40 % | 1000.0 kB, −40 % | ✗ at least 41 % less |',
  )
})

test('a table is put between its comments, and nowhere else', () => {
  const page = '# A\n\n<!-- t -->\n\nold\n\n<!-- /t -->\n\n## B\n'
  expect(replaceBlock(page, 't', 'new')).toBe('# A\n\n<!-- t -->\n\nnew\n\n<!-- /t -->\n\n## B\n')
  expect(replaceBlock(replaceBlock(page, 't', 'new'), 't', 'old')).toBe(page)
  expect(() => replaceBlock('# A', 't', 'new')).toThrow('<!-- t -->')
})
