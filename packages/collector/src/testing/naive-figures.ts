import type { Beacon } from '@paceline/kit'

/** The last word of each page, found the simple way: what stores are compared with. */
export function lastWords(beacons: readonly Beacon[]): Beacon[] {
  const pages = new Map<string, Beacon>()
  for (const beacon of beacons) {
    const known = pages.get(beacon.page)
    if (!known || beacon.seq > known.seq) pages.set(beacon.page, beacon)
  }
  return [...pages.values()]
}

/** How many different beacons there are: what arrives twice counts once. */
export function distinct(beacons: readonly Beacon[]): number {
  return new Set(beacons.map(({ page, seq }) => `${page} ${seq}`)).size
}

/** Pages that were opened, and those that never reported. */
export function lossOf(beacons: readonly Beacon[]): { readonly opened: number; readonly lost: number } {
  const opened = new Set(beacons.filter(({ type }) => type === 'opened').map(({ page }) => page))
  const updated = new Set(beacons.filter(({ type }) => type === 'update').map(({ page }) => page))
  return { opened: opened.size, lost: [...opened].filter((page) => !updated.has(page)).length }
}
