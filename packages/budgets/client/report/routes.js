import { byId, el, lazyDetails } from './dom.js'
import { KINDS, delta, encoding, formatBytes, legend, stackedBar } from './figures.js'
import { sortedTable } from './table.js'

/** @param {PageData} data */
export function drawRoutes({ report, diff }) {
  const section = byId('routes-body')
  if (report.routes.length === 0) {
    section.append(
      el('p.soft', null, 'This build has no routes: nothing was found behind React.lazy or a route table.'),
    )
    return
  }
  const changes = new Map(diff?.routes.map((change) => [change.id, change]))
  /** @param {Route} route */
  const change = (route) => changes.get(route.id)?.firstLoad.delta[encoding] ?? 0
  const longest = () => Math.max(...report.routes.map((route) => route.firstLoad[encoding]))
  /** @type {Column<Route>[]} */
  const columns = [
    { title: 'Route', value: (route) => route.id, cell: routeCell },
    {
      title: 'First load',
      help: 'What somebody who lands here downloads, without the HTML document',
      number: true,
      value: (route) => route.firstLoad[encoding],
      cell: (route) => formatBytes(route.firstLoad[encoding]),
    },
    {
      title: 'By kind',
      wide: true,
      value: (route) => route.firstLoad[encoding],
      cell: (route) => stackedBar(kindSizes(route), longest()),
    },
    ...(diff
      ? [{ title: 'Change', number: true, value: change, cell: (/** @type {Route} */ route) => delta(change(route)) }]
      : []),
    {
      title: 'Requests',
      number: true,
      value: (route) => route.firstLoad.requests,
      cell: (route) => route.firstLoad.requests,
    },
    {
      title: 'Depth',
      help: 'Length of the request waterfall: 1 = the HTML names every file',
      number: true,
      value: (route) => route.firstLoad.depth,
      cell: (route) => route.firstLoad.depth,
    },
    {
      title: 'Navigation',
      help: 'What somebody who is already inside the app downloads',
      number: true,
      value: (route) => route.navigation[encoding],
      cell: (route) => formatBytes(route.navigation[encoding]),
    },
  ]
  section.append(
    sortedTable({ caption: 'Routes', columns, rows: () => report.routes, sort: 'First load', first: 20 }),
    legend(KINDS.filter((kind) => report.routes.some((route) => route.firstLoad.byKind[kind]))),
  )
}

/** @param {Route} route */
function routeCell(route) {
  const files = () => [
    el('ul.files', null, ...route.firstLoad.files.map((file) => el('li', null, el('code', null, file)))),
  ]
  const module = route.module === route.id ? undefined : el('code.soft', null, ` ${route.module}`)
  return lazyDetails('details.inline', [route.id, module], files)
}

/** @param {Route} route */
function kindSizes(route) {
  const kinds = Object.entries(route.firstLoad.byKind)
  return Object.fromEntries(kinds.map(([kind, sizes]) => [kind, sizes[encoding]]))
}
