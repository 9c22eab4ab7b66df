import type { CulpritGroup } from './store.ts'

const MOST_CULPRITS = 200

/** By code unit: the same everywhere, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Those that cost most, in an order that does not depend on the store. */
export function worstCulprits(groups: readonly CulpritGroup[]): CulpritGroup[] {
  return groups
    .toSorted(
      (a, b) =>
        b.ms - a.ms ||
        compareText(a.release, b.release) ||
        compareText(a.file, b.file) ||
        a.char - b.char ||
        a.route - b.route ||
        compareText(a.metric, b.metric),
    )
    .slice(0, MOST_CULPRITS)
}
