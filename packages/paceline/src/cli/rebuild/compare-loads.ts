import type { BuildReport, Load } from '@paceline/build-graph'

export interface LoadFigures {
  readonly raw: number
  readonly brotli: number
  readonly requests: number
}

/** What the first load of a route is in two builds; `null` where a build has no such route. */
export interface RouteComparison {
  readonly id: string
  readonly before: LoadFigures | null
  readonly after: LoadFigures | null
  /** `before − after`, brotli; 0 when there is nothing to compare with. */
  readonly saves: number
}

export interface LoadComparison {
  /** What saves most comes first. */
  readonly routes: readonly RouteComparison[]
  /** Mean over the routes that both builds have, brotli bytes. */
  readonly before: number
  readonly after: number
  readonly saves: number
}

/** Compares the first loads of two builds, route by route. */
export function compareLoads(before: BuildReport, after: BuildReport): LoadComparison {
  const [old, now] = [before, after].map(({ routes }) => new Map(routes.map(({ id, firstLoad }) => [id, firstLoad])))
  const ids = [...new Set([...old!.keys(), ...now!.keys()])]
  const routes = ids.map((id): RouteComparison => {
    const [was, is] = [figures(old!.get(id)), figures(now!.get(id))]
    return { id, before: was, after: is, saves: was && is ? was.brotli - is.brotli : 0 }
  })
  const both = routes.filter((route) => route.before && route.after)
  const mean = (of: (route: RouteComparison) => number): number =>
    both.length === 0 ? 0 : Math.round(both.reduce((sum, route) => sum + of(route), 0) / both.length)
  return {
    routes: routes.sort((a, b) => b.saves - a.saves),
    before: mean((route) => route.before!.brotli),
    after: mean((route) => route.after!.brotli),
    saves: mean((route) => route.saves),
  }
}

/** Bytes of all JS and CSS of a build, brotli. */
export function totalOf({ chunks, files }: BuildReport): number {
  const sizes = new Map(files.map(({ file, brotli }) => [file, brotli]))
  return chunks.reduce((sum, { file }) => sum + (sizes.get(file) ?? 0), 0)
}

function figures(load: Load | undefined): LoadFigures | null {
  return load ? { raw: load.raw, brotli: load.brotli, requests: load.requests } : null
}
