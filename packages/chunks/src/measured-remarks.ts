import { formatBytes } from '@paceline/kit'
import type { LiveGraph } from './live-graph.ts'
import type { MeasuredRoute } from './measure-build.ts'
import { type Ceiling, type PlanSettings, USUAL_CHUNK_SIZE } from './planner/settings.ts'

/** What the bundler's own chunks are kept for: what the best plan would have cost where that is most. */
export function keptRemark(routes: readonly MeasuredRoute[], excess: readonly Ceiling[]): string {
  const losing = excess.flatMap((more, index) => {
    return more.bytes > 0 || more.requests > 0 ? [{ ...more, id: routes[index]?.id ?? '' }] : []
  })
  const [worst] = losing.toSorted((a, b) => b.bytes - a.bytes || b.requests - a.requests)
  const { id, bytes, requests } = worst as Ceiling & { readonly id: string }
  const costs = [
    ...(bytes > 0 ? [`${formatBytes(Math.ceil(bytes))} of JS and CSS (brotli)`] : []),
    ...(requests > 0 ? [`${requests} ${requests === 1 ? 'request' : 'requests'}`] : []),
  ]
  return `The bundler's own chunks are kept; the best plan would have cost \`${id}\` ${costs.join(' and ')} more, and made ${losing.length} of ${routes.length} first loads worse.`
}

/** Limits of the options that the bundler's own chunks do not keep to. */
export function ignoredLimits(
  { entries, scenarios }: LiveGraph,
  routes: readonly MeasuredRoute[],
  { maxInitialRequests, maxRouteRequests, minChunkSize }: PlanSettings,
): string[] {
  const isInitial = scenarios.map(({ roots }) => roots.length === 1 && entries.includes(roots[0]!))
  const over = (option: string, limit: number, concerned: readonly MeasuredRoute[]): string[] => {
    const [most, ...others] = concerned
      .filter(({ js }) => js.requests > limit)
      .toSorted((a, b) => b.js.requests - a.js.requests)
    if (!most) return []
    const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'is' : 'are'} above it`
    return [
      `\`chunks.${option}\` does not hold for the bundler's own chunks: \`${most.id}\` makes ${most.js.requests} requests for JS, ${limit} are allowed${more}.`,
    ]
  }
  const initial = routes.filter((_route, index) => isInitial[index])
  return [
    ...over('maxInitialRequests', maxInitialRequests, initial),
    ...over('maxRouteRequests', maxRouteRequests, routes),
    ...(minChunkSize > USUAL_CHUNK_SIZE
      ? ["`chunks.minChunkSize` does not hold for the bundler's own chunks: they are as small as they are."]
      : []),
  ]
}

/** Routes of a plan that are above the limit for what no plan knows of. */
export function helperRemarks(
  routes: readonly MeasuredRoute[],
  beyond: readonly number[],
  { maxRouteRequests }: PlanSettings,
): string[] {
  return routes.flatMap(({ id, js }, index) =>
    (beyond[index] as number) > 0
      ? [
          `\`${id}\` makes ${js.requests} requests for JS, ${maxRouteRequests} are allowed: the bundler adds files with helpers of its own.`,
        ]
      : [],
  )
}
