import { describe, expect, it } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import { makeContext } from './chunk-pool.ts'
import { defaultPartition } from './default-partition.ts'
import { findEffects } from './effects.ts'
import { MergeState } from './merge-state.ts'
import { findReach } from './reach.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const RULES = {
  across: true,
  isolate: false,
  waste: new Float64Array(9).fill(1e6),
  ceiling: Array<number>(9).fill(1e9),
}

/** Every component a chunk of its own; asks whether two may be joined. */
function joiner(graph: LiveGraph) {
  const reach = findReach(graph)
  const effects = findEffects(graph, reach, defaultPartition(graph))
  const settings = { ...PLAN_SETTINGS, returning: 0, minChunkSize: 0 }
  const fixed = reach.components.members.map(() => false)
  const units = reach.components.members.map((_modules, component) => [component])
  const state = new MergeState(makeContext(graph, reach, settings, fixed, effects), units)
  const chunkOf = (name: string) => reach.components.of[graph.modules.findIndex(({ key }) => key === name)] as number
  return (a: string, b: string) => state.canJoin(chunkOf(a), chunkOf(b), RULES)
}

const LOUD = { effects: true }

describe('joining chunks', () => {
  it('is refused when an effect would wait for a later one', () => {
    const imports = { main: ['early', 'other'], early: [], other: ['late'], late: [] }
    expect(joiner(graphFrom(imports, { early: LOUD, late: LOUD }))('early', 'other')).toBe(false)
    expect(joiner(graphFrom(imports, { early: LOUD }))('early', 'other')).toBe(true)
  })

  it('is refused when a third chunk has an effect between theirs', () => {
    const graph = graphFrom({ main: ['a', 'b', 'c'], a: [], b: [], c: [] }, { a: LOUD, b: LOUD, c: LOUD })
    const canJoin = joiner(graph)
    expect(canJoin('a', 'c')).toBe(false)
    expect(canJoin('a', 'b')).toBe(true)
  })

  it('takes no notice of a stylesheet between two scripts, nor of a script between two stylesheets', () => {
    const graph = graphFrom({ main: ['a', 'b', 'c'], a: [], b: [], c: [] }, { a: LOUD, b: LOUD, c: LOUD })
    const withStyles = (...styles: string[]): LiveGraph => ({
      ...graph,
      modules: graph.modules.map((module) => (styles.includes(module.key) ? { ...module, kind: 'css' } : module)),
    })
    expect(joiner(withStyles('b'))('a', 'c')).toBe(true)
    expect(joiner(withStyles('a', 'c'))('a', 'c')).toBe(true)
    expect(joiner(withStyles('a', 'b', 'c'))('a', 'c')).toBe(false)
  })

  it('is refused when an effect would be imported before one that it came after', () => {
    const imports = {
      main: ['*p', '*q'],
      p: ['first', 'second', 'third'],
      q: ['first', 'third'],
      first: [],
      second: [],
      third: [],
    }
    const canJoin = joiner(graphFrom(imports, { second: LOUD, third: LOUD, p: LOUD }))
    expect(canJoin('first', 'third')).toBe(true)
    expect(canJoin('second', 'third')).toBe(false)
  })

  it('is refused when a chunk would import itself', () => {
    const canJoin = joiner(graphFrom({ main: ['top'], top: ['middle', 'low'], middle: ['low'], low: [] }))
    expect(canJoin('top', 'low')).toBe(false)
    expect(canJoin('middle', 'low')).toBe(true)
  })

  it('is refused for a page that others would load with theirs', () => {
    const imports = { main: ['*p', '*q'], p: ['shared', 'own'], q: ['shared'], shared: [], own: [] }
    const canJoin = joiner(graphFrom(imports))
    expect(canJoin('p', 'shared')).toBe(false)
    expect(canJoin('own', 'shared')).toBe(true)
    expect(joiner(graphFrom(imports, { own: LOUD }))('own', 'shared')).toBe(false)
  })
})
