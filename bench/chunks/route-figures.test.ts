import { describe, expect, test } from 'vitest'
import { meanOf, worseRoutes } from './route-figures.ts'
import { summariseApp } from './summarise-app.ts'
import { route } from './testing/route.ts'

describe('worseRoutes', () => {
  const base = [route('/', 100, 3), route('/a', 200, 3)]

  test('names routes with more bytes or more requests, and the most bytes', () => {
    expect(worseRoutes([route('/', 110, 1), route('/a', 150, 4)], base)).toEqual({
      routes: ['/', '/a'],
      bytes: expect.closeTo(0.1, 12),
    })
  })

  test('counts CSS as what it is: bytes and requests', () => {
    expect(worseRoutes([route('/', 100, 3, { css: 1 }), route('/a', 200, 3)], base).routes).toEqual(['/'])
  })

  test('has nothing to say of the same build', () => {
    expect(worseRoutes(base, base)).toEqual({ routes: [], bytes: 0 })
  })

  test('refuses routes that the other build lacks', () => {
    expect(() => worseRoutes([route('/b', 1, 1)], base)).toThrow(/`\/b` is missing/)
  })
})

test('meanOf refuses what was not measured', () => {
  expect(() => meanOf([route('/', 1, 1)], ({ bound }) => bound)).toThrow(RangeError)
})

test('summariseApp compares means over the routes with the first strategy and with the bound', () => {
  const [, planned] = summariseApp(
    new Map([
      ['default', [route('/', 100, 2), route('/a', 300, 4)]],
      ['planned', [route('/', 90, 1, { bound: 80, waste: 2 }), route('/a', 270, 2, { bound: 220, waste: 1 })]],
    ]),
  )
  expect(planned).toMatchObject({ js: 180, ratio: 0.9, requests: 1.5, mostRequests: 2, routes: 2 })
  expect(planned?.beyondBound).toBeCloseTo(360 / 300 - 1, 12)
  expect(planned?.waste).toBeCloseTo(3 / 360, 12)
})
