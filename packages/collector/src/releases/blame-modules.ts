import { moduleAt, moduleAtError } from '@paceline/kit'
import { compareText } from '../store/order-groups.ts'
import { nameOfRoute, UNKNOWN_ROUTE } from '../store/route-names.ts'
import type { CulpritGroup } from '../store/store.ts'
import type { ReleaseUpload } from './release-upload.ts'

/** A module of a release that made a metric worse. */
export interface BlamedModule {
  readonly release: string
  /** Relative to the Vite root; absent where the release was not pushed, or nothing is known of the place. */
  readonly module?: string
  readonly owners: readonly string[]
  readonly metric: string
  /** The place in the file as served that cost most; of `error`, line and column as `BeaconCulprit` says them. */
  readonly file: string
  readonly char: number
  /** The element there, as a short selector. */
  readonly target: string
  /** By name; `unknown` where the release was not pushed. */
  readonly routes: readonly string[]
  /** How often, and how long in all. */
  readonly n: number
  readonly ms: number
}

/** Of those that took time, and of those with errors. */
const MOST = 50

/**
 * Names the modules behind the places that beacons name, worst first.
 *
 * @param uploads releases that were pushed, by their name
 */
export function blameModules(
  culprits: readonly CulpritGroup[],
  uploads: ReadonlyMap<string, ReleaseUpload>,
): BlamedModule[] {
  const found = new Map<string, BlamedModule>()
  // Worst first: the first place of a module is the one that is shown.
  for (const { release, route, metric, file, char, n, ms, target } of culprits.toSorted((a, b) => b.ms - a.ms)) {
    // Only the element is known: no module has done anything there.
    if (file === '') continue
    const upload = uploads.get(release)
    const module = upload?.positions && (metric === 'error' ? moduleAtError : moduleAt)(upload.positions, file, char)
    const key = [release, metric, module ?? `${file}:${char}`].join('\n')
    const known = found.get(key)
    const entry = upload?.routes[route]
    const name = entry ? nameOfRoute(entry) : UNKNOWN_ROUTE
    const routes = [...new Set([...(known?.routes ?? []), name])].toSorted(compareText)
    if (known) found.set(key, { ...known, routes, n: known.n + n, ms: known.ms + ms })
    else {
      const owners =
        module !== undefined && upload && Object.hasOwn(upload.owners, module) ? upload.owners[module]! : []
      found.set(key, {
        release,
        ...(module === undefined ? {} : { module }),
        owners,
        metric,
        file,
        char,
        target,
        routes,
        n,
        ms,
      })
    }
  }
  const worst = [...found.values()].toSorted(
    (a, b) => b.ms - a.ms || b.n - a.n || compareText(a.module ?? a.file, b.module ?? b.file),
  )
  // Errors take no time, and are no less to blame.
  const isError = ({ metric }: BlamedModule): boolean => metric === 'error'
  return [...worst.filter((one) => !isError(one)).slice(0, MOST), ...worst.filter(isError).slice(0, MOST)]
}
