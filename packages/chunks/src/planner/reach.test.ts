import { describe, expect, it } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import { eachBit } from './bits.ts'
import { defaultPartition } from './default-partition.ts'
import { findReach } from './reach.ts'
import { graphFrom } from './testing-graph.ts'

/** Names of the roots that have to fetch a module. */
function fetchedBy(graph: LiveGraph, name: string, scenarios = graph.scenarios): string[] {
  const reach = findReach(graph, scenarios)
  const component = reach.components.of[graph.modules.findIndex(({ key }) => key === name)] as number
  return [...eachBit(reach.reduced[component] as Uint32Array)]
    .map((root) => keyAt(graph, reach.roots[root] as number))
    .sort()
}

function keyAt(graph: LiveGraph, module: number): string {
  return graph.modules[module]?.key ?? ''
}

function chunks(graph: LiveGraph): string[][] {
  return defaultPartition(graph).chunks.map((modules) => modules.map((module) => keyAt(graph, module)).sort())
}

describe('findReach', () => {
  it('does not count a page for what the entry has loaded before', () => {
    const graph = graphFrom({ main: ['shared', '*page'], page: ['shared', 'own'], shared: [], own: [] })
    expect(fetchedBy(graph, 'shared')).toEqual(['main'])
    expect(fetchedBy(graph, 'own')).toEqual(['page'])
  })

  it('follows chains of import()s, and counts only what is loaded on all of them', () => {
    const graph = graphFrom({
      main: ['*a', '*b'],
      a: ['both', 'onlyA', '*dialog'],
      b: ['both', '*dialog'],
      dialog: ['both', 'onlyA'],
      both: [],
      onlyA: [],
    })
    expect(fetchedBy(graph, 'both')).toEqual(['a', 'b'])
    expect(fetchedBy(graph, 'onlyA')).toEqual(['a', 'dialog'])
  })

  it('counts a module for every entry that reaches it', () => {
    const graph = graphFrom(
      { main: ['shared', '*page'], admin: ['shared', '*page'], shared: [], page: ['shared'] },
      {},
      2,
    )
    expect(fetchedBy(graph, 'shared')).toEqual(['admin', 'main'])
  })

  it('knows from the scenarios that a layout comes before its pages', () => {
    const graph = graphFrom({ main: ['*layout', '*page'], layout: ['shared'], page: ['shared'], shared: [] })
    const roots = ['main', 'layout', 'page'].map((name) => graph.modules.findIndex(({ key }) => key === name))
    const scenarios = [{ id: '/', weight: 1, roots }]
    expect(fetchedBy(graph, 'shared', scenarios)).toEqual(['layout'])
    expect(fetchedBy(graph, 'shared', [])).toEqual(['layout', 'page'])
  })

  it('takes nothing for loaded that waits for the import() with a top-level await', () => {
    const imports = { main: ['shared', '*page'], page: ['shared'], shared: [] }
    expect(fetchedBy(graphFrom(imports, { main: { awaits: true } }), 'shared')).toEqual(['main', 'page'])
  })

  it('gives every module a root, also one that nothing reaches', () => {
    const graph = graphFrom({ main: [] })
    const [main] = graph.modules
    const lost = { ...main, id: 'lost', key: 'lost' } as LiveGraph['modules'][number]
    expect(fetchedBy({ ...graph, modules: [...graph.modules, lost] }, 'lost')).toEqual(['lost'])
  })
})

describe('defaultPartition', () => {
  it('makes one chunk of what the same entries and pages have to fetch', () => {
    const graph = graphFrom({
      main: ['shared', '*a', '*b'],
      a: ['ab', 'shared'],
      b: ['ab', 'own'],
      ab: [],
      own: [],
      shared: [],
    })
    expect(chunks(graph)).toEqual([['main', 'shared'], ['ab'], ['a'], ['b', 'own']])
  })
})
