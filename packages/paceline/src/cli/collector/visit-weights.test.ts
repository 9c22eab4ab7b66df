import type { Visits } from '@paceline/collector'
import { describe, expect, it } from 'vitest'
import { visitWeights, type VisitWeights } from './visit-weights.ts'

const answer = (counts: Readonly<Record<string, number>>, unnamed = 0): Visits => {
  const routes = Object.entries(counts).map(([name, visits]) => ({ name, visits }))
  const visits = routes.reduce((sum, route) => sum + route.visits, unnamed)
  return { from: 0, to: 1, release: '0123456789ab', pages: visits, visits, routes, unnamed }
}

/** Over all routes of the app, each with its own weight or with that of the others. */
function meanOf(weights: VisitWeights, routes: readonly string[]): number {
  return routes.reduce((sum, route) => sum + (weights[route] ?? weights['*']!), 0) / routes.length
}

describe('visitWeights', () => {
  it('is 1 for the mean route, in the order of names', () => {
    const weights = visitWeights(answer({ '/notes': 100, '/': 800, '/help': 300 }), 28)
    expect(Object.entries(weights)).toEqual([
      ['/', 2],
      ['/help', 0.75],
      ['/notes', 0.25],
    ])
  })

  it('shares visits without a name among the routes that nobody came to', () => {
    const counts = { '/': 700, '/a': 0, '/b': 0, '/c': 200 }
    const weights = visitWeights(answer(counts, 100), 28)
    expect(weights).toEqual({ '*': 0.2, '/': 2.8, '/c': 0.8 })
    expect(meanOf(weights, Object.keys(counts))).toBe(1)
  })

  it('gives a route that nobody came to half a visit, never nothing', () => {
    const weights = visitWeights(answer({ '/': 999, '/a': 0 }), 28)
    expect(weights).toEqual({ '*': 0.001, '/': 2 })
  })

  it('has no weight of its own for a route that takes what no other does', () => {
    expect(visitWeights(answer({ '/': 300, '/a': 0, '*': 80 }, 20), 28)).toEqual({ '*': 0.375, '/': 2.25 })
  })

  it('leaves visits without a name out where every route has its own', () => {
    expect(visitWeights(answer({ '/': 300, '/a': 100 }, 50), 28)).toEqual({ '/': 1.5, '/a': 0.5 })
  })

  it('writes three digits, and the mean is 1 all the same', () => {
    const counts = Object.fromEntries(Array.from({ length: 37 }, (_, index) => [`/${index}`, 1000 + 7 * index ** 2]))
    const weights = visitWeights(answer(counts), 28)
    expect(Object.values(weights).every((weight) => /^\d+(?:\.\d{1,3})?$/.test(`${weight}`))).toBe(true)
    expect(meanOf(weights, Object.keys(counts))).toBeCloseTo(1, 2)
  })

  it.each([
    ['PACELINE_VISITS_TOO_FEW', answer({ '/': 99 }), '99 visits in 28 days and needs 100'],
    ['PACELINE_VISITS_TOO_FEW', answer({}), '0 visits'],
    [
      'PACELINE_VISITS_TOO_FEW',
      answer(Object.fromEntries(Array.from({ length: 39 }, (_, index) => [`/${index}`, 9]))),
      'needs 390',
    ],
    // Those that came stand for many more.
    ['PACELINE_VISITS_TOO_FEW', { ...answer({ '/': 4000 }), pages: 40 }, '40 visits'],
    ['PACELINE_VISITS_UNNAMED', answer({ '/': 199 }, 201), '201 of 400'],
    ['PACELINE_VISITS_UNNAMED', answer({}, 400), 'release push'],
  ])('%s: says what is missing', (code, visits, message) => {
    const act = (): VisitWeights => visitWeights(visits, 28)
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }))
  })
})
