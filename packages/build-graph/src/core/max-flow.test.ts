import { describe, expect, it } from 'vitest'
import { minimumEdgeCut, type FlowEdge } from './max-flow.ts'

/** Every set of edges that can be cut, smallest weight first: what the algorithm must agree with. */
function exhaustiveCut(nodes: number, edges: readonly FlowEdge[], source: number, sink: number): number | undefined {
  let best: number | undefined
  for (let set = 0; set < 1 << edges.length; set++) {
    const isCut = (index: number): boolean => ((set >> index) & 1) === 1
    const weight = edges.reduce((sum, [, , capacity], index) => (isCut(index) ? sum + capacity : sum), 0)
    if (weight === Infinity || (best !== undefined && weight >= best)) continue
    if (!reaches(nodes, edges, source, sink, isCut)) best = weight
  }
  return best
}

function reaches(
  nodes: number,
  edges: readonly FlowEdge[],
  source: number,
  sink: number,
  isCut: (index: number) => boolean,
): boolean {
  const seen = new Set([source])
  for (let round = 0; round < nodes; round++) {
    edges.forEach(([from, to], index) => {
      if (seen.has(from) && !isCut(index)) seen.add(to)
    })
  }
  return seen.has(sink)
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('minimumEdgeCut', () => {
  it('weighs what the best of all sets weighs, and separates, on 400 random networks', () => {
    let cuts = 0
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed)
      const nodes = 3 + Math.floor(next() * 4)
      const edges = Array.from({ length: 3 + Math.floor(next() * 8) }, (): FlowEdge => {
        const capacity = next() < 0.25 ? Infinity : 1 + Math.floor(next() * 3)
        return [Math.floor(next() * nodes), Math.floor(next() * nodes), capacity]
      })
      const found = minimumEdgeCut(nodes, edges, 0, nodes - 1)
      const weight = found?.reduce((sum, index) => sum + edges[index]![2], 0)
      expect([seed, weight]).toEqual([seed, exhaustiveCut(nodes, edges, 0, nodes - 1)])
      if (!found) continue
      cuts++
      expect(reaches(nodes, edges, 0, nodes - 1, (index) => found.includes(index))).toBe(false)
    }
    expect(cuts).toBeGreaterThan(200)
  })

  it('takes the set nearest to the sink when several are equally cheap', () => {
    const chain: FlowEdge[] = [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
    ]
    expect(minimumEdgeCut(4, chain, 0, 3)).toEqual([2])
  })

  it('goes through chains of 100,000 edges', () => {
    const chain = Array.from({ length: 100_000 }, (_, n): FlowEdge => [n, n + 1, n === 500 ? 1 : 2])
    expect(minimumEdgeCut(100_001, chain, 0, 100_000)).toEqual([500])
  })
})
