import { lockName } from '../shared/messages.ts'
import { alone } from './alone.ts'
import { cacheName } from './cache-name.ts'
import type { PrecacheStore, ReleaseRecord } from './precache-store.ts'

interface Sweep {
  readonly own: string
  /** Releases that open tabs run; nothing when that cannot be known. */
  readonly live: ReadonlySet<string> | undefined
  /** Whether another worker is being installed, or waits. */
  readonly isChanging: boolean
  /** Keys of everything that is stored. What no record has was stored again after the browser had deleted all of it. */
  readonly stored?: ReadonlySet<string>
  /** Whether a tab runs a release without a record: what it needs is not known then. */
  readonly isAnyUnknown?: boolean
}

/**
 * Which records may go, and which files: those that only releases without a tab have.
 *
 * @returns releases and keys to delete
 */
export function planSweep(
  records: readonly ReleaseRecord[],
  { own, live, isChanging, stored = new Set(), isAnyUnknown = false }: Sweep,
): { readonly releases: readonly string[]; readonly keys: readonly string[] } {
  const isDead = ({ release, state }: ReleaseRecord): boolean => {
    if (release === own || live === undefined || live.has(release)) return false
    // The newer worker that is on its way is protected by its record, which it writes first of all.
    return !isChanging || state === 'ready'
  }
  const dead = records.filter(isDead)
  const kept = new Set(records.filter((record) => !isDead(record)).flatMap(({ files }) => Object.values(files)))
  const orphans = live === undefined || isChanging || isAnyUnknown ? [] : stored
  const keys = new Set(
    [...dead.flatMap(({ files }) => Object.values(files)), ...orphans].filter((key) => !kept.has(key)),
  )
  return { releases: dead.map(({ release }) => release), keys: [...keys] }
}

type SweptStore = Pick<PrecacheStore, 'scope' | 'keys' | 'records' | 'saveRecord' | 'deleteRecord' | 'delete'>

/**
 * Deletes what no open tab needs, and nothing that a new worker has just found: that one writes its record under the same lock before it looks.
 *
 * @param own of the release whose worker this is, with all that may be stored for it: written anew where the browser has deleted it
 */
export function sweep(...swept: Parameters<typeof sweepAlone>): Promise<void> {
  return alone(cacheName(swept[0].scope, 'sweep'), () => sweepAlone(...swept))
}

/** Writes the record of a release that is going to be stored. A sweep that has not seen it is over then, before anything is looked for. */
export function beginRelease(store: Pick<SweptStore, 'scope' | 'saveRecord'>, record: ReleaseRecord): Promise<void> {
  return alone(cacheName(store.scope, 'sweep'), () => store.saveRecord(record))
}

async function sweepAlone(
  store: SweptStore,
  registration: Pick<ServiceWorkerRegistration, 'installing' | 'waiting'>,
  own: ReleaseRecord,
): Promise<void> {
  // Before the records: a newer worker writes its own first, and no file of it is taken for nobody's.
  const stored = await store.keys()
  const known = await store.records()
  const others = known.filter(({ release }) => release !== own.release)
  if (others.length === known.length) await store.saveRecord(own)
  const live = await liveReleases(store.scope)
  const isChanging = registration.installing !== null || registration.waiting !== null
  // A worker that waits is `ready` and without a tab: nothing is deleted until it is decided.
  if (registration.waiting !== null) return
  const records = [...others, own]
  const recorded = new Set(records.map(({ release }) => release))
  const isAnyUnknown = [...(live ?? [])].some((release) => !recorded.has(release))
  const plan = planSweep(records, { own: own.release, live, isChanging, stored, isAnyUnknown })
  for (const release of plan.releases) await store.deleteRecord(release)
  for (const key of plan.keys) await store.delete(key)
}

/** Tabs hold a lock for the release that they run; it goes with them, however they end. */
export async function liveReleases(scope: string): Promise<Set<string> | undefined> {
  if (!('locks' in navigator)) return undefined
  const { held = [], pending = [] } = await navigator.locks.query()
  const prefix = lockName(scope, '')
  const names = [...held, ...pending].map(({ name = '' }) => name)
  return new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)))
}
