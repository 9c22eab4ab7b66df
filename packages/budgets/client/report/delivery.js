import { byId, el, lazyDetails, plainId } from './dom.js'
import { counted, encoding, formatBytes, switchEncoding } from './figures.js'
import { sortedTable } from './table.js'

/** What somebody downloads who was here before, and why. @param {PageData} data */
export function drawDelivery({ report }) {
  const { delivery } = report
  if (!delivery) return
  const body = byId('delivery-body')
  const earlier = delivery.releases.slice(1)
  if (earlier.length === 0) {
    const none = 'No earlier release is kept, so nobody returns from one.'
    body.append(el('p.soft', null, none))
    return
  }
  body.append(
    ...returningTable(delivery.routes, earlier),
    ...changedTable(delivery.changes, delivery.deltas),
    releasesTable(delivery.releases),
  )
}

/** @param {Delivery['routes']} routes @param {Delivery['releases']} earlier @returns {Node[]} */
function returningTable(routes, earlier) {
  if (routes.length === 0) return []
  let from = earlier[0]?.release
  /** @param {Delivery['routes'][number]} route */
  const visit = (route) => route.returning.find(({ release }) => release === from)
  /** @type {Column<Delivery['routes'][number]>[]} */
  const columns = [
    { title: 'Route', value: (route) => route.id, cell: (route) => returningCell(route, earlier) },
    {
      title: 'New visitor',
      help: 'Somebody who was never here, without the HTML document',
      number: true,
      value: (route) => route.new,
      cell: (route) => formatBytes(route.new),
    },
    {
      title: 'Returning',
      help: 'In browsers with compression dictionaries (Chromium)',
      number: true,
      value: (route) => visit(route)?.deltas ?? -1,
      cell: (route) => visitedBytes(visit(route)?.deltas),
    },
    {
      title: 'Without dictionaries',
      help: 'Returning in other browsers',
      number: true,
      value: (route) => visit(route)?.brotli ?? -1,
      cell: (route) => visitedBytes(visit(route)?.brotli),
    },
  ]
  const select = el('select', null, ...earlier.map(releaseOption))
  select.addEventListener('change', () => {
    if (!(select instanceof HTMLSelectElement)) return
    from = select.value
    switchEncoding(encoding)
  })
  return [
    el('p', null, el('label', null, 'Returning from ', select)),
    sortedTable({ caption: 'Returning visitors', columns, rows: () => routes, sort: 'Returning', first: 20 }),
  ]
}

/** @param {number | undefined} bytes */
function visitedBytes(bytes) {
  return bytes === undefined ? el('span.soft', null, 'not there yet') : formatBytes(bytes)
}

/** @param {Delivery['releases'][number]} entry */
function releaseOption({ release, createdAt }) {
  return el('option', { value: release }, `${release}, ${builtAt(createdAt)}`)
}

/** @param {Delivery['routes'][number]} route @param {Delivery['releases']} earlier */
function returningCell({ id, returning }, earlier) {
  const dates = new Map(earlier.map(({ release, createdAt }) => [release, builtAt(createdAt)]))
  const visits = () => [
    el(
      'ul.files',
      null,
      ...returning.map(({ release, brotli, deltas }) =>
        el(
          'li',
          null,
          `${formatBytes(deltas)} from `,
          el('code', null, release),
          el('span.soft', null, ` ${dates.get(release) ?? ''}, ${formatBytes(brotli)} without dictionaries`),
        ),
      ),
    ),
  ]
  return returning.length === 0 ? id : lazyDetails('details.inline', [id], visits)
}

/** @param {Delivery['changes']} changes @param {Delivery['deltas']} deltas @returns {Node[]} */
function changedTable(changes, deltas) {
  if (changes.length === 0) {
    return [el('p', null, 'No file under a hashed name differs from the release before.')]
  }
  /** @type {Column<Delivery['changes'][number]>[]} */
  const columns = [
    { title: 'File', value: ({ file }) => file, cell: changedCell },
    { title: 'Because of', wide: true, value: ({ cause }) => cause, cell: causeCell },
    { title: 'Brotli', number: true, value: ({ brotli }) => brotli, cell: ({ brotli }) => formatBytes(brotli) },
    {
      title: 'Delta',
      help: 'The smallest one against the release before; nothing where brotli is hardly larger',
      number: true,
      value: ({ delta }) => delta ?? -1,
      cell: ({ delta }) => delta !== undefined && formatBytes(delta),
    },
  ]
  const causes = Object.entries(Object.groupBy(changes, ({ cause }) => cause))
  const counts = causes.map(([cause, list]) => `${list?.length ?? 0} ${cause}`).join(', ')
  return [
    el(
      'div.group',
      null,
      el('h3', null, counted(changes.length, 'file'), ' changed since the release before'),
      el(
        'p.soft',
        null,
        `${counts}. ${counted(deltas.kept, 'delta')} against all releases: ${formatBytes(deltas.keptBytes)}.`,
      ),
      sortedTable({ caption: 'Changed files', columns, rows: () => changes, sort: 'Brotli', first: 20 }),
    ),
  ]
}

/** @param {Delivery['changes'][number]} change */
function changedCell({ file, was }) {
  const before = () => [el('p.soft', null, 'Before: ', el('code', null, was))]
  return lazyDetails('details.inline', [el('code', null, file)], before)
}

/** @param {Delivery['changes'][number]} change @returns {Child[]} */
function causeCell({ cause, by }) {
  const tag = el(cause === 'own code' ? 'span.tag.warn' : 'span.tag', null, cause)
  const [first, ...rest] = by
  if (first === undefined) return [tag]
  const name = el('code', null, plainId(first))
  if (rest.length === 0) return [tag, ' ', name]
  const others = () => [el('ul.files', null, ...rest.map((one) => el('li', null, el('code', null, plainId(one)))))]
  return [lazyDetails('details.inline', [tag, ' ', name, el('span.soft', null, ` and ${rest.length} more`)], others)]
}

/** @param {Delivery['releases']} releases */
function releasesTable(releases) {
  /** @type {Column<Delivery['releases'][number]>[]} */
  const columns = [
    { title: 'Release', value: ({ release }) => release, cell: ({ release }) => el('code', null, release) },
    {
      title: 'Built',
      // The newest has no date: the same output is the same report.
      value: ({ createdAt }) => createdAt ?? '9999',
      cell: ({ createdAt }) => (createdAt === undefined ? el('span.tag', null, 'this one') : builtAt(createdAt)),
    },
    { title: 'Hashed files', number: true, value: ({ files }) => files, cell: ({ files }) => files },
    { title: 'Raw', number: true, value: ({ bytes }) => bytes, cell: ({ bytes }) => formatBytes(bytes) },
  ]
  return el(
    'div.group',
    null,
    el('h3', null, counted(releases.length, 'release'), ' in the archive'),
    sortedTable({ caption: 'Releases', columns, rows: () => releases, sort: 'Built', first: 10 }),
  )
}

/** @param {string | undefined} createdAt ISO 8601, UTC */
function builtAt(createdAt) {
  return createdAt === undefined ? '' : `${createdAt.slice(0, 16).replace('T', ' ')} UTC`
}
