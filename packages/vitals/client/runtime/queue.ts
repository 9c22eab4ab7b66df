import { attempt } from './browser.ts'

/** Beacons that wait at most: a new one takes a place by the millisecond, which is as good as by chance. */
const PLACES = 20
/** A visit without a network says little, and a week later nothing. */
const LONGEST = 7 * 24 * 3600_000

/** Private windows, full disks and old browsers have no store: what fails is lost, silently. */
function inStore(work: (store: IDBObjectStore) => void, isNeeded?: boolean): void {
  attempt(() => {
    const opening = indexedDB.open('paceline$')
    // Most pages have nothing to keep, and find nothing: for them no store is made.
    opening.onupgradeneeded = () => (isNeeded ? opening.result.createObjectStore('q') : opening.transaction!.abort())
    opening.onsuccess = () => work(opening.result.transaction('q', 'readwrite').objectStore('q'))
  })
}

/** Keeps a beacon until there is a network. Of two from the same page the collector takes the later one. */
export function keep(beacon: string): void {
  inStore((store) => store.put(beacon, Date.now() % PLACES), true)
}

export const request = (body: string): RequestInit => ({ method: 'POST', body, credentials: 'omit', keepalive: true })

/** Sends at once, and keeps what does not arrive. What the collector refuses for good is not offered again. */
export function post(body: string): void {
  fetch(PACELINE_ENDPOINT, request(body)).then(
    ({ status }) => status > 428 && keep(body),
    () => keep(body),
  )
}

/** Sends what waits, and forgets it. A clock that was wrong, then or now, counts as too old. */
export function drain(): void {
  inStore((store) => {
    const waiting = store.getAll()
    waiting.onsuccess = () => {
      store.clear()
      for (const beacon of waiting.result as string[]) {
        if (Math.abs(Date.now() - (JSON.parse(beacon) as { at: number }).at) < LONGEST) post(beacon)
      }
    }
  })
}

/** Of all pages of the origin. */
export function forget(): void {
  inStore((store) => store.clear())
}
