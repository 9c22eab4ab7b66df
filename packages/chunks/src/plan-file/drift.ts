import { formatBytes } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import type { StoredPlan } from './stored-plan.ts'

/** JS of a first load as a build has it. Brotli bytes. */
export interface MeasuredRoute {
  readonly id: string
  readonly bytes: number
  readonly requests: number
}

/** How far a build is from what its plan expected. */
export interface Drift {
  readonly routes: readonly (MeasuredRoute & {
    readonly expected: { readonly bytes: number; readonly requests: number }
    /** Growth as a share of what was expected: 0.05 is 5 % more, less than 0 is less. */
    readonly growth: number
  })[]
  /** The route that grew most; absent when the plan knows none of the routes. */
  readonly worst?: Drift['routes'][number]
  /** Mean growth over the routes that the plan knows. */
  readonly mean: number
}

/** Compares what a build measured with what its plan expected. Routes that the plan does not know are left out. */
export function driftOf(plan: Pick<StoredPlan, 'routes'>, measured: readonly MeasuredRoute[]): Drift {
  const routes = measured.flatMap((route) => {
    const expected = plan.routes[route.id]
    if (expected === undefined || expected.bytes === 0) return []
    return [{ ...route, expected, growth: route.bytes / expected.bytes - 1 }]
  })
  const [worst] = routes.toSorted((a, b) => b.growth - a.growth)
  const mean = routes.reduce((sum, { growth }) => sum + growth, 0) / Math.max(1, routes.length)
  return { routes, mean, ...(worst ? { worst } : {}) }
}

/**
 * Reads a threshold such as `'5%'`.
 *
 * @returns a share, 0.05
 * @throws `PACELINE_DRIFT_INVALID` when it is no percentage
 */
export function parseDrift(value: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(value)
  if (match) return Number(match[1]) / 100
  throw chunksError('PACELINE_DRIFT_INVALID', [value])
}

/** What a build warns of, or nothing when no route grew by more than the threshold, a share. */
export function driftMessage({ worst, mean }: Drift, threshold: number, file: string): string | undefined {
  if (!worst || worst.growth <= threshold) return undefined
  const { id, bytes, requests, expected } = worst
  return [
    `\`${file}\` no longer fits the app; the first load of \`${id}\` is ${percent(worst.growth).slice(1)} above its plan`,
    ` (${formatBytes(expected.bytes)} → ${formatBytes(bytes)} of JS, brotli, in ${requests} instead of ${expected.requests} requests;`,
    ` mean of all routes ${percent(mean)}, allowed ${percent(threshold).slice(1)}). Make it anew with \`paceline chunks plan\`.`,
  ].join('')
}

function percent(share: number): string {
  const value = Number((share * 100).toFixed(1))
  return `${value < 0 ? '−' : '+'}${Math.abs(value)} %`
}
