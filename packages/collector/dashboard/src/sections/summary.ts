import type { Stats } from '../../../src/stats/stats.ts'
import { h, section } from '../dom.ts'
import { bytes, count, share, UNKNOWN } from '../format.ts'

/** How many pages the figures rest on, what got lost on the way, and where the bytes came from. */
export function summarySection({ pages, opened, estimated, lost, bots, errors, bytes: sources }: Stats): HTMLElement {
  const { network, http, serviceWorker, dictionary, hitRate, worker } = sources
  const all = network + http + serviceWorker
  const tiles: readonly (readonly [string, string, string])[] = [
    estimated.isSampled && estimated.pages > pages
      ? [
          'Pages, estimated',
          `≈ ${count(estimated.pages)}`,
          `${count(pages)} were chosen to report, and all else rests on them`,
        ]
      : ['Pages', count(pages), `${count(opened)} said that they were opened`],
    ['Lost', share(lost, opened), `${count(lost)} never reported; the last half hour is left out`],
    ['Programs', count(bots), 'pages of crawlers and labs, in no other figure'],
    ['Errors', count(errors.unhandled), `${count(errors.chunks)} files could not be loaded`],
    ['Cache hits', hitRate === null ? UNKNOWN : share(hitRate, 1), 'requests that the network did not see'],
    [
      'Bytes',
      bytes(all),
      `${share(network, all)} network · ${share(http, all)} HTTP cache · ${share(serviceWorker, all)} service worker`,
    ],
    [
      'Worker caches',
      worker.hitRate === null ? UNKNOWN : share(worker.hitRate, 1),
      worker.hitRate === null
        ? 'no service worker has answered a request'
        : `of ${count(worker.hits + worker.misses)} requests that service workers answered; ${bytes(worker.bytesSaved)} saved, uncompressed`,
    ],
    ['Deltas', bytes(dictionary), 'came as differences to an earlier release'],
  ]
  return section(
    'Coverage',
    '',
    h(
      'dl',
      { class: 'tiles' },
      ...tiles.map(([name, value, note]) =>
        h('div', {}, h('dt', {}, name), h('dd', { class: 'value' }, value), h('dd', { class: 'note' }, note)),
      ),
    ),
  )
}
