import { describe, expect, it } from 'vitest'
import type { LiveModule } from '../live-graph.ts'
import type { ChunkPlan } from '../plan.ts'
import { findEarlyModules } from './early-modules.ts'
import { hasCycle, importsBetween, loadedWith } from './partition.ts'
import { defaultPartition } from './default-partition.ts'
import { evaluatePlan, partitionOf } from './evaluate-plan.ts'
import { executionOrder } from './execution-order.ts'
import { planChunks, planDefault } from './plan-chunks.ts'
import type { PlanSettings } from './settings.ts'
import { syntheticGraph, type SyntheticApp } from './synthetic-graph.ts'
import { graphFrom } from './testing-graph.ts'
import { PLAN_SETTINGS } from './testing/plan-settings.ts'

const APPS: SyntheticApp[] = Array.from({ length: 160 }, (_app, index) => ({
  modules: 30 + (index % 5) * 25,
  routes: 2 + (index % 6),
  nested: index % 7,
  packages: 2 + (index % 9),
  entries: 1 + Number(index % 8 === 3),
  effects: (index % 4) * 0.15,
  cycles: (index % 3) * 0.06,
  seed: index,
}))

const VARIANTS: Partial<PlanSettings>[] = [
  {},
  { returning: 0 },
  { stable: true },
  { stable: true, returning: 1, minChunkSize: 0 },
]

describe.each(VARIANTS)('planChunks with %o', (variant) => {
  const settings = { ...PLAN_SETTINGS, ...variant }
  const planned = APPS.map((app) => {
    const graph = syntheticGraph(app)
    const { plan, figures, remarks } = planChunks(graph, settings)
    return { graph, plan, figures, remarks, partition: partitionOf(graph, plan) }
  })

  it('puts every module into one chunk, and lists chunks after what they import', () => {
    for (const { graph, plan } of planned) {
      expect(plan.chunks.flatMap(({ modules }) => modules).sort()).toEqual(graph.modules.map(({ key }) => key).sort())
      const seen = new Set<string>()
      for (const { name, imports } of plan.chunks) {
        expect(imports.filter((target) => !seen.has(target))).toEqual([])
        seen.add(name)
      }
      expect(seen.size).toBe(plan.chunks.length)
    }
  })

  it('makes no cycle between chunks', () => {
    for (const { graph, partition } of planned) expect(hasCycle(importsBetween(graph, partition))).toBe(false)
  })

  it('runs nothing before its import() is called, but for a few modules that nobody notices', () => {
    for (const { graph, partition } of planned) expect(findEarlyModules(graph, partition)).toEqual([])
  })

  it.each(['walked', 'sorted'] as const)(
    'keeps the order of effects of the source or of the default build, with imports %s',
    (order) => {
      for (const { graph, partition } of planned) {
        const standard = defaultPartition(graph)
        for (const scenario of graph.scenarios) {
          const loud = (modules: readonly number[]) =>
            modules.filter((module) => (graph.modules[module] as LiveModule).effects)
          const ours = loud(executionOrder(graph, partition, scenario, order))
          const theirs = loud(executionOrder(graph, standard, scenario, order))
          const position = new Map(theirs.map((module, index) => [module, index]))
          for (const [at, module] of ours.entries()) {
            const wrong = ours.slice(0, at).filter((earlier) => {
              const inDefault = (position.get(earlier) as number) > (position.get(module) as number)
              return inDefault && earlier > module
            })
            expect(wrong).toEqual([])
          }
        }
      }
    },
  )

  it('keeps to the limits of requests, or says where it cannot', () => {
    for (const { graph, partition, figures, remarks } of planned) {
      const imports = importsBetween(graph, partition)
      const initial = graph.entries.map((entry) => loadedWith(imports, [partition.chunkOf[entry] as number]).size)
      const isOver =
        figures.routes.some(({ requests }) => requests > settings.maxRouteRequests) ||
        initial.some((requests) => requests > settings.maxInitialRequests)
      expect(remarks.length > 0).toBe(isOver)
    }
  })

  it('is on no route worse than the default', () => {
    for (const { graph, figures } of planned) {
      const standard = planDefault(graph, settings).figures
      for (const [index, { bytes, requests }] of figures.routes.entries()) {
        const known = standard.routes[index] as (typeof standard.routes)[number]
        expect(bytes).toBeLessThanOrEqual(known.bytes * (settings.stable ? 1.04 : 1) + 1)
        expect(requests).toBeLessThanOrEqual(settings.stable ? settings.maxRouteRequests : known.requests)
      }
      // What isolation is worth, stable names on the other side of an import, is not in the figure.
      if (!settings.stable) expect(figures.cost).toBeLessThanOrEqual(standard.cost + 1)
    }
  })

  it('makes the same plan again, also when routes are listed in another order', () => {
    for (const { graph, plan } of planned.slice(0, 12)) {
      expect(planChunks(graph, settings).plan).toEqual(plan)
      expect(planChunks({ ...graph, scenarios: graph.scenarios.toReversed() }, settings).plan).toEqual(plan)
    }
  })

  it('says the same figures of its plan as of anybody’s', () => {
    for (const { graph, plan, figures } of planned) expect(evaluatePlan(graph, plan, settings)).toEqual(figures)
  })
})

describe('planChunks', () => {
  it('keeps a package that is often brought up to date out of the chunk of the others', () => {
    const app = { main: ['big/lib', 'small/lib', '*page'], page: [], 'big/lib': [], 'small/lib': [] }
    const sizes = { main: 30_000, 'big/lib': 300_000, 'small/lib': 9000 }
    const details = Object.fromEntries(
      Object.entries(sizes).map(([name, brotli]) => [name, { size: { raw: 3 * brotli, brotli } }]),
    )
    const graph = graphFrom(app, details)
    const areTogether = (updates: ReadonlyMap<string, number>): boolean => {
      const { plan } = planChunks(graph, { ...PLAN_SETTINGS, stable: true, mapped: true, updates })
      return plan.chunks.find(({ modules }) => modules.includes('small/lib'))!.modules.includes('big/lib')
    }
    expect(areTogether(new Map())).toBe(true)
    expect(areTogether(new Map([['small', 0.3]]))).toBe(false)
    expect(areTogether(new Map([['other', 0.3]]))).toBe(true)
  })

  it('takes over the names of an earlier plan where most bytes agree', () => {
    const graph = syntheticGraph(APPS[7] as SyntheticApp)
    const { plan } = planChunks(graph, PLAN_SETTINGS)
    const renamed: ChunkPlan = {
      chunks: plan.chunks.map((chunk) => ({ ...chunk, name: `old-${chunk.name}`, imports: [] })),
    }
    const again = planChunks(graph, { ...PLAN_SETTINGS, previous: renamed })
    expect(again.plan.chunks.map(({ name }) => name)).toEqual(plan.chunks.map(({ name }) => `old-${name}`))
  })
})
