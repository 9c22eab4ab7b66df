import { describe, expect, it } from 'vitest'
import type { MeasuredBuild } from './measure-build.ts'
import { planMeasured } from './plan-measured.ts'
import type { PlanFigures } from './plan.ts'
import { planDefault } from './planner/plan-chunks.ts'
import type { PlanSettings } from './planner/settings.ts'
import { graphFrom } from './planner/testing-graph.ts'
import { PLAN_SETTINGS } from './planner/testing/plan-settings.ts'

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
const settings: PlanSettings = PLAN_SETTINGS

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
const usual: MeasuredBuild = {
  chunks,
  routes: built(known, 6000).map((route) => ({ ...route, js: { ...route.js, requests: 9 } })),
}

/** @param more what a build of a plan has beyond the estimate */
async function plan(more: number, options: Partial<PlanSettings> = {}, helpers = 0) {
  const plans: PlanFigures[] = []
  const { plan, ...rest } = await planMeasured({
    graph,
    settings: { ...settings, ...options },
    usual,
    measure: ({ figures }) => {
      plans.push(figures)
      return Promise.resolve({ chunks: [], routes: built(figures, more, helpers) })
    },
  })
  const { name } = plan.chunks.find(({ modules }) => modules.includes('router'))!
  const isIsolated = plan.chunks.every(({ imports }) => !imports.includes(name))
  return { plans, isIsolated, ...rest }
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

  it("keeps the bundler's chunks when nothing helps, with the figure, and builds no plan twice", async () => {
    const { plans, bundler, measured, remarks } = await plan(7000)
    expect([plans.length, plans[1]]).toEqual([2, known])
    expect(bundler).toBe(true)
    expect(measured.routes).toEqual(usual.routes)
    expect(remarks).toEqual([
      "The bundler's own chunks are kept; the best plan would have cost `main` 1 kB of JS and CSS (brotli) more, and made 2 of 2 first loads worse.",
    ])
  })

  it.each([
    [{}, 0],
    [{ maxRouteRequests: 8 }, 1],
    [{ maxInitialRequests: 8, maxRouteRequests: 8, minChunkSize: 20_000 }, 3],
  ])("says which limits the bundler's chunks do not keep to (%o)", async (options, count) => {
    const { bundler, remarks } = await plan(7000, options)
    expect([bundler, remarks.length]).toEqual([true, 1 + count])
    const route =
      "`chunks.maxRouteRequests` does not hold for the bundler's own chunks: `main` makes 9 requests for JS, 8 are allowed, and 1 more is above it."
    expect(remarks.includes(route)).toBe(count > 0)
  })

  it('says so when files that are in no plan make more requests than are allowed', async () => {
    const options = { stable: true, mapped: true, maxRouteRequests: 2 }
    const { remarks, measured } = await plan(0, options, 2)
    const over = measured.routes.filter(({ js }) => js.requests > 2).map(({ id }) => id)
    expect(over.length).toBeGreaterThan(0)
    for (const id of over) expect(remarks.join('\n')).toContain(`\`${id}\``)
  })

  it('counts requests as well as bytes before it keeps a plan', async () => {
    const { bundler, remarks } = await plan(0, {}, 9)
    expect([bundler, remarks]).toEqual([true, [expect.stringMatching(/would have cost `page` 4 requests more/)]])
  })

  it.each([
    { stable: true, mapped: true },
    { groups: [{ name: 'shared', matches: ({ key }: { key: string }) => key === 'shared' }] },
  ])('follows a plan that costs more when somebody asked for what it gives (%o)', async (options) => {
    const { bundler, measured, figures } = await plan(70_000, options)
    expect([bundler, measured.routes]).toEqual([false, built(figures, 70_000)])
  })

  it('counts files that are in no plan', async () => {
    const options = { stable: true, mapped: true, returning: 1, minChunkSize: 0, maxRouteRequests: 2 }
    const { figures, measured } = await plan(0, options, 1)
    expect(measured.routes.map(({ js }) => js.requests)).toEqual(figures.routes.map(({ requests }) => requests + 1))
    expect(Math.max(...measured.routes.map(({ js }) => js.requests))).toBeLessThanOrEqual(3)
  })
})
