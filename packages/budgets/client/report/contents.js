import { byId, el, lazyDetails, plainId } from './dom.js'
import { encoding, formatBytes, stackedBar } from './figures.js'
import { sortedTable } from './table.js'
import { askWhy } from './why.js'

/** Packages, chunks with their modules, and files. @param {PageData} data */
export function drawContents({ report }) {
  drawPackages(report)
  drawChunks(report)
  drawFiles(report)
}

/** @param {Build} report */
function drawPackages({ packages }) {
  const body = byId('packages-body')
  if (packages.length === 0) {
    body.append(el('p.soft', null, 'No code of a package is in this build.'))
    return
  }
  const heaviest = () => Math.max(...packages.map((entry) => entry[encoding]))
  /** @type {Column<Build['packages'][number]>[]} */
  const columns = [
    { title: 'Package', value: (entry) => entry.name, cell: packageCell },
    { title: 'Version', value: versions, cell: versions },
    { title: 'Size', number: true, value: (entry) => entry[encoding], cell: (entry) => formatBytes(entry[encoding]) },
    {
      title: 'Share',
      wide: true,
      value: (entry) => entry[encoding],
      cell: (entry) => stackedBar({ js: entry[encoding] }, heaviest()),
    },
    {
      title: '',
      value: () => 0,
      cell: (entry) => el('button.action', { type: 'button', click: () => askWhy(entry.name) }, 'why?'),
    },
  ]
  body.append(sortedTable({ caption: 'Packages', columns, rows: () => packages, sort: 'Size' }))
}

/** @param {Build['packages'][number]} entry */
function versions({ version, duplicates = [] }) {
  return duplicates.length > 0 ? [...new Set(duplicates.map((copy) => copy.version))].join(', ') : version
}

/** @param {Build['packages'][number]} entry */
function packageCell(entry) {
  const { name, duplicates } = entry
  if (!duplicates || duplicates.length < 2) return name
  const places = () => [
    el(
      'ul.files',
      null,
      ...duplicates.map(({ version, path }) => el('li', null, `${version} `, el('code', null, path))),
    ),
  ]
  return lazyDetails('details.inline', [name, ' ', el('span.tag.warn', null, `${duplicates.length} copies`)], places)
}

/** @param {Build} report */
function drawChunks({ chunks, files }) {
  const body = byId('chunks-body')
  if (chunks.length === 0) {
    body.append(el('p.soft', null, 'This build has no JavaScript or CSS made from modules.'))
    return
  }
  const sizes = new Map(files.map((file) => [file.file, file]))
  const list = chunks.map((chunk) => ({ ...chunk, size: sizes.get(chunk.file) }))
  /** @param {typeof list[number]} chunk */
  const size = (chunk) => chunk.size?.[encoding] ?? 0
  const longest = () => Math.max(...list.map(size))
  /** @type {Column<typeof list[number]>[]} */
  const columns = [
    { title: 'Chunk', value: (chunk) => chunk.file, cell: chunkCell },
    { title: 'Size', number: true, value: size, cell: (chunk) => formatBytes(size(chunk)) },
    { title: 'Share', wide: true, value: size, cell: (chunk) => stackedBar({ [chunk.kind]: size(chunk) }, longest()) },
    {
      title: 'Modules',
      number: true,
      value: (chunk) => chunk.modules.length,
      cell: (chunk) => chunk.modules.filter(({ id }) => !id.startsWith('[')).length,
    },
  ]
  body.append(sortedTable({ caption: 'Chunks', columns, rows: () => list, sort: 'Size' }))
}

/** @param {Build['chunks'][number]} chunk */
function chunkCell(chunk) {
  const content = () => {
    /** @type {Column<Build['chunks'][number]['modules'][number]>[]} */
    const columns = [
      { title: 'Module', value: (share) => share.id, cell: (share) => moduleLink(share.id) },
      .../** @type {const} */ (['raw', 'gzip', 'brotli']).map((key) => ({
        title: key,
        number: true,
        value: (/** @type {Figures} */ share) => share[key],
        cell: (/** @type {Figures} */ share) => formatBytes(share[key]),
      })),
    ]
    return [
      sortedTable({
        caption: `Modules of ${chunk.file}`,
        columns,
        rows: () => chunk.modules,
        sort: encoding,
        first: 15,
      }),
    ]
  }
  return lazyDetails(
    'details.inline',
    [el('code', null, chunk.file), chunk.entry && [' ', el('span.tag', null, 'entry')]].flat(),
    content,
  )
}

/** @param {string} id */
function moduleLink(id) {
  if (id.startsWith('['))
    return el(
      'span.soft',
      null,
      id === '[bundler]' ? 'added by the bundler' : 'headers and checksums of the compressed stream',
    )
  return el(
    'button.action',
    { type: 'button', title: 'Why is this here?', click: () => askWhy(id) },
    el('code', null, plainId(id)),
  )
}

/** @param {Build} report */
function drawFiles({ files }) {
  const body = byId('files-body')
  if (files.length === 0) {
    body.append(el('p.soft', null, 'This build has no files.'))
    return
  }
  const sizes = /** @type {const} */ (['raw', 'gzip', 'brotli', 'zstd'])
  /** @type {Column<Build['files'][number]>[]} */
  const columns = [
    { title: 'File', value: (file) => file.file, cell: (file) => el('code', null, file.file) },
    { title: 'Kind', value: (file) => file.kind, cell: (file) => file.kind },
    ...sizes.map((key) => ({
      title: key,
      number: true,
      value: (/** @type {Build['files'][number]} */ file) => file[key],
      cell: (/** @type {Build['files'][number]} */ file) => formatBytes(file[key]),
    })),
  ]
  body.append(sortedTable({ caption: 'Files', columns, rows: () => files, sort: 'raw' }))
}
