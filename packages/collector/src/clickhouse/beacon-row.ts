import type { Beacon } from '@paceline/kit'
import { VITALS } from '../cells/cell.ts'
import type { Dimensions } from '../cells/cell.ts'
import { BEACON_COUNTS, countsOf, measureOperation, measureVitals } from '../cells/measure-beacon.ts'
import { bucketOf } from '../sketch/buckets.ts'
import type { Limits } from '../sla/judge-limits.ts'

/** Stands for a vital without a limit: JSON has no NaN. */
export const NO_LIMIT = -1

/** A beacon as a row of `paceline_beacons`. */
export function beaconRow(beacon: Beacon, dims: Dimensions, limits: Limits, at: number): object {
  const vitals = measureVitals(beacon, limits)
  const operations = (beacon.operations ?? []).map((one) => ({ one, measured: measureOperation(one, limits) }))
  const culprits = beacon.culprits ?? []
  const counts = countsOf(beacon)
  const limitOf = (limit: number): number => (Number.isNaN(limit) ? NO_LIMIT : limit)
  return {
    page: beacon.page,
    seq: beacon.seq,
    at,
    opened: Number(beacon.type === 'opened'),
    updated: Number(beacon.type === 'update'),
    body: JSON.stringify(beacon),
    last: {
      ...dims,
      bot: Number(dims.bot),
      counts: BEACON_COUNTS.map((name) => counts[name]),
      v_name: vitals.map(({ name }) => VITALS.indexOf(name)),
      v_bucket: vitals.map(({ measured }) => bucketOf(measured.value)),
      v_good: vitals.map(({ measured }) => Number(measured.good)),
      v_poor: vitals.map(({ measured }) => Number(measured.poor)),
      v_limit: vitals.map(({ measured }) => limitOf(measured.limit)),
      v_kept: vitals.map(({ measured }) => Number(measured.kept)),
      o_name: operations.map(({ one }) => one.name),
      o_kind: operations.map(({ one }) => one.kind),
      o_bucket: operations.map(({ measured }) => bucketOf(measured.value)),
      o_ok: operations.map(({ measured }) => Number(measured.good)),
      o_limit: operations.map(({ measured }) => measured.limit),
      o_kept: operations.map(({ measured }) => Number(measured.kept)),
      c_metric: culprits.map(({ metric }) => metric),
      c_file: culprits.map(({ file }) => file),
      c_char: culprits.map(({ char }) => char),
      c_ms: culprits.map(({ ms }) => ms),
      c_target: culprits.map(({ target = '' }) => target),
    },
  }
}
