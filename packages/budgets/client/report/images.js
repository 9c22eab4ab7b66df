import { byId, el, lazyDetails } from './dom.js'
import { counted, delta, formatBytes } from './figures.js'
import { pagesByModule } from './graph.js'
import { sortedTable } from './table.js'

/** What became of the images, and those that nothing names. @param {PageData} data */
export function drawImages({ report }) {
  if (!report.images) return
  const body = byId('images-body')
  const { files, unused } = report.images
  if (files.length === 0) body.append(el('p.soft', null, 'No image of this build was optimised.'))
  else {
    const pagesOf = pagesByModule(report)
    body.append(imagesTable(files.map((image) => ({ ...imageRow(image), pages: pagesOf(image.usedIn) }))))
  }
  if (unused.length > 0) body.append(unusedTable(unused))
}

/** @param {ReportImage} image */
function imageRow(image) {
  const { variants, bytes } = image
  const width = Math.max(0, ...variants.map((variant) => variant.width))
  const widest = variants.filter((variant) => variant.width === width).toSorted((a, b) => a.bytes - b.bytes)
  /** @param {readonly string[]} formats */
  const of = (formats) => widest.find(({ format }) => formats.includes(format))
  const best = widest[0]
  return {
    ...image,
    width,
    best,
    avif: of(['avif']),
    webp: of(['webp']),
    fallback: of(['jpeg', 'png', 'gif', 'svg']),
    saved: best ? bytes - best.bytes : 0,
  }
}

/** @typedef {ReturnType<typeof imageRow> & { pages: 'all' | string[] }} ImageRow */

/** @param {ImageRow[]} rows */
function imagesTable(rows) {
  /** @param {'avif' | 'webp' | 'fallback'} key @param {string} title @returns {Column<ImageRow>} */
  const sizeColumn = (key, title) => ({
    title,
    number: true,
    help: 'At the largest width',
    value: (row) => row[key]?.bytes ?? 0,
    cell: (row) => row[key] && formatBytes(row[key].bytes),
  })
  /** @type {Column<ImageRow>[]} */
  const columns = [
    { title: 'Image', value: (row) => row.file, cell: imageCell },
    {
      title: 'Used on',
      help: 'Pages whose modules name it',
      wide: true,
      value: (row) => (row.pages === 'all' ? '' : (row.pages[0] ?? row.usedIn[0] ?? '')),
      cell: usersCell,
    },
    { title: 'Source', number: true, value: (row) => row.bytes, cell: (row) => formatBytes(row.bytes) },
    sizeColumn('avif', 'AVIF'),
    sizeColumn('webp', 'WebP'),
    sizeColumn('fallback', 'Fallback'),
    {
      title: 'Saved',
      help: 'The smallest file at the largest width, against the source',
      number: true,
      value: (row) => row.saved,
      cell: (row) => row.best && delta(-row.saved),
    },
    {
      title: 'Score',
      help: 'SSIMULACRA 2 of the smallest file at the largest width, against the source in that width',
      number: true,
      value: (row) => row.best?.score ?? 0,
      cell: (row) => row.best?.score?.toFixed(1),
    },
  ]
  const sources = rows.reduce((sum, row) => sum + (row.best ? row.bytes : 0), 0)
  const saved = rows.reduce((sum, row) => sum + row.saved, 0)
  return el(
    'div',
    null,
    el(
      'p.soft',
      null,
      `${counted(rows.filter((row) => row.best).length, 'image')}: ${formatBytes(sources)} became ${formatBytes(sources - saved)} in the best format.`,
    ),
    sortedTable({ caption: 'Images', columns, rows: () => rows, sort: 'Saved' }),
  )
}

/** @param {ImageRow} row */
function imageCell({ file, variants, placeholder, problem }) {
  const name = el('code', null, file)
  if (problem) {
    const why = () => [el('p', null, problem)]
    return lazyDetails('details.inline', [name, ' ', el('span.tag.warn', null, 'as it is')], why)
  }
  if (variants.length === 0) return name
  const content = () => [
    el('ul.files', null, ...variants.map((variant) => el('li', null, ...variantLine(variant)))),
    ...(placeholder === undefined
      ? []
      : [el('p.soft', null, `Placeholder: ${formatBytes(placeholder)} in the bundle`)]),
  ]
  return lazyDetails('details.inline', [name], content)
}

/** @param {ReportImage['variants'][number]} variant @returns {Child[]} */
function variantLine({ format, width, bytes, score, quality, file }) {
  const facts = [
    `${width} px`,
    formatBytes(bytes),
    ...(score === undefined ? [] : [`score ${score.toFixed(1)}`]),
    ...(quality === undefined ? [] : [`quality ${quality}`]),
  ]
  return [el('code', null, file ?? `${format}, inlined`), el('span.soft', null, ` ${facts.join(', ')}`)]
}

/** The pages, and the modules that name it there. Without a page that is known, the modules alone. @param {ImageRow} row */
function usersCell({ pages, usedIn, file }) {
  if (usedIn.length === 0) return el('span.soft', null, file.startsWith('public/') ? 'public' : 'nothing')
  const shown = pages === 'all' ? [] : pages.length > 0 ? pages : usedIn
  const [first, ...rest] = shown
  const name = first === undefined ? 'every page' : el('code', null, first)
  if (rest.length === 0 && shown === usedIn) return name
  /** @param {readonly string[]} list */
  const listed = (list) => el('ul.files', null, ...list.map((one) => el('li', null, el('code', null, one))))
  const more = () => [
    ...(rest.length === 0 ? [] : [listed(rest)]),
    ...(shown === usedIn ? [] : [el('p.soft', null, 'Named by'), listed(usedIn)]),
  ]
  return lazyDetails('details.inline', [name, rest.length > 0 && el('span.tag', null, `and ${rest.length} more`)], more)
}

/** @param {NonNullable<Build['images']>['unused']} unused */
function unusedTable(unused) {
  /** @type {Column<NonNullable<Build['images']>['unused'][number]>[]} */
  const columns = [
    { title: 'Image that nothing names', value: ({ file }) => file, cell: ({ file }) => el('code', null, file) },
    { title: 'Bytes', number: true, value: ({ bytes }) => bytes, cell: ({ bytes }) => formatBytes(bytes) },
  ]
  return el(
    'div.group',
    null,
    el('h3', null, counted(unused.length, 'image'), ' that nothing names'),
    el('p.soft', null, 'A name that is put together while the app runs cannot be seen here.'),
    sortedTable({ caption: 'Images that nothing names', columns, rows: () => unused, sort: 'Bytes', first: 10 }),
  )
}
