import type { Dimensions } from '../cells/cell.ts'
import type { SlaLimits } from '../sla/judge-limits.ts'
import { OTHER } from '../sqlite/dimension-table.ts'
import { RouteNames } from '../store/route-names.ts'
import type { RouteName } from '../store/store.ts'

/** Releases of one day that are told apart while none was pushed, and names of operations. */
const MOST_RELEASES = 64
const MOST_NAMES = 2000
const DAY = 86_400_000

/** What may be told apart, as in the other store: anybody can send any release, route and name. */
export class KnownReleases {
  overflow = 0
  readonly #limits: SlaLimits
  /** What their routes are called. */
  readonly names: RouteNames = new RouteNames()
  readonly #pushed = new Map<string, number>()
  readonly #names = new Set<string>()
  #seen = new Set<string>()
  #day = 0

  constructor(limits: SlaLimits) {
    this.#limits = limits
  }

  learn(release: string, routes: readonly RouteName[]): void {
    this.#pushed.set(release, routes.length)
    this.#limits.learn(release, routes)
    this.names.learn(release, routes)
  }

  admit(dims: Dimensions, at: number): Dimensions {
    const day = Math.floor(at / DAY)
    if (day > this.#day) {
      this.#day = day
      this.#seen = new Set()
    }
    const routes = this.#pushed.get(dims.release)
    if (routes !== undefined) return dims.route < routes ? dims : this.#other({ ...dims, route: -1 })
    const isPlausible = this.#seen.has(dims.release) || (this.#pushed.size === 0 && this.#seen.size < MOST_RELEASES)
    if (!isPlausible) return this.#other({ ...dims, release: OTHER, route: -1 })
    this.#seen.add(dims.release)
    return dims
  }

  nameOf(kind: string, name: string): string {
    const key = `${kind} ${name}`
    if (this.#names.has(key)) return name
    if (this.#names.size >= MOST_NAMES) {
      this.overflow++
      return OTHER
    }
    this.#names.add(key)
    return name
  }

  #other(dims: Dimensions): Dimensions {
    this.overflow++
    return dims
  }
}
