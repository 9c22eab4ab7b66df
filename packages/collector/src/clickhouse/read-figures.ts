import { emptyCell, mergeCell, tallyOf, VITALS } from '../cells/cell.ts'
import type { Cell } from '../cells/cell.ts'
import { BEACON_COUNTS } from '../cells/measure-beacon.ts'
import { emptyTally, merge } from '../cells/tally.ts'
import type { Tally } from '../cells/tally.ts'
import type { SlaLimits } from '../sla/judge-limits.ts'
import { compareText } from '../store/order-groups.ts'
import type { CellGroup, GroupBy, OperationGroup } from '../store/store.ts'

/** A sum by key, as ClickHouse writes it: keys, and what is theirs. */
export type SumMap<Key> = readonly [readonly Key[], readonly number[]]

/** Buckets of a vital: `vital * 10000 + bucket + 1000`. */
const SCALE = 10_000
const SHIFT = 1000

const HOUR_KEY = 'toString(intDiv(first, 3600000) * 3600000)'
const KEYS: Readonly<Record<GroupBy, string>> = {
  none: "''",
  release: 'l.release',
  // The same numbers are other routes in other releases: their names are given below.
  route: "''",
  'release-route': "concat(l.release, ' ', toString(l.route))",
  nav: 'l.nav',
  device: 'l.device',
  country: 'l.country',
  hour: HOUR_KEY,
  day: 'toString(intDiv(first, 86400000) * 86400000)',
}

const ONES = (array: string): string => `arrayMap(x -> toUInt64(1), ${array})`

/** Groups are told apart by release and route besides: each is held against its own limit. */
export function cellsQuery(pages: string, where: string, groupBy: GroupBy): string {
  return `
    SELECT ${KEYS[groupBy]} AS key, l.release AS release, l.route AS route, count() AS pages, sum(length(seqs)) AS beacons,
      sum(opened) AS opened_pages, sum(opened AND updated) AS reported, sumForEach(l.counts) AS counts,
      sumMap(arrayMap((n, b) -> toInt64(n) * ${SCALE} + b + ${SHIFT}, l.v_name, l.v_bucket), ${ONES('l.v_name')}) AS buckets,
      sumMap(arrayMap(n -> toInt64(n), l.v_name), arrayMap(x -> toUInt64(x), l.v_good)) AS good,
      sumMap(arrayMap(n -> toInt64(n), l.v_name), arrayMap(x -> toUInt64(x), l.v_poor)) AS poor,
      sumMap(arrayMap((n, x) -> concat(toString(n), ' ', toString(x)), l.v_name, l.v_limit), ${ONES('l.v_name')}) AS judged,
      sumMap(arrayMap((n, x) -> concat(toString(n), ' ', toString(x)), l.v_name, l.v_limit), arrayMap(x -> toUInt64(x), l.v_kept)) AS kept
    FROM (${pages}) WHERE ${where} GROUP BY key, release, route`
}

export interface CellRow {
  readonly key: string
  readonly release: string
  readonly route: number
  readonly pages: number
  readonly beacons: number
  readonly opened_pages: number
  readonly reported: number
  readonly counts: readonly number[]
  readonly buckets: SumMap<number>
  readonly good: SumMap<number>
  readonly poor: SumMap<number>
  readonly judged: SumMap<string>
  readonly kept: SumMap<string>
}

/** @param keyOf the key of a row, where it is not the one that the question gave it */
export function cellGroups(
  rows: readonly CellRow[],
  limits: SlaLimits,
  keyOf: (row: CellRow) => string = ({ key }) => key,
): CellGroup[] {
  const groups = new Map<string, Cell>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key) ?? emptyCell()
    groups.set(key, group)
    mergeCell(group, cellOf(row, limits))
  }
  return [...groups].map(([key, cell]) => ({ key, cell })).toSorted((a, b) => compareText(a.key, b.key))
}

function cellOf(row: CellRow, limits: SlaLimits): Cell {
  const cell = emptyCell()
  const pages = { pages: row.pages, beacons: row.beacons, opened: row.opened_pages, reported: row.reported }
  Object.assign(cell, pages)
  for (const [index, name] of BEACON_COUNTS.entries()) cell[name] = row.counts[index] ?? 0
  for (const [key, sum] of entries(row.buckets)) {
    const tally = tallyOf(cell.vitals, VITALS[Math.floor(key / SCALE)]!)
    tally.n += sum
    tally.buckets.set((key % SCALE) - SHIFT, sum)
  }
  for (const name of ['good', 'poor'] as const)
    for (const [vital, sum] of entries(row[name])) tallyOf(cell.vitals, VITALS[vital]!)[name] = sum
  const wanted = limits.of(row.release, row.route).vitals
  const kept = new Map(entries(row.kept))
  for (const [key, judged] of entries(row.judged)) {
    const [vital, limit] = key.split(' ').map(Number) as [number, number]
    const name = VITALS[vital]!
    if (wanted[name] === limit) Object.assign(tallyOf(cell.vitals, name), { limit, judged, within: kept.get(key) ?? 0 })
  }
  return cell
}

export function operationsQuery(pages: string, where: string): string {
  return `
    SELECT release, route, name, kind, limit, sumMap([toInt64(bucket)], [toUInt64(1)]) AS buckets, count() AS n, sum(ok) AS good, sum(kept) AS within
    FROM (SELECT l.release AS release, l.route AS route, l.o_name AS names, l.o_kind AS kinds, l.o_bucket AS buckets_, l.o_ok AS oks,
      l.o_limit AS limits, l.o_kept AS kepts FROM (${pages}) WHERE ${where})
    ARRAY JOIN names AS name, kinds AS kind, buckets_ AS bucket, oks AS ok, limits AS limit, kepts AS kept
    GROUP BY release, route, name, kind, limit`
}

export interface OperationRow {
  readonly release: string
  readonly route: number
  readonly name: string
  readonly kind: string
  readonly limit: number
  readonly buckets: SumMap<number>
  readonly n: number
  readonly good: number
  readonly within: number
}

export function operationGroups(rows: readonly OperationRow[], limits: SlaLimits): OperationGroup[] {
  const groups = new Map<string, { readonly name: string; readonly kind: string; readonly tally: Tally }>()
  for (const { release, route, name, kind, limit, buckets, n, good, within } of rows) {
    const key = `${kind} ${name}`
    const group = groups.get(key) ?? { name, kind, tally: emptyTally() }
    groups.set(key, group)
    const isInForce = limits.of(release, route).operations.within === limit
    const judged = isInForce ? { limit, judged: n, within } : { limit: Number.NaN, judged: 0, within: 0 }
    merge(group.tally, { n, good, poor: n - good, ...judged, buckets: new Map(entries(buckets)) })
  }
  return [...groups.values()].toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name))
}

function entries<Key>([keys, sums]: SumMap<Key>): [Key, number][] {
  return keys.map((key, index) => [key, sums[index]!])
}
