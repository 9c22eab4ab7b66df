import { expect, test } from 'vitest'
import { drawFirstLoads } from './draw-first-loads.ts'
import type { RouteFigures } from './route-figures.ts'
import type { StrategySummary } from './summarise-app.ts'
import { route } from './testing/route.ts'

const strategy = (name: StrategySummary['name'], details: readonly RouteFigures[]): StrategySummary => ({
  name,
  js: 1000,
  ratio: 1,
  requests: 2,
  css: 0,
  document: 0,
  waste: 0,
  worse: { routes: [], bytes: 0 },
  mostRequests: 2,
  routes: details.length,
  details,
})
const many = Array.from({ length: 40 }, (_, index) => route(`/page-${index}`, 10_500 + index, 2))

test('a block is a file: its width is its share of the heaviest first load', () => {
  const svg = drawFirstLoads(
    'App',
    strategy('default', [route('/', 1000, 3, { files: [300, 600, 100] })]),
    strategy('planned', [route('/', 900, 1, { files: [900] })]),
  )
  const widths = [...svg.matchAll(/y="\d+" width="([\d.]+)" height="13"/g)].map(([, width]) => Number(width))
  expect(widths).toEqual([282, 141, 47, 423])
  expect(svg).toContain('1.0 kB · 3')
  expect(svg).toContain('0.9 kB · 1')
})

test('of many routes twelve are shown, the heaviest and the lightest among them', () => {
  const svg = drawFirstLoads('App', strategy('default', many), strategy('planned', many))
  const shown = [...svg.matchAll(/class="route"[^>]*>([^<]+)</g)].map(([, id]) => id)
  expect(shown).toHaveLength(12)
  expect([shown[0], shown.at(-1)]).toEqual(['/page-39', '/page-0'])
})

test('builds of different sources are refused', () => {
  expect(() => drawFirstLoads('App', strategy('default', many), strategy('planned', many.slice(1)))).toThrow(
    /`\/page-0` is missing from planned/,
  )
})
