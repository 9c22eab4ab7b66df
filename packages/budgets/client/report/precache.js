import { byId, el } from './dom.js'
import { counted, formatBytes } from './figures.js'
import { sortedTable } from './table.js'

/** What the service worker stores when it is installed. @param {PageData} data */
export function drawPrecache({ report }) {
  if (!report.serviceWorker) return
  const body = byId('precache-body')
  const { file, precache } = report.serviceWorker
  const total = el('p', null, el('code', null, file), `: ${counted(precache.files, 'file')}, `)
  total.append(el('strong', null, formatBytes(precache.bytes)), ' without compression.')
  body.append(total)
  if (precache.entries.length === 0) return
  /** @type {Column<typeof precache.entries[number]>[]} */
  const columns = [
    { title: 'Stored file', value: (entry) => entry.file, cell: (entry) => el('code', null, entry.file) },
    { title: 'Raw', number: true, value: ({ bytes }) => bytes, cell: ({ bytes }) => formatBytes(bytes) },
  ]
  body.append(sortedTable({ caption: 'Stored files', columns, rows: () => precache.entries, sort: 'Raw', first: 10 }))
}
