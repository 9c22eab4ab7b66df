import type { BuildReport, ReturningVisits } from '@paceline/build-graph'
import type { ReleaseRecord } from '../archive/release-record.ts'
import { matchesStem, patternLength } from '../deltas/dictionary-pattern.ts'
import type { MadeDelta } from '../deltas/make-deltas.ts'

/** A release that somebody may come back from. */
export interface EarlierRelease {
  readonly record: ReleaseRecord
  /** What each route loaded at first. Absent when only the files are known: then a visitor is taken to have them all. */
  readonly routes?: BuildReport['routes'] | undefined
}

/**
 * What a visit costs, by route: for somebody new, and for somebody who was on the same route in an earlier release and has kept all of it.
 *
 * @param earlier newest first
 */
export function returningVisits(
  report: BuildReport,
  earlier: readonly EarlierRelease[],
  deltas: readonly MadeDelta[],
): ReturningVisits[] {
  const brotli = new Map(report.files.map((entry) => [entry.file, entry.brotli]))
  const byPair = new Map<string, number>()
  for (const { of, dictionary, bytes } of deltas) {
    const key = `${of}\0${dictionary}`
    byPair.set(key, Math.min(bytes, byPair.get(key) ?? Infinity))
  }
  return report.routes.map(({ id, firstLoad }) => ({
    id,
    new: firstLoad.brotli,
    returning: earlier.map((release) => {
      const held = heldFiles(release, id)
      const cost = { brotli: 0, deltas: 0 }
      for (const file of firstLoad.files) {
        if (held.some((entry) => entry.file === file)) continue
        const whole = brotli.get(file) ?? 0
        const offered = offeredFor(file, held)
        cost.brotli += whole
        cost.deltas += Math.min(whole, byPair.get(`${file}\0${offered}`) ?? Infinity)
      }
      return { release: release.record.release, ...cost }
    }),
  }))
}

type Held = ReleaseRecord['files']

/** Hashed files that a visitor of the route got then. */
function heldFiles({ record, routes }: EarlierRelease, id: string): Held {
  const hashed = record.files.filter(({ stem }) => stem)
  const route = routes?.find((one) => one.id === id)
  if (!route) return hashed
  const loaded = new Set(route.firstLoad.files)
  return hashed.filter(({ file }) => loaded.has(file))
}

/** The dictionary that a browser offers for a URL: that of the longest pattern which matches. */
function offeredFor(file: string, held: Held): string | undefined {
  const matching = held.filter(({ stem, dictionary }) => dictionary && stem && matchesStem(stem, file))
  return matching.toSorted((a, b) => patternLength(b.stem!) - patternLength(a.stem!))[0]?.sha256
}
