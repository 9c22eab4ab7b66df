import { relative } from 'node:path'
import type {
  Amount,
  CacheStatistics,
  ClearedTier,
  PruneResult,
  ResolvedCacheOptions,
  TierContents,
  TierStatistics,
} from '@paceline/artifact-cache'
import { formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import type { Io } from '../io.ts'
import type { WarmAnswer } from './warm-cache.ts'

/** What each tier holds, and what the last build got from them. */
export function renderContents(
  tiers: readonly TierContents[],
  maxSize: number,
  lastBuild: CacheStatistics | undefined,
  io: Io,
): string {
  const colors = pc.createColors(io.color)
  const blocks = tiers.map(({ tier, place, kinds, total, others, problem }) => {
    const limit = tier === 'disk' ? `, at most ${formatBytes(maxSize)}` : ''
    const heading = `${colors.bold(tier)}  ${placeName(place, io)}`
    if (problem !== undefined) return [heading, `  ${colors.red('could not be told')}: ${problem}`]
    const rows = Object.entries(kinds).map(([kind, amount]) => [kind, count(amount), formatBytes(amount.bytes)])
    if (others.entries > 0) rows.push(['other projects', count(others), formatBytes(others.bytes)])
    return [
      `${heading}  ${count(total)}, ${formatBytes(total.bytes)}${limit}`,
      ...table(rows).map((line) => `  ${line}`),
    ]
  })
  return `${[...blocks, [renderLastBuild(lastBuild)]].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function renderLastBuild(statistics: CacheStatistics | undefined): string {
  if (!statistics) return 'No build has left its figures yet.'
  const hits = statistics.tiers.reduce((sum, { total }) => sum + total.hits, 0)
  const saved = statistics.tiers.reduce((sum, { total }) => sum + total.savedMs, 0)
  const made = Object.values(statistics.made).reduce((sum, entry) => sum + entry.count, 0)
  const spent = Object.values(statistics.made).reduce((sum, entry) => sum + entry.ms, 0)
  const where = statistics.tiers.map(({ tier, total }) => `${tier} ${total.hits}`).join(', ')
  const problems = statistics.tiers.flatMap(({ tier, total, reason }) => [
    ...(total.damaged > 0 ? [`${total.damaged} damaged entries of ${tier} were made again`] : []),
    ...(reason === undefined ? [] : [`${tier} was left alone: ${reason}`]),
  ])
  const asked = hits + made
  const share = asked === 0 ? '' : `, ${Math.round((100 * hits) / asked)} %`
  const rows = statistics.tiers.flatMap(({ tier, kinds }) => kindRows(tier, kinds))
  return [
    `Last build: ${hits} of ${asked} results were there${share} (${where}), ${seconds(saved)} of work saved, ${seconds(spent)} done`,
    ...(rows.length === 0 ? [] : table([KIND_COLUMNS, ...rows]).map((line) => `  ${line}`)),
    ...problems,
  ].join('\n')
}

const KIND_COLUMNS = ['', 'hits', 'misses', 'read', 'written', 'saved', 'errors']

/** What a tier did for each kind that it was asked for. */
function kindRows(tier: string, kinds: TierStatistics['kinds']): string[][] {
  return Object.entries(kinds).map(([kind, { hits, misses, bytesRead, bytesWritten, savedMs, errors }]) => [
    `${tier} ${kind}`,
    String(hits),
    String(misses),
    formatBytes(bytesRead),
    formatBytes(bytesWritten),
    seconds(savedMs),
    String(errors),
  ])
}

/** What was removed from each tier. */
export function renderCleared(tiers: readonly ClearedTier[], pattern: string, io: Io): string {
  const lines = tiers.map(
    ({ tier, place, entries, bytes }) =>
      `${tier}  ${placeName(place, io)}  ${count({ entries, bytes })} of '${pattern}' removed, ${formatBytes(bytes)}`,
  )
  return `${lines.join('\n')}\n`
}

/** What a pruning did. */
export function renderPruned(
  { entries, bytes, strays, keptEntries, keptBytes }: PruneResult,
  dir: string,
  io: Io,
): string {
  const others = strays === 0 ? '' : `, and ${strays} ${strays === 1 ? 'file' : 'files'} that belonged to none`
  return `${placeName(dir, io)}  ${count({ entries, bytes })} removed, ${formatBytes(bytes)}${others}; ${count({ entries: keptEntries, bytes: keptBytes })} left, ${formatBytes(keptBytes)}\n`
}

/** What a build that was made for its cache has added. */
export function renderWarmed(
  { added, shared, build }: WarmAnswer,
  { dir, redis }: ResolvedCacheOptions,
  io: Io,
): string {
  const kinds = Object.entries(added).map(([kind, amount]) => [`  ${kind}`, count(amount), formatBytes(amount.bytes)])
  const hits = build?.tiers.reduce((sum, { total }) => sum + total.hits, 0) ?? 0
  const heading = kinds.length === 0 ? 'nothing to add' : 'added'
  return `${[
    `${placeName(dir, io)}  ${heading}; ${hits} results were there already`,
    ...table(kinds),
    ...(redis ? [`${redis.shown}  ${count(shared)} sent besides, ${formatBytes(shared.bytes)}`] : []),
  ].join('\n')}\n`
}

function placeName(place: string, io: Io): string {
  return place.includes('://') ? place : relative(io.cwd, place) || place
}

function count({ entries }: Amount): string {
  return `${entries} ${entries === 1 ? 'entry' : 'entries'}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)))
  return rows.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  )
}
