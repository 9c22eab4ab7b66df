import { formatBytes } from '@paceline/kit'
import type { CacheStatistics } from './store/statistics.ts'

/**
 * What the cache did for a build: a line for all, and one for each kind of artifact; nothing when it was not asked.
 *
 * @example 'paceline cache: 318 of 340 results were there (disk 300, redis 18), 12.3 s saved; 22 made in 3.1 s
 *   brotli 170 of 170 (disk 160, redis 10), 2.7 MB, 9.9 s saved
 *   zstd 148 of 170 (disk 140, redis 8), 2.5 MB, 2.4 s saved'
 */
export function cacheSummary({ tiers, made, shared }: CacheStatistics): string | undefined {
  const hits = tiers.reduce((sum, { total }) => sum + total.hits, 0)
  const saved = tiers.reduce((sum, { total }) => sum + total.savedMs, 0)
  const damaged = tiers.reduce((sum, { total }) => sum + total.damaged, 0)
  const makes = Object.values(made)
  const count = makes.reduce((sum, entry) => sum + entry.count, 0)
  const ms = makes.reduce((sum, entry) => sum + entry.ms, 0)
  const asked = hits + count
  if (asked + shared === 0) return undefined
  const where = tiers.filter(({ total }) => total.hits > 0).map(({ tier, total }) => `${tier} ${total.hits}`)
  const found = hits === 0 ? '' : ` (${where.join(', ')}), ${seconds(saved)} saved`
  const line = [
    `paceline cache: ${hits} of ${asked} results were there${found}`,
    ...(count > 0 ? [`${count} made in ${seconds(ms)}`] : []),
    ...(damaged > 0 ? [`${damaged} damaged and dropped`] : []),
    ...tiers.flatMap(({ tier, failedWrites: lost }) => (lost === 0 ? [] : [`${tier} lost ${lost} writes`])),
    ...tiers.flatMap(({ tier, reason }) => (reason === undefined ? [] : [`${tier} left alone: ${reason}`])),
  ].join('; ')
  return [line, ...kindLines({ tiers, made })].join('\n  ')
}

/** Each kind that was asked for, by name. */
function kindLines({ tiers, made }: Pick<CacheStatistics, 'tiers' | 'made'>): string[] {
  const names = new Set([...tiers.flatMap(({ kinds }) => Object.keys(kinds)), ...Object.keys(made)])
  return [...names].toSorted().flatMap((name) => {
    const counts = tiers.flatMap(({ kinds }) => kinds[name] ?? [])
    const sum = (key: 'hits' | 'bytesRead' | 'savedMs' | 'errors'): number =>
      counts.reduce((all, count) => all + count[key], 0)
    const hits = sum('hits')
    const asked = hits + (made[name]?.count ?? 0)
    if (asked === 0) return []
    const where = tiers.flatMap(({ tier, kinds }) => (kinds[name]?.hits ? [`${tier} ${kinds[name].hits}`] : []))
    const from = tiers.length > 1 && hits > 0 ? ` (${where.join(', ')})` : ''
    const found = hits === 0 ? '' : `${from}, ${formatBytes(sum('bytesRead'))}, ${seconds(sum('savedMs'))} saved`
    const errors = sum('errors')
    return [`${name} ${hits} of ${asked}${found}${errors === 0 ? '' : `, ${errors} errors`}`]
  })
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
