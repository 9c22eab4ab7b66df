import type { PlannedBuild } from '@paceline/chunks'
import { describe, expect, it } from 'vitest'
import { comparePlans, judgePlan } from './compare-plans.ts'

type Figures = PlannedBuild['figures']
type Stored = PlannedBuild['stored']

const figures = (cost: number, routes: Readonly<Record<string, readonly [number, number]>>): Figures => ({
  cost,
  routes: Object.entries(routes).map(([id, [bytes, requests]]) => ({ id, bytes, requests, waste: 0, bound: bytes })),
})
const stored = (name: string): Stored => ({
  version: 1,
  app: 'app',
  settings: {},
  routes: {},
  chunks: [{ name, kind: 'entry', imports: [], mentions: {}, modules: ['src/main.ts'] }],
})

function planned(previous: PlannedBuild['previous'], name = 'index'): PlannedBuild {
  return {
    graph: { modules: [], entries: [], scenarios: [] },
    plan: { chunks: [] },
    stored: stored(name),
    figures: figures(80, { '/': [1000, 2], '/a': [2000, 3], '/new': [500, 1] }),
    before: figures(120, { '/': [1100, 6], '/a': [2600, 9], '/new': [500, 2] }),
    ...(previous ? { previous } : {}),
    remarks: [],
    file: '/app/paceline.chunks.json',
    root: '/app',
  }
}
const old = { stored: stored('index'), figures: figures(100, { '/': [1000, 2], '/a': [2100, 4] }) }

describe('comparePlans', () => {
  it('puts what gains most against the stored plan first, and finds where that is worst', () => {
    const { routes, mean, cost, drift } = comparePlans(planned(old))
    expect(routes.map(({ id }) => id)).toEqual(['/a', '/', '/new'])
    expect(routes[0]).toEqual({
      id: '/a',
      default: { bytes: 2600, requests: 9 },
      stored: { bytes: 2100, requests: 4 },
      planned: { bytes: 2000, requests: 3 },
    })
    expect(routes[2]!.stored).toBeNull()
    expect(mean).toEqual({
      default: { bytes: 1400, requests: 5.7 },
      stored: { bytes: 1550, requests: 3 },
      planned: { bytes: 1167, requests: 2 },
    })
    expect(cost).toEqual({ default: 120, stored: 100, planned: 80 })
    expect(drift!.route).toBe('/a')
    expect(drift!.growth).toBeCloseTo(0.05)
  })

  it('compares with the default where there is no plan', () => {
    const { routes, mean, drift } = comparePlans(planned(undefined))
    expect(routes.map(({ id }) => id)).toEqual(['/a', '/', '/new'])
    expect([mean.stored, drift]).toEqual([null, null])
  })
})

describe('judgePlan', () => {
  const judge = (build: PlannedBuild, changed: string[], threshold: number): string =>
    judgePlan(build, comparePlans(build), changed, threshold)

  it('takes a plan for stale that ships more than is allowed, or that was made with other options', () => {
    expect(judge(planned(old), [], 0.04)).toBe('stale')
    expect(judge(planned(old), [], 0.06)).toBe('current')
    expect(judge(planned(old, 'main'), [], 0.06)).toBe('usable')
    expect(judge(planned(old), ['stable'], 0.06)).toBe('stale')
    expect(judge(planned(undefined), [], 0.06)).toBe('new')
  })

  it('takes no plan for current that is for another app, or that expects other routes', () => {
    const routes = { '/': { bytes: 1000, requests: 2 }, '/a': { bytes: 2000, requests: 3 } }
    const today = { ...planned(old), stored: { ...stored('index'), routes } }
    const after = (was: Partial<Stored>): string =>
      judge({ ...today, previous: { ...old, stored: { ...stored('index'), routes, ...was } } }, [], 0.06)
    expect(after({})).toBe('current')
    expect(after({ app: 'other' })).toBe('usable')
    expect(after({ routes: { '/': routes['/'] } })).toBe('usable')
    expect(after({ routes: { ...routes, '/gone': routes['/'] } })).toBe('usable')
    expect(after({ routes: { '/': { bytes: 900, requests: 2 }, '/a': { bytes: 1900, requests: 3 } } })).toBe('current')
    expect(after({ routes: {} })).toBe('stale')
    expect(after({ routes: { '/gone': routes['/'] } })).toBe('stale')
  })
})
