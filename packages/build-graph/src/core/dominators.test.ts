import { expect, it } from 'vitest'
import { immediateDominators } from './dominators.ts'

/** By definition: a node dominates another when that cannot be reached without it; the nearest such node counts. */
function byDefinition(successors: readonly (readonly number[])[], roots: readonly number[]): number[] {
  const reached = (without: number): Set<number> => {
    const seen = new Set(roots.filter((root) => root !== without))
    for (const node of seen) for (const to of successors[node]!) if (to !== without) seen.add(to)
    return seen
  }
  const all = reached(-1)
  const dominators = successors.map((_, node) =>
    all.has(node) ? successors.flatMap((_, other) => (other !== node && !reached(other).has(node) ? [other] : [])) : [],
  )
  // Of a node's dominators the nearest is the one that all others dominate.
  return dominators.map(
    (list) => list.find((one) => list.every((other) => other === one || dominators[one]!.includes(other))) ?? -1,
  )
}

it('agrees with the definition on 300 random graphs with one or two roots', () => {
  let state = 7
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  for (let round = 0; round < 300; round++) {
    const nodes = 2 + next(7)
    const successors = Array.from({ length: nodes }, () => Array.from({ length: next(4) }, () => next(nodes)))
    const roots = next(2) === 0 ? [0] : [0, 1]
    expect([...immediateDominators(successors, roots)]).toEqual(byDefinition(successors, roots))
  }
})
