import type { DimensionsAnswer } from '../../src/server/service.ts'
import { h } from './dom.ts'
import { writeView } from './state.ts'
import type { View } from './state.ts'

type Choice = readonly [value: string, text: string]

const HOURS: readonly Choice[] = [
  ['1', 'last hour'],
  ['6', 'last 6 hours'],
  ['24', 'last day'],
  ['168', 'last week'],
  ['720', 'last 30 days'],
]

/** What the API calls a route, for people. */
export function routeTitle(route: string): string {
  return route === 'unknown' ? 'unknown route' : route
}

export function filters(view: View, dimensions: DimensionsAnswer): HTMLElement[] {
  const { releases, routes, navs, devices, countries } = dimensions
  const all: Choice = ['', 'all']
  const plain = (values: readonly string[]): Choice[] => values.map((value) => [value, value])
  return [
    choose('Release', 'release', view.release, [all, ...plain(releases.map(({ release }) => release))]),
    choose('Route', 'route', view.route, [all, ...routes.map((route): Choice => [route, routeTitle(route)])]),
    choose('Navigation', 'nav', view.nav, plain([...new Set(['navigate', ...navs])])),
    choose('Device', 'device', view.device, [all, ...plain(devices)]),
    ...(countries.length > 0 ? [choose('Country', 'country', view.country, [all, ...plain(countries)])] : []),
    choose('Time', 'hours', view.hours, HOURS),
  ]
}

export function choose(name: string, key: keyof View, value: string, choices: readonly Choice[]): HTMLElement {
  const options = choices.map(([choice, text]) => h('option', { value: choice, selected: choice === value }, text))
  const select = h('select', { onchange: () => writeView({ [key]: select.value }) }, ...options)
  return h('label', {}, h('span', {}, name), select)
}
