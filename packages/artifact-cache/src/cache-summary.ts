import type { CacheStatistics } from './store/statistics.ts'

/**
 * What the cache did for a build, in one line; nothing when it was not asked.
 *
 * @example 'paceline cache: 318 of 340 results were there (disk 300, redis 18), 12.3 s saved; 22 made in 3.1 s'
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
  return [
    `paceline cache: ${hits} of ${asked} results were there${found}`,
    ...(count > 0 ? [`${count} made in ${seconds(ms)}`] : []),
    ...(damaged > 0 ? [`${damaged} damaged and dropped`] : []),
    ...tiers.flatMap(({ tier, reason }) => (reason === undefined ? [] : [`${tier} left alone: ${reason}`])),
  ].join('; ')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
