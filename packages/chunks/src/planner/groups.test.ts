import { describe, expect, it } from 'vitest'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { planChunks } from './plan-chunks.ts'
import type { ModuleGroup } from './settings.ts'
import { syntheticGraph } from './synthetic-graph.ts'
import { graphFrom } from './testing-graph.ts'
import { hasCycle, importsBetween, loadedWith } from './partition.ts'
import { partitionOf } from './evaluate-plan.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

function groupOf(name: string, ...packages: string[]): ModuleGroup {
  return { name, matches: (module) => packages.includes(module.package ?? '') }
}

function chunksOf(graph: LiveGraph, groups: readonly ModuleGroup[]): Record<string, readonly string[]> {
  const { plan } = planChunks(graph, { ...PLAN_SETTINGS, groups })
  return Object.fromEntries(plan.chunks.map(({ name, modules }) => [name, modules]))
}

describe('groups', () => {
  it('holds exactly what the first load needs of a group, and leaves the rest with the pages', () => {
    const graph = graphFrom({
      'main.ts': ['react/lib.js', 'ui/lib-button.js', '*page.ts'],
      'page.ts': ['ui/lib-chart.js', 'react/lib.js'],
      'react/lib.js': [],
      'ui/lib-button.js': ['react/lib.js'],
      'ui/lib-chart.js': ['react/lib.js'],
    })
    const chunks = chunksOf(graph, [groupOf('react', 'react'), groupOf('ui', 'ui')])
    expect(chunks['react']).toEqual(['react/lib.js'])
    expect(chunks['ui']).toEqual(['ui/lib-button.js'])
    expect(chunks['page']).toContain('ui/lib-chart.js')
  })

  it('makes one chunk of a group that only pages use, whatever pages those are', () => {
    const graph = graphFrom({
      'main.ts': ['*a.ts', '*b.ts'],
      'a.ts': ['charts/lib-bar.js'],
      'b.ts': ['charts/lib-pie.js'],
      'charts/lib-bar.js': [],
      'charts/lib-pie.js': [],
    })
    expect(chunksOf(graph, [groupOf('charts', 'charts')])['charts']).toEqual(['charts/lib-bar.js', 'charts/lib-pie.js'])
  })

  it('counts a module to the first group that matches', () => {
    const graph = graphFrom({ 'main.ts': ['react/lib.js', 'zod/lib.js'], 'react/lib.js': [], 'zod/lib.js': [] })
    const chunks = chunksOf(graph, [
      groupOf('react', 'react'),
      { name: 'vendor', matches: ({ package: owner }) => owner !== undefined },
    ])
    expect(chunks['react']).toEqual(['react/lib.js'])
    expect(chunks['vendor']).toEqual(['zod/lib.js'])
  })

  it('names the nearest packages when a group matches nothing', () => {
    const graph = graphFrom({ 'main.ts': ['react-dom/lib.js'], 'react-dom/lib.js': [] })
    expect(() => chunksOf(graph, [groupOf('react-dmo', 'react-dmo')])).toThrow(
      expect.objectContaining({
        code: 'PACELINE_GROUP_NO_MATCH',
        message: expect.stringContaining('`react-dom`') as string,
      }),
    )
  })

  it('names both chains when a group would import itself through what is not in it', () => {
    const graph = graphFrom({
      'main.ts': ['a/lib-high.js'],
      'a/lib-high.js': ['b/lib.js'],
      'b/lib.js': ['a/lib-low.js'],
      'a/lib-low.js': [],
    })
    expect(() => chunksOf(graph, [groupOf('a', 'a')])).toThrow(
      expect.objectContaining({
        code: 'PACELINE_GROUP_CYCLE',
        message: expect.stringMatching(
          /a\/lib-high\.js → b\/lib\.js.*b\/lib\.js → a\/lib-low\.js.*Add `b\/lib\.js` to `a`/u,
        ) as string,
      }),
    )
  })

  it('names the other group when two would import each other', () => {
    const graph = graphFrom({
      'main.ts': ['a/lib-1.js', 'b/lib-2.js'],
      'a/lib-1.js': ['b/lib-1.js'],
      'b/lib-1.js': [],
      'b/lib-2.js': ['a/lib-2.js'],
      'a/lib-2.js': [],
    })
    expect(() => chunksOf(graph, [groupOf('a', 'a'), groupOf('b', 'b')])).toThrow(
      expect.objectContaining({
        code: 'PACELINE_GROUP_CYCLE',
        message: expect.stringContaining('`groups.a` and `b`') as string,
      }),
    )
  })

  it('is honoured in graphs of any shape, without a cycle, or refused', () => {
    let refused = 0
    for (let seed = 0; seed < 60; seed++) {
      const app = { modules: 120, routes: 4, nested: 3, packages: 6, effects: 0.2, cycles: 0.01, seed }
      const graph = syntheticGraph(app)
      const groups = [groupOf('one', 'p0', 'p1'), groupOf('two', `p${2 + (seed % 3)}`), groupOf('late', 'p5')]
      const present = groups.filter(({ matches }) => graph.modules.some((module) => matches(module)))
      let plan
      try {
        plan = planChunks(graph, { ...PLAN_SETTINGS, groups: present }).plan
      } catch (error) {
        expect(error).toMatchObject({ code: 'PACELINE_GROUP_CYCLE' })
        refused++
        continue
      }
      expect(hasCycle(importsBetween(graph, partitionOf(graph, plan)))).toBe(false)
      const initial = loadedWith(
        graph.modules.map(({ imports }) => imports),
        graph.entries,
      )
      for (const { name, matches } of present) {
        const matched = [...graph.modules.keys()].filter((index) => matches(graph.modules[index] as LiveModule))
        const early = matched.filter((index) => initial.has(index))
        const expected = (early.length > 0 ? early : matched).map((index) => (graph.modules[index] as LiveModule).key)
        expect(plan.chunks.find((chunk) => chunk.name === name)?.modules).toEqual(expected.sort())
      }
    }
    expect(refused).toBeLessThan(50)
  })
})
