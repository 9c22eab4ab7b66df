import { lockName } from '../shared/messages.ts'
import type { PrecacheStore, ReleaseRecord } from './precache-store.ts'

interface Sweep {
  readonly own: string
  /** Releases that open tabs run; nothing when that cannot be known. */
  readonly live: ReadonlySet<string> | undefined
  /** Whether another worker is being installed, or waits. */
  readonly isChanging: boolean
}

/**
 * Which records may go, and which files: those that only releases without a tab have.
 *
 * @returns releases and keys to delete
 */
export function planSweep(
  records: readonly ReleaseRecord[],
  { own, live, isChanging }: Sweep,
): { readonly releases: readonly string[]; readonly keys: readonly string[] } {
  const isDead = ({ release, state }: ReleaseRecord): boolean => {
    if (release === own || live === undefined || live.has(release)) return false
    // The newer worker that is on its way is protected by its record, which it writes first of all.
    return !isChanging || state === 'ready'
  }
  const dead = records.filter(isDead)
  const kept = new Set(records.filter((record) => !isDead(record)).flatMap(({ files }) => Object.values(files)))
  const keys = new Set(dead.flatMap(({ files }) => Object.values(files)).filter((key) => !kept.has(key)))
  return { releases: dead.map(({ release }) => release), keys: [...keys] }
}

/** Deletes what no open tab needs. */
export async function sweep(store: PrecacheStore, registration: ServiceWorkerRegistration, own: string): Promise<void> {
  const records = await store.records()
  if (!records.some(({ release }) => release === own)) return
  const live = await liveReleases(store.scope, records)
  const isChanging = registration.installing !== null || registration.waiting !== null
  // A worker that waits is `ready` and without a tab: nothing is deleted until it is decided.
  if (registration.waiting !== null) return
  const plan = planSweep(records, { own, live, isChanging })
  for (const release of plan.releases) await store.deleteRecord(release)
  for (const key of plan.keys) await store.delete(key)
}

/** Tabs hold a lock for the release that they run; it goes with them, however they end. */
async function liveReleases(scope: string, records: readonly ReleaseRecord[]): Promise<Set<string> | undefined> {
  if (!('locks' in navigator)) return undefined
  const { held = [], pending = [] } = await navigator.locks.query()
  const names = new Set([...held, ...pending].map(({ name }) => name))
  return new Set(records.map(({ release }) => release).filter((release) => names.has(lockName(scope, release))))
}
