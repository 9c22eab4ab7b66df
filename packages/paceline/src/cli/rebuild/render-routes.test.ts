import pc from 'picocolors'
import { expect, it } from 'vitest'
import type { RouteComparison } from './compare-loads.ts'
import { routeLines } from './render-routes.ts'

const load = (brotli: number, requests = 4) => ({ raw: brotli * 4, brotli, requests })
const route = (id: string, saves: number, more = 0): RouteComparison => ({
  id,
  before: load(10_000 + id.length),
  after: load(10_000 + id.length - saves, 4 + more),
  saves,
})
const lines = (routes: readonly RouteComparison[]): string[] => routeLines(routes, pc.createColors(false))
const saving = Array.from({ length: 9 }, (_, index) => route(`/saves-${index}`, 900 - index))

it('routeLines shows what costs most at the end, when it cannot show all', () => {
  const shown = lines([...saving, route('/little', -20), route('/more', -300), route('/setup', -5590, 6)])
  expect(shown.map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
    '/saves-0',
    '/saves-1',
    '/saves-2',
    '/saves-3',
    '/saves-4',
    '… and 4 more; --json lists all',
    '/little',
    '/more',
    '/setup',
  ])
  expect(shown.at(-1)).toMatch(/\+5\.59 kB, \+6 requests$/)
})

it('routeLines keeps all lines for what saves where nothing costs anything', () => {
  const shown = lines([...saving, route('/same', 0)])
  expect(shown[7]).toContain('/saves-7')
  expect(shown.slice(8)).toEqual(['  … and 1 more; --json lists all', '  1 route is the same'])
})
