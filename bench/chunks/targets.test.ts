import { describe, expect, test } from 'vitest'
import { renderTargets } from './render-targets.ts'
import { holds, targetsOf } from './targets.ts'
import type { ChunksResults } from './stored-results.ts'

const results = (strategies: readonly object[]): ChunksResults =>
  ({ apps: { 'shadcn-admin': { value: { app: 'shadcn-admin', strategies } } } }) as unknown as ChunksResults
const strategy = (name: string, figures: object = {}): object => ({
  name,
  ratio: 1,
  requests: 10,
  waste: 0,
  worse: { routes: [], bytes: 0 },
  ...figures,
})
const verdicts = (given: ChunksResults): Record<string, boolean | undefined> =>
  Object.fromEntries(targetsOf(given).map((target) => [target.what.replace('shadcn-admin: ', ''), holds(target)]))

describe('targetsOf', () => {
  test('holds what is at the limit and not what is beyond', () => {
    const kept = verdicts(results([strategy('default'), strategy('planned', { ratio: 0.97, requests: 4 })]))
    expect(kept).toMatchObject({
      'first load': true,
      requests: true,
      waste: true,
      'routes worse than the default': true,
    })
    const missed = verdicts(
      results([
        strategy('default'),
        strategy('planned', { ratio: 0.971, requests: 4.1, waste: 0.006, worse: { routes: ['/'] } }),
      ]),
    )
    expect(missed).toMatchObject({
      'first load': false,
      requests: false,
      waste: false,
      'routes worse than the default': false,
    })
  })

  test('says of a strategy that did not build that nothing is known, not that it holds', () => {
    expect(verdicts(results([strategy('default')]))).toEqual({
      'first load': undefined,
      requests: undefined,
      'beyond the bound, no caching term': undefined,
      waste: undefined,
      'routes worse than the default': undefined,
      'leaf edit, stable, JavaScript': undefined,
      'leaf edit, stable, with the document': undefined,
    })
  })

  test.each([
    ['is surely later', { low: 1, high: 20 }, false],
    ['is not later by more than the margin', { low: -30, high: 100 }, true],
    ['may be later by more than the margin, or not', { low: -30, high: 101 }, undefined],
    ['is surely earlier', { low: -300, high: -100 }, true],
  ])('of a page that %s', (_, interval, verdict) => {
    const compared = { a: { median: 2000, min: 0, max: 0 }, difference: { pairs: 8, mean: 10, ...interval } }
    const pages = { app: { value: { app: 'app', pages: [{ path: '/', fcp: compared, tti: compared }] } } }
    const targets = targetsOf({ pages } as unknown as ChunksResults)
    expect(targets.map(holds)).toEqual([verdict, verdict])
    const [row] = renderTargets(targets).split('\n').slice(2)
    const said = verdict === undefined ? 'too noisy to say' : verdict ? 'holds' : '**missed**'
    expect(row).toBe(`| app /: FCP, later by | 100 ms | 10 ms (${interval.low} ms to ${interval.high} ms) | ${said} |`)
  })

  test('is silent about apps and parts that were not measured', () => {
    expect(targetsOf({})).toEqual([])
  })
})
