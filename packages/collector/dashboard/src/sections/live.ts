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

/** Beacons as they arrive. It is made once and stays: what is above it comes and goes. */
export function liveSection(): HTMLElement {
  const list = h('ol', { class: 'live' })
  const nothing = empty('Waiting for a page …')
  const take = (event: unknown): void => {
    nothing.remove()
    list.prepend(item(event as LiveBeacon))
    while (list.children.length > SHOWN) list.lastElementChild?.remove()
  }
  const begin = async (): Promise<never> => {
    for (;;) {
      await listen(new AbortController().signal, take).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 3000))
    }
  }
  void begin()
  return section('Live', '', nothing, list)
}

function item({ at, release, route, nav, device, type, metrics = {} }: LiveBeacon): HTMLElement {
  const said = Object.entries(metrics).map(([name, value]) => `${label(name)} ${metric(name, value)}`)
  return h(
    'li',
    {},
    h('time', {}, new Date(at).toLocaleTimeString()),
    h('code', {}, release),
    h('span', {}, `route ${route} · ${nav} · ${device}`),
    h('span', {}, type === 'opened' ? 'opened' : said.join(' · ') || 'reported'),
  )
}
