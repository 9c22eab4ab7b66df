import { nearest } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import type { PlanOptions } from '../options.ts'

/**
 * How many visits begin on a route, relative to 1.
 *
 * @throws `PACELINE_WEIGHT_UNKNOWN` when a weight is for no route of the app
 */
export function weightOf(weights: PlanOptions['weights'] = {}, routes: readonly string[]): (route: string) => number {
  const known = new Set(routes)
  for (const route of Object.keys(weights)) {
    if (route === '*' || known.has(route)) continue
    const near = nearest(route, routes)
    throw chunksError('PACELINE_WEIGHT_UNKNOWN', [route, near ? `Did you mean '${near}'?` : list(routes)])
  }
  return (route) => weights[route] ?? weights['*'] ?? 1
}

function list(routes: readonly string[]): string {
  return `The routes are ${routes.slice(0, 8).join(', ')}${routes.length > 8 ? ', …' : ''}.`
}
