import type { DimensionsAnswer } from '../../../src/server/service.ts'
import { listen } from '../api.ts'
import { empty, h, section } from '../dom.ts'
import { label, metric } from '../format.ts'

interface LiveBeacon {
  readonly at: number
  readonly release: string
  readonly route: number
  readonly nav: string
  readonly device: string
  readonly type: string
  readonly metrics?: Readonly<Record<string, number>>
}

const SHOWN = 12

export interface LiveSection {
  readonly element: HTMLElement
  /** Routes of a release get their names when the collector has heard of it, which may be after its first beacon. */
  learn(dimensions: DimensionsAnswer): void
}

/** Beacons as they arrive. It is made once and stays: what is above it comes and goes. */
export function liveSection(): LiveSection {
  const list = h('ol', { class: 'live' })
  const nothing = empty('Waiting for a page …')
  let beacons: readonly LiveBeacon[] = []
  let nameOf = (_release: string, route: number): string => `route ${route}`
  const draw = (): void => list.replaceChildren(...beacons.map((beacon) => item(beacon, nameOf)))
  const take = (event: unknown): void => {
    nothing.remove()
    beacons = [event as LiveBeacon, ...beacons].slice(0, SHOWN)
    draw()
  }
  const begin = async (): Promise<never> => {
    for (;;) {
      await listen(new AbortController().signal, take).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 3000))
    }
  }
  void begin()
  return {
    element: section('Live', '', nothing, list),
    learn(dimensions) {
      // Beacons say the number of the route in their own release; another one may have another route there.
      nameOf = (release, route) =>
        route < 0 ? 'unknown route' : (dimensions.routeNames[release]?.[route] ?? `route ${route}`)
      draw()
    },
  }
}

type NameOf = (release: string, route: number) => string

function item({ at, release, route, nav, device, type, metrics = {} }: LiveBeacon, nameOf: NameOf): HTMLElement {
  const said = Object.entries(metrics).map(([name, value]) => `${label(name)} ${metric(name, value)}`)
  return h(
    'li',
    {},
    h('time', {}, new Date(at).toLocaleTimeString()),
    h('code', {}, release),
    h('span', {}, `${nameOf(release, route)} · ${nav} · ${device}`),
    h('span', {}, type === 'opened' ? 'opened' : said.join(' · ') || 'reported'),
  )
}
