import { expect, test } from 'vitest'
import { driftMessage, driftOf, parseDrift } from './drift.ts'

const plan = { routes: { '/': { bytes: 100_000, requests: 5 }, '/a': { bytes: 200_000, requests: 8 } } }

test('the route that grew most counts, routes that the plan does not know do not', () => {
  const drift = driftOf(plan, [
    { id: '/', bytes: 99_000, requests: 5 },
    { id: '/a', bytes: 214_600, requests: 9 },
    { id: '/new', bytes: 900_000, requests: 9 },
  ])
  expect(drift.worst?.id).toBe('/a')
  expect(drift.worst?.growth).toBeCloseTo(0.073, 10)
  expect(drift.mean).toBeCloseTo((0.073 - 0.01) / 2, 10)
  expect(driftMessage(drift, 0.05, 'paceline.chunks.json')).toMatchInlineSnapshot(
    `"\`paceline.chunks.json\` no longer fits the app; the first load of \`/a\` is 7.3 % above its plan (200 kB → 214.6 kB of JS, brotli, in 9 instead of 8 requests; mean of all routes +3.1 %, allowed 5 %). Make it anew with \`paceline chunks plan\`."`,
  )
  expect(driftMessage(drift, 0.08, 'paceline.chunks.json')).toBeUndefined()
})

test('a plan whose routes are all gone has no drift to tell', () => {
  const drift = driftOf(plan, [{ id: '/new', bytes: 1, requests: 1 }])
  expect(drift).toEqual({ routes: [], mean: 0 })
  expect(driftMessage(drift, 0.05, 'x')).toBeUndefined()
})

test('reads percentages and refuses everything else by name', () => {
  expect([parseDrift('5%'), parseDrift(' 2.5 % ')]).toEqual([0.05, 0.025])
  for (const value of ['5', '-1%', '5 kB', '']) {
    expect(() => parseDrift(value)).toThrow(expect.objectContaining({ code: 'PACELINE_DRIFT_INVALID' }))
  }
})
