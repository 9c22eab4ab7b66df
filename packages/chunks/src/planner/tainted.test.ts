import { describe, expect, it } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import { defaultPartition } from './default-partition.ts'
import { findEffects } from './effects.ts'
import { planChunks } from './plan-chunks.ts'
import { findReach } from './reach.ts'
import { findTainted } from './tainted.ts'
import { graphFrom, type ModuleDetails } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

function taintedIn(graph: LiveGraph): string[] {
  const reach = findReach(graph)
  const tainted = findTainted(graph, reach, findEffects(graph, reach, defaultPartition(graph)))
  return graph.modules.filter((_module, index) => tainted[reach.components.of[index] as number]).map(({ key }) => key)
}

const app = {
  main: ['router', 'theme', 'shared'],
  router: ['*page', 'shared'],
  theme: [],
  shared: [],
  page: ['shared'],
}
const LOUD: ModuleDetails = { effects: true }

describe('findTainted', () => {
  it('finds what holds the names of lazy chunks, and what imports it', () => {
    expect(taintedIn(graphFrom(app))).toEqual(['router', 'main'])
  })

  it('takes along what has to run after it', () => {
    expect(taintedIn(graphFrom(app, { router: LOUD, theme: LOUD }))).toEqual(['router', 'theme', 'main'])
    expect(taintedIn(graphFrom(app, { shared: LOUD, theme: LOUD }))).toEqual(['router', 'main'])
  })

  it('finds nothing in an app that only loads parts of packages lazily', () => {
    expect(taintedIn(graphFrom({ main: ['dates/lib'], 'dates/lib': ['*dates/lib-de'], 'dates/lib-de': [] }))).toEqual(
      [],
    )
  })
})

describe('a plan for hashed names', () => {
  const graph = graphFrom(app, { shared: { size: { raw: 120_000, brotli: 40_000 } } })
  const room = new Map(graph.scenarios.map(({ id }) => [id, { bytes: 60_000, requests: 9 }]))
  const chunkWith = (ceilings: typeof room | undefined, mapped: boolean) => {
    const { chunks } = planChunks(graph, { ...PLAN_SETTINGS, mapped, ...(ceilings && { ceilings }) }).plan
    const { name } = chunks.find(({ modules }) => modules.includes('router'))!
    return chunks.filter(({ imports }) => imports.includes(name)).map((chunk) => chunk.name)
  }

  it('keeps them where nobody imports them, if a first load may cost more than with the default chunks', () => {
    expect(chunkWith(room, false)).toEqual([])
    expect(chunkWith(undefined, false)).toEqual(['page'])
  })
})
