import { expect, test } from 'vitest'
import type { PeerAnswer } from './peers.ts'
import type { PlantedResult } from './planted-regressions.ts'
import { mergeResults, renderLab } from './render-lab.ts'
import type { LabResults } from './render-lab.ts'
import type { InSession, Session } from './session.ts'

function session(date: string, cpu: string, load: readonly [number, number]): Session {
  return { date, machine: { cpu, cores: 2, memory: 1, system: 'Linux', node: '24.21.0', load: 0 }, load }
}
const before = session('2026-11-20', 'EPYC', [1, 2])
const now = session('2026-11-22', 'Xeon', [3, 4.25])

function planted(factor: number, more: Partial<InSession<PlantedResult>> = {}): InSession<PlantedResult> {
  const counted = {
    factor,
    turns: 3_000_000,
    blocks: 8,
    runs: 20,
    slower: 20,
    noisy: 0,
    attributed: 20,
    ratios: [factor],
  }
  return { ...counted, byCpu: 12, cpuUnsure: 5, seconds: 40, ...more }
}

const peer: InSession<PeerAnswer> = {
  tool: 'tachometer 1',
  factor: 1.2,
  turns: 3_000_000,
  asked: 5,
  slower: 5,
  unsure: 0,
  ratios: [1.2],
  seconds: 60,
  session: before,
}
const empty: LabResults = { agreement: [], planted: [], peers: [] }

function rowsOf(results: LabResults): string[][] {
  const lines = renderLab(results).split('\n')
  const rows = lines.filter((line) => line.startsWith('| +') || line.startsWith('| tachometer'))
  return rows.map((line) => line.slice(2, -2).split(' | '))
}

test('rows that are kept keep the session in which they were measured', () => {
  const kept: LabResults = {
    ...empty,
    planted: [planted(1.05, { session: before }), planted(1.2, { session: before })],
    peers: [peer],
    formula: { pages: 2000, unknown: 0, different: 0, session: before },
  }
  const merged = mergeResults(kept, { ...empty, planted: [planted(1.2, { session: now })] })
  expect(merged).toMatchObject({ formula: { session: before }, peers: [{ session: before }] })
  expect(rowsOf(merged).map((row) => row.at(-1))).toEqual([
    '2026-11-20, EPYC × 2, Node 24.21.0, load 1.0 to 2.0',
    '2026-11-22, Xeon × 2, Node 24.21.0, load 3.0 to 4.3',
    '2026-11-20, EPYC × 2, Node 24.21.0, load 1.0 to 2.0',
  ])
})

test('a row of before each had its session is given none', () => {
  const { turns: _turns, cpuUnsure: _unsure, ...old } = planted(1.05)
  const [row] = rowsOf(mergeResults({ ...empty, planted: [old] }, empty))
  expect(row).toContain('20 of 20')
  expect(row!.filter((cell) => cell === 'not written down')).toHaveLength(3)
})

test('what CPU time alone said is told beside the verdict, and of which builds', () => {
  const [counts, timed, other] = rowsOf({
    ...empty,
    planted: [planted(1.05, { blocks: 0 }), planted(1.05)],
    peers: [peer],
  })
  expect(counts!.slice(7, 9)).toEqual(['not asked', 'not asked'])
  expect(timed!.slice(7, 9)).toEqual(['12 of 20', '5 of 20'])
  expect([counts![1], timed![1], other![2]]).toEqual(['3,000,000', '3,000,000', '3,000,000'])
})
