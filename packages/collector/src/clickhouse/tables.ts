import type { Retention } from '../sqlite/roller.ts'

/**
 * What a page said last, as arrays of equal length: vitals, operations, places. Buckets are made by the collector, with the same function for
 * every store, so that figures are the same to the bit.
 */
const LAST = `Tuple(
  release String, route Int32, nav String, device String, country String, bot UInt8, counts Array(UInt64),
  v_name Array(UInt8), v_bucket Array(Int32), v_good Array(UInt8), v_poor Array(UInt8), v_limit Array(Float64), v_kept Array(UInt8),
  o_name Array(String), o_kind Array(String), o_bucket Array(Int32), o_ok Array(UInt8), o_limit Array(Float64), o_kept Array(UInt8),
  c_metric Array(String), c_file Array(String), c_char Array(UInt64), c_ms Array(Float64), c_target Array(String))`

/** An insert is answered when it is on disk, as the promise to pages says. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1'

/**
 * Beacons as they arrived, and a view that keeps what each page said last: a rollup that any number of collectors can add to, in any order, as
 * often as they like.
 */
export function createTables({ raw, daily }: Retention): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS paceline_beacons (
      page UUID, seq UInt32, at Int64, opened UInt8, updated UInt8, last ${LAST}, body String CODEC(ZSTD(3)))
      ENGINE = MergeTree PARTITION BY toDate(fromUnixTimestamp64Milli(at)) ORDER BY (page, seq)
      TTL toDateTime(fromUnixTimestamp64Milli(at)) + INTERVAL ${raw} DAY SETTINGS ${DURABLE}, ttl_only_drop_parts = 1`,
    `CREATE TABLE IF NOT EXISTS paceline_pages (
      page UUID, first SimpleAggregateFunction(min, Int64), heard SimpleAggregateFunction(max, DateTime),
      seqs SimpleAggregateFunction(groupUniqArrayArray, Array(UInt32)),
      opened SimpleAggregateFunction(max, UInt8), updated SimpleAggregateFunction(max, UInt8),
      last AggregateFunction(argMax, ${LAST}, UInt32))
      ENGINE = AggregatingMergeTree PARTITION BY toDate(heard) ORDER BY page TTL heard + INTERVAL ${daily} DAY SETTINGS ttl_only_drop_parts = 1`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS paceline_pages_of_beacons TO paceline_pages AS
      SELECT page, min(at) AS first, max(toDateTime(fromUnixTimestamp64Milli(at))) AS heard, groupUniqArray(seq) AS seqs,
        max(opened) AS opened, max(updated) AS updated, argMaxState(last, seq) AS last
      FROM (SELECT page, seq, at, opened, updated, last FROM paceline_beacons) GROUP BY page`,
    `CREATE TABLE IF NOT EXISTS paceline_releases (release String, at Int64, routes String, content String CODEC(ZSTD(3)))
      ENGINE = ReplacingMergeTree(at) ORDER BY release TTL toDateTime(fromUnixTimestamp64Milli(at)) + INTERVAL ${daily} DAY`,
  ]
}

/**
 * One row for each page that a filter asks for, by the names of its last word. Days before it are not read: a page that counts in it began in it. Two more
 * are, so that one which began before it is seen to have done so; the SQLite store takes those that were silent for longer for new ones, too.
 */
export const PAGES = `
  SELECT page, min(first) AS first, arrayDistinct(groupUniqArrayArray(seqs)) AS seqs, max(opened) AS opened, max(updated) AS updated,
    argMaxMerge(last) AS l
  FROM paceline_pages WHERE heard >= toDateTime(greatest(toInt64(0), intDiv({from: Int64}, 1000) - 172800)) GROUP BY page`

/** What the parameters of a filter mean. An empty one means all. */
export const WHERE = `
  first >= {from: Int64} AND first < {to: Int64} AND ({bots: UInt8} = 1 OR l.bot = 0)
  AND ({release: String} = '' OR l.release = {release: String}) AND ({nav: String} = '' OR l.nav = {nav: String})
  AND ({device: String} = '' OR l.device = {device: String}) AND ({country: String} = '' OR l.country = {country: String})
  AND ({routes: String} = 'all' OR has({places: Array(String)}, concat(l.release, ' ', toString(l.route))) = ({routes: String} = 'listed'))`
