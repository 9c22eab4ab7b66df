import { describe, expect, it } from 'vitest'
import type { MeasuredBuild } from './measure-build.ts'
import { planMeasured } from './plan-measured.ts'
import type { PlanFigures } from './plan.ts'
import { planDefault } from './planner/plan-chunks.ts'
import type { PlanSettings } from './planner/settings.ts'
import { graphFrom } from './planner/testing-graph.ts'

const parts = ['a', 'b', 'c', 'd', 'e', 'f']
const graph = graphFrom(
  {
    main: ['router', 'shared'],
    router: ['*page', 'shared'],
    shared: parts,
    ...Object.fromEntries(parts.map((name) => [name, []])),
    page: ['shared'],
  },
  { shared: { size: { raw: 120_000, brotli: 40_000 } } },
)
const settings: PlanSettings = {
  strategy: 'planned',
  returning: 0.5,
  maxInitialRequests: 12,
  maxRouteRequests: 20,
  minChunkSize: 2000,
  stable: false,
  groups: [],
}

/** As if builds were what the planner expects of them, and a little more. */
function built({ routes }: Pick<PlanFigures, 'routes'>, more: number, helpers = 0): MeasuredBuild['routes'] {
  return routes.map(({ id, bytes, requests }) => ({
    id,
    js: { bytes: bytes + more, requests: requests + helpers },
    css: { bytes: 0, requests: 0 },
    helpers,
  }))
}

/** One file per module: a bundler that does much worse than it must. */
const chunks = graph.modules.map(({ key }) => [key])
const known = planDefault(graph, settings).figures

/** @param more what a build of a plan has beyond the estimate */
async function plan(more: number, options: Partial<PlanSettings> = {}, helpers = 0) {
  const plans: PlanFigures[] = []
  const { plan, figures, measured } = await planMeasured({
    graph,
    settings: { ...settings, ...options },
    usual: { chunks, routes: built(known, 6000).map((route) => ({ ...route, js: { ...route.js, requests: 9 } })) },
    measure: ({ figures }) => {
      plans.push(figures)
      return Promise.resolve({ chunks: [], routes: built(figures, more, helpers) })
    },
  })
  const { name } = plan.chunks.find(({ modules }) => modules.includes('router'))!
  const isIsolated = plan.chunks.every(({ imports }) => !imports.includes(name))
  return { plans, figures, measured, isIsolated }
}

describe('planMeasured', () => {
  it('uses what the default wastes for what returning visitors gain from', async () => {
    const { plans, isIsolated } = await plan(0)
    expect([plans.length, isIsolated]).toEqual([1, true])
  })

  it('plans again when a build was worse than the default, until it is not', async () => {
    const { plans, figures, measured, isIsolated } = await plan(5500)
    expect([plans.length, isIsolated]).toEqual([2, false])
    expect(figures.routes.map(({ bytes }) => bytes)).toEqual(known.routes.map(({ bytes }) => bytes))
    expect(measured.routes).toEqual(built(figures, 5500))
  })

  it('ends with the default chunks when nothing helps, and builds no plan twice', async () => {
    const { plans, figures } = await plan(7000)
    expect(plans).toHaveLength(2)
    expect([plans[1], figures.cost]).toEqual([known, plans[0]!.cost])
  })

  it('counts files that are in no plan', async () => {
    const options = { stable: true, mapped: true, returning: 1, minChunkSize: 0, maxRouteRequests: 2 }
    const { figures, measured } = await plan(0, options, 1)
    expect(measured.routes.map(({ js }) => js.requests)).toEqual(figures.routes.map(({ requests }) => requests + 1))
    expect(Math.max(...measured.routes.map(({ js }) => js.requests))).toBeLessThanOrEqual(3)
  })
})
