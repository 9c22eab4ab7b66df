import { el } from './dom.js'

/** The encoding that figures are shown in, unless they say another. @type {Encoding} */
export let encoding = 'brotli'
/** @type {(() => void)[]} */
const redraws = []

/** Draws now and whenever the encoding changes. @param {() => void} draw */
export function drawn(draw) {
  redraws.push(draw)
  draw()
}

/** @param {Encoding} next */
export function switchEncoding(next) {
  encoding = next
  for (const redraw of redraws) redraw()
}

/** Decimal units, as in Vite's output and size-limit's. @param {number} bytes */
export function formatBytes(bytes) {
  const size = Math.abs(bytes)
  if (size < 1000) return `${Math.round(bytes)} B`
  return size < 1e6 ? `${Number((bytes / 1e3).toFixed(2))} kB` : `${Number((bytes / 1e6).toFixed(2))} MB`
}

/** @param {number} bytes */
function formatDelta(bytes) {
  return (bytes > 0 ? '+' : bytes < 0 ? '−' : '±') + formatBytes(Math.abs(bytes))
}

/** A difference, coloured and signed; the sign says the same as the colour. @param {number} bytes */
export function delta(bytes) {
  return el(bytes > 0 ? 'span.up' : bytes < 0 ? 'span.down' : 'span.soft', null, formatDelta(bytes))
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : `${noun}s`}`
}

/** @type {readonly Kind[]} */
export const KINDS = ['js', 'css', 'image', 'font', 'wasm', 'html', 'other']
/** @type {Record<Kind, string>} */
const KIND_NAMES = {
  js: 'JavaScript',
  css: 'CSS',
  image: 'images',
  font: 'fonts',
  wasm: 'WebAssembly',
  html: 'HTML',
  other: 'other',
}

/**
 * A bar whose parts are kinds of files, as long as its share of the longest.
 *
 * @param {Partial<Record<Kind, number>>} parts
 * @param {number} longest
 */
export function stackedBar(parts, longest) {
  const bar = el('div.stack', { role: 'img', 'aria-label': describeParts(parts) })
  for (const kind of KINDS) {
    const size = parts[kind] ?? 0
    if (size <= 0) continue
    const part = el(`i.${kind}`, { title: `${KIND_NAMES[kind]} ${formatBytes(size)}` })
    part.style.width = `${longest > 0 ? (100 * size) / longest : 0}%`
    bar.append(part)
  }
  return bar
}

/** @param {Partial<Record<Kind, number>>} parts */
function describeParts(parts) {
  const named = KINDS.filter((kind) => (parts[kind] ?? 0) > 0)
  return named.map((kind) => `${KIND_NAMES[kind]} ${formatBytes(parts[kind] ?? 0)}`).join(', ')
}

/** @param {readonly Kind[]} kinds */
export function legend(kinds) {
  return el('ul.legend', null, ...kinds.map((kind) => el('li', null, el(`i.${kind}`, null), KIND_NAMES[kind])))
}
