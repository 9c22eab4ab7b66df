/** What is shown. It stands in the address, so that it can be sent to somebody. */
export interface View {
  readonly release: string
  readonly route: string
  readonly nav: string
  readonly device: string
  readonly country: string
  readonly hours: string
  readonly metric: string
  readonly by: string
  readonly before: string
}

const DEFAULTS: View = {
  release: '',
  route: '',
  nav: 'navigate',
  device: '',
  country: '',
  hours: '24',
  metric: 'lcp',
  by: 'route',
  before: '',
}

export function readView(): View {
  const given = new URLSearchParams(location.hash.slice(1))
  const known = Object.keys(DEFAULTS).flatMap((name) => {
    const value = given.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return { ...DEFAULTS, ...Object.fromEntries(known) }
}

export function writeView(change: Partial<View>): void {
  const view: View = { ...readView(), ...change }
  const said = Object.entries(view).filter(([name, value]) => value !== DEFAULTS[name as keyof View])
  location.hash = new URLSearchParams(said).toString()
}

/** The part of it that the API is asked with. */
export function filterQuery(view: View): Record<string, string> {
  const { release, route, nav, device, country, hours } = view
  const to = Math.ceil(Date.now() / 60_000) * 60_000
  const given = Object.entries({ release, route, device, country }).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(given), nav, from: `${to - Number(hours) * 3_600_000}`, to: `${to}` }
}
