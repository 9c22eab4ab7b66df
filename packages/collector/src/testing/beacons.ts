import type { Beacon } from '@paceline/kit'
import { seeded } from '@paceline/testkit/seeded'

/** A UUID out of a number. */
export function pageId(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

/** A beacon as a page sends it. */
export function beacon(changes: Partial<Beacon> = {}): Beacon {
  return {
    v: 1,
    release: '0123456789ab',
    page: pageId(1),
    seq: 1,
    type: 'update',
    route: 0,
    nav: 'navigate',
    device: 'desktop',
    at: 1_763_769_600_000,
    sampleRate: 1,
    metrics: { lcp: 1800, inp: 90, cls: 0.02, fcp: 900, ttfb: 200 },
    ...changes,
  }
}

const NAVS = ['navigate', 'navigate', 'navigate', 'reload', 'soft-navigation', 'back-forward-cache'] as const
const DEVICES = ['mobile', 'desktop', 'tablet'] as const
const KINDS = ['operation', 'api', 'route'] as const

/** Beacons of many pages, some of which report again, twice, or out of order. The same for the same seed. */
export function traffic(amount: number, seed = 1, releases: readonly string[] = ['0123456789ab']): Beacon[] {
  const random = seeded(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const made: Beacon[] = []
  for (let number = 0; made.length < amount; number++) {
    const { metrics: _none, ...page } = beacon({
      page: pageId(seed * 1_000_000 + number),
      release: pick(releases),
      route: Math.floor(random() * 6) - 1,
      nav: pick(NAVS),
      device: pick(DEVICES),
    })
    made.push({ ...page, type: 'opened', seq: 0 })
    const updates = Math.floor(random() * 4)
    const own: Beacon[] = []
    for (let seq = 1; seq <= updates; seq++) {
      const scale = Math.exp(random() * 3 - 1.5)
      own.push({
        ...page,
        seq,
        metrics: {
          lcp: 2000 * scale,
          inp: 150 * scale,
          cls: 0.08 * scale * (random() < 0.3 ? 0 : 1),
          fcp: 900 * scale,
          ttfb: 300 * scale,
          ...(random() < 0.5 ? { tti: 3000 * scale } : {}),
        },
        operations: Array.from({ length: Math.floor(random() * 3) }, () => ({
          name: pick(['export', 'save', 'GET /notes/:id']),
          kind: pick(KINDS),
          ms: random() * 9000,
          ok: random() < 0.9,
        })),
        culprits:
          random() < 0.2 ? [{ metric: 'inp', file: 'index-a1.js', char: Math.floor(random() * 5) * 100, ms: 80 }] : [],
        bytes: { network: Math.floor(random() * 1e6), http: Math.floor(random() * 1e5), serviceWorker: 0 },
      })
    }
    // The network does not keep the order, and says some things twice.
    if (random() < 0.2) own.reverse()
    made.push(...own, ...(random() < 0.1 ? own.slice(0, 1) : []))
  }
  return made.slice(0, amount)
}
