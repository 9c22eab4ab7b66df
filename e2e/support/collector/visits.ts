import { randomUUID } from 'node:crypto'
import type { Beacon } from '@paceline/kit'
import { seeded } from '@paceline/testkit/seeded'

/** A release in which nothing is wrong, and one with a slow handler in the notes page. */
export const GOOD = 'a11ce0000001'
export const BAD = 'bad000000002'
/** A release whose names are scripts. */
export const HOSTILE = 'eb1100000003'
export const SLOW_MODULE = 'src/features/notes/slow-export.ts'
export const SCRIPT = '"><img src=x onerror=alert(1)><script>alert(1)</script>'

/** What `paceline release push` says of a release. */
export function upload(release: string) {
  const notes = release === HOSTILE ? SCRIPT : '/notes'
  const source = release === HOSTILE ? SCRIPT : 'src/notes.tsx'
  const slow = release === BAD ? [{ id: SLOW_MODULE, brotli: 1800 }] : []
  return {
    schemaVersion: 1,
    release,
    routes: [
      { id: '/', path: '/', module: 'src/home.tsx', files: ['index-a1.js'], brotli: 61_000 },
      { id: notes, path: notes, module: source, files: ['index-a1.js', 'notes-b2.js'], brotli: 74_000 },
      { id: '/notes/:id', path: '/notes/:id', module: 'src/note.tsx', files: ['index-a1.js'], brotli: 66_000 },
    ],
    chunks: [
      { file: 'index-a1.js', modules: [{ id: 'src/home.tsx', brotli: 3000 }] },
      { file: 'notes-b2.js', modules: [{ id: source, brotli: 4000 }, ...slow] },
    ],
    positions: {
      schemaVersion: 1,
      release,
      modules: [source, SLOW_MODULE],
      files: { 'notes-b2.js': { hash: '0'.repeat(16), ranges: [0, 0, 9000, 1] } },
    },
    owners: { [SLOW_MODULE]: ['@acme/notes'], ...(release === HOSTILE && { [SCRIPT]: [SCRIPT] }) },
  }
}

/** Beacons of visits to a release: two for each page, as pages send them. */
export function visits(release: string, amount: number, at: number, seed = 1): Beacon[] {
  const random = seeded(seed)
  const isBad = release === BAD
  return Array.from({ length: amount }, (_, index) => {
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
    const scale = Math.exp((random() + random() + random() - 1.5) * 0.9)
    const route = index % 3
    const page = {
      v: 1,
      release,
      page: randomUUID(),
      route,
      nav: index % 5 === 4 ? 'soft-navigation' : 'navigate',
      device: pick(['mobile', 'desktop', 'desktop', 'tablet'] as const),
      at,
      sampleRate: 1,
    } as const
    const inp = (isBad && route === 1 ? 640 : 90) * scale
    const update: Beacon = {
      ...page,
      seq: 1,
      type: 'update',
      metrics: {
        lcp: (isBad ? 2300 : 1500) * scale,
        inp,
        cls: random() < 0.7 ? 0 : 0.09 * scale,
        fcp: 800 * scale,
        ttfb: 180 * scale,
      },
      operations: [
        { name: 'export', kind: 'operation', ms: (isBad ? 5200 : 1400) * scale, ok: random() > 0.01 },
        { name: 'GET /api/notes/:id', kind: 'api', ms: 90 * scale, ok: true },
        ...(index % 40 === 0 ? [{ name: SCRIPT, kind: 'api' as const, ms: 30, ok: true }] : []),
      ],
      culprits:
        isBad && route === 1
          ? [{ metric: 'inp', file: 'notes-b2.js', char: 9400, ms: inp * 0.8, target: 'button.export' }]
          : [{ metric: 'lcp', file: 'notes-b2.js', char: 12, ms: 20, target: SCRIPT }],
      // A second visit: the page and its scripts come from the worker, one of its two pictures does not.
      ...(index % 2 === 1 && {
        caches: {
          page: { hits: 1, misses: 0, bytesSaved: 2_000 },
          script: { hits: 3, misses: 0, bytesSaved: 310_000 },
          image: { hits: 1, misses: 1, bytesSaved: 24_000 },
        },
      }),
      bytes: { network: 90_000, http: 45_000, serviceWorker: 30_000, requests: 18, hits: 9, dictionary: 12_000 },
    }
    // One in 48 is closed before it reports.
    return index % 48 === 11
      ? [{ ...page, seq: 0, type: 'opened' as const }]
      : [{ ...page, seq: 0, type: 'opened' as const }, update]
  }).flat()
}
