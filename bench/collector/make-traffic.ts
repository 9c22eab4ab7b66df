import { seeded } from '@paceline/testkit/seeded'

/** What pages are told apart by in the traffic that is made, and how often each occurs. */
export const SITE = { routes: 40, releases: 5, devices: 3, navs: 5 } as const

const DEVICES = { mobile: 60, desktop: 35, tablet: 5 } as const
const NAVS = { navigate: 60, 'soft-navigation': 20, reload: 8, 'back-forward': 6, 'back-forward-cache': 6 } as const
const COUNTRIES = { DE: 30, FR: 18, GB: 14, US: 12, NL: 8, PL: 6, IT: 5, ES: 4, CH: 2, AT: 1 } as const
/** Share of pages that still run the release before the newest. */
const LATE = 0.1
const BOTS = 0.01
/** Places in the scripts of a route that are named as slow. */
const PLACES = 6

/** The name of a release, by its number. */
export function releaseName(number: number): string {
  return (0xa1_b2_c3_d4_e5_00 + number).toString(16)
}

export interface MadePages {
  /** The bodies of their beacons, as they are sent. */
  readonly body: string
  readonly beacons: number
  readonly country: string
  readonly bot: boolean
}

/** Beacons of a site with forty routes, of which few are visited often, over the life of five releases: each page says that it is there, and then what it felt. */
export class Traffic {
  readonly #random: () => number
  readonly #countries: boolean
  #page = 0

  constructor(seed: number, countries: boolean) {
    this.#random = seeded(seed)
    this.#countries = countries
  }

  /** @param progress from 0 to 1: where in the life of the site */
  pages(amount: number, progress: number): MadePages {
    const newest = Math.min(SITE.releases - 1, Math.floor(progress * SITE.releases))
    const country = this.#countries ? pick(COUNTRIES, this.#random()) : ''
    const beacons = Array.from({ length: amount }, () => {
      const release = newest > 0 && this.#random() < LATE ? newest - 1 : newest
      return this.#beaconsOf(releaseName(release))
    })
    return { body: `[${beacons.join(',')}]`, beacons: amount * 2, country, bot: this.#random() < BOTS }
  }

  #beaconsOf(release: string): string {
    const random = this.#random
    // The square of a chance: a fifth of the routes gets nearly half of the visits.
    const route = Math.floor(random() ** 2 * SITE.routes)
    const id = Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
    const page = `${id}-0000-4000-8000-${(++this.#page).toString(16).padStart(12, '0')}`
    const head = `{"v":1,"release":"${release}","page":"${page}","route":${route},"nav":"${pick(NAVS, random())}","device":"${pick(DEVICES, random())}","at":1763769600000,"sampleRate":1`
    const slow = Math.exp(logistic(random()) * 0.45 + (route % 7) * 0.05)
    const ms = (middle: number): string => (middle * slow * (0.7 + 0.6 * random())).toFixed(1)
    const operation = (name: string, kind: string, middle: number): string =>
      `{"name":"${name}","kind":"${kind}","ms":${ms(middle)},"ok":${random() < 0.985}}`
    const culprit =
      random() < 0.3
        ? `,"culprits":[{"metric":"inp","file":"route-${route}-${release.slice(-2)}.js","char":${1000 + Math.floor(random() * PLACES) * 517},"ms":${ms(70)},"target":"button.save"}]`
        : ''
    return `${head},"seq":0,"type":"opened"},${head},"seq":1,"type":"update","metrics":{"lcp":${ms(1700)},"inp":${ms(95)},"cls":${(0.02 * slow * random()).toFixed(4)},"fcp":${ms(850)},"ttfb":${ms(240)},"tti":${ms(2100)}},"operations":[${operation(`open ${route}`, 'route', 400)},${operation(`GET /api/${route % 12}/:id`, 'api', 130)}],"bytes":{"network":${Math.floor(random() * 400_000)},"http":${Math.floor(random() * 90_000)},"serviceWorker":0}${culprit}}`
  }
}

/** A chance as a deviate of the logistic distribution: like the normal one, with more that is far out. */
function logistic(chance: number): number {
  return Math.log(chance / (1 - chance))
}

function pick<Name extends string>(weights: Readonly<Record<Name, number>>, chance: number): Name {
  const entries = Object.entries(weights) as [Name, number][]
  let left = chance * 100
  return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1)!)[0]
}
