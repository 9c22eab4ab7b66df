import { el } from './dom.js'
import { drawn } from './figures.js'

/**
 * A table that sorts by its headings and shows its first rows until asked for all.
 *
 * @template Row
 * @param {TableOptions<Row>} options
 */
export function sortedTable({ caption, columns, rows, sort, first = 25 }) {
  let by = columns.find((column) => column.title === sort) ?? columns[0]
  let descending = true
  let all = false
  const body = el('tbody', null)
  const more = el('button.more', { type: 'button', click: () => showAll() })
  const headings = columns.map((column) => {
    if (column.title === '') return el('td', null)
    const button = el('button', { type: 'button', click: () => sortBy(column) }, column.title)
    if (column.help) button.title = column.help
    return el(column.number ? 'th.number' : 'th', { scope: 'col' }, button)
  })

  /** @param {Column<Row>} column */
  const sortBy = (column) => {
    descending = by === column ? !descending : column.number === true
    by = column
    draw()
  }
  const showAll = () => {
    all = true
    draw()
  }
  const draw = () => {
    const list = rows().toSorted((a, b) => compareBy(by, a, b) * (descending ? -1 : 1))
    const visible = all ? list : list.slice(0, first)
    body.replaceChildren(...visible.map((row) => el('tr', null, ...columns.map((column, at) => cell(column, row, at)))))
    more.hidden = visible.length === list.length
    more.textContent = `Show all ${list.length.toLocaleString('en-US')}`
    headings.forEach((heading, at) => {
      const sorted = columns[at] === by ? (descending ? 'descending' : 'ascending') : 'none'
      if (heading.localName === 'th') heading.setAttribute('aria-sort', sorted)
    })
  }
  drawn(draw)
  const head = el('thead', null, el('tr', null, ...headings))
  return el('div', null, el('div.scroll', null, el('table', { 'aria-label': caption }, head, body)), more)
}

/**
 * @template Row
 * @param {Column<Row> | undefined} column
 * @param {Row} a
 * @param {Row} b
 */
function compareBy(column, a, b) {
  const [x, y] = [column?.value(a) ?? 0, column?.value(b) ?? 0]
  return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en')
}

/**
 * @template Row
 * @param {Column<Row>} column
 * @param {Row} row
 * @param {number} at
 */
export function cell(column, row, at) {
  const content = [column.cell(row)].flat()
  if (at === 0) return el('th', { scope: 'row' }, ...content)
  const classes = `${column.number ? '.number' : ''}${column.wide ? '.wide' : ''}`
  return el(`td${classes}`, column.wide || column.title === '' ? null : { 'data-label': column.title }, ...content)
}
