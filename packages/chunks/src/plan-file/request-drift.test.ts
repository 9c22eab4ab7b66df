import { expect, test } from 'vitest'
import { requestMessages } from './request-drift.ts'

const plan = { routes: { '/': { bytes: 1000, requests: 2 }, '/a': { bytes: 2000, requests: 5 } } }
const limits = { maxInitialRequests: 4, maxRouteRequests: 6 }

function messages(initial: number, page: number, added?: number): string[] {
  const routes = [
    { id: '/', bytes: 1000, requests: initial, entry: true },
    { id: '/a', bytes: 2000, requests: page, entry: false },
    ...(added === undefined ? [] : [{ id: '/new', bytes: 2000, requests: added, entry: false }]),
  ]
  return requestMessages(plan, routes, limits, 'paceline.chunks.json')
}

test('more requests within the limits are nothing to tell', () => {
  expect(messages(4, 6, 6)).toEqual([])
})

test('the route that passes a limit most is named with its figures', () => {
  expect(messages(2, 9, 7)).toEqual([
    '`paceline.chunks.json` no longer keeps to `chunks.maxRouteRequests`; the first load of `/a` makes 9 requests for JS (6 are allowed, 5 are planned; 1 more is above it). Make it anew with `paceline chunks plan`.',
  ])
})

test('the limit of the entry is one of its own', () => {
  expect(messages(5, 5)).toEqual([
    expect.stringContaining('`chunks.maxInitialRequests`; the first load of `/` makes 5'),
  ])
})

test('a route that the plan does not know is held to the limits', () => {
  expect(messages(2, 5, 7)).toEqual([
    expect.stringContaining('`/new` makes 7 requests for JS (6 are allowed, the plan does not know it)'),
  ])
})

test('a limit that the plan itself does not keep is passed when there are more than planned', () => {
  const above = { routes: { '/a': { bytes: 1, requests: 8 } } }
  const at = (requests: number): string[] =>
    requestMessages(above, [{ id: '/a', bytes: 1, requests, entry: false }], limits, 'x')
  expect(at(8)).toEqual([])
  expect(at(9)).toHaveLength(1)
})
