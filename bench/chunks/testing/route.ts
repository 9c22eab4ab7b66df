import type { RouteFigures } from '../route-figures.ts'

/** A route with its figures, zero where a test does not care. */
export function route(id: string, js: number, requests: number, more: Partial<RouteFigures> = {}): RouteFigures {
  return {
    id,
    js,
    requests,
    files: [],
    css: 0,
    cssRequests: 0,
    document: 1,
    waste: 0,
    wasted: [],
    unknown: 0,
    ...more,
  }
}
