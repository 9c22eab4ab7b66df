import type { BuildReport } from '@paceline/build-graph'
import type { Redownload } from './redownload.ts'
import { wasteOf } from './route-needs.ts'
import type { Needs } from './route-needs.ts'

/** What landing on one route costs, in brotli bytes of the files as served. */
export interface RouteFigures {
  readonly id: string
  readonly js: number
  readonly requests: number
  /** Bytes of each file of JavaScript. */
  readonly files: readonly number[]
  readonly css: number
  readonly cssRequests: number
  /** The document, with its import map. */
  readonly document: number
  /** Modules that the route does not need. */
  readonly waste: number
  /** The heaviest of them, to look at. */
  readonly wasted: readonly string[]
  readonly unknown: number
  /** The route's modules in one file; absent when it was not measured. */
  readonly bound?: number
  /** After one string of a leaf component changed, with the document. */
  readonly leaf?: number
  /** The document's part of it. */
  readonly leafDocument?: number
}

export interface Rulers {
  readonly needs: Needs
  readonly bounds: ReadonlyMap<string, number>
}

/** The figures of every route of a build. */
export function figuresOf(
  { report, leaf }: { readonly report: BuildReport; readonly leaf: readonly Redownload[] },
  { needs, bounds }: Rulers,
): RouteFigures[] {
  const document = report.files.find(({ kind }) => kind === 'html')?.brotli ?? 0
  const edited = new Map(leaf.map((route) => [route.id, route]))
  const scripts = new Map(report.files.flatMap(({ file, kind, brotli }) => (kind === 'js' ? [[file, brotli]] : [])))
  return report.routes.map(({ id, firstLoad: { byKind, files } }) => {
    const waste = wasteOf(report, id, needs)
    const [bound, redownloaded] = [bounds.get(id), edited.get(id)]
    return {
      id,
      js: byKind.js?.brotli ?? 0,
      requests: byKind.js?.requests ?? 0,
      files: files.flatMap((file) => scripts.get(file) ?? []),
      css: byKind.css?.brotli ?? 0,
      cssRequests: byKind.css?.requests ?? 0,
      document,
      waste: waste.bytes,
      wasted: waste.modules.slice(0, 5).map(({ id, brotli }) => `${id} ${brotli}`),
      unknown: waste.unknown,
      ...(bound !== undefined && { bound }),
      ...(redownloaded !== undefined && { leaf: redownloaded.bytes, leafDocument: redownloaded.document }),
    }
  })
}

/** Where a build is worse than another one. */
export interface Worse {
  /** Routes with more bytes of JavaScript and CSS, or more requests for them. */
  readonly routes: readonly string[]
  /** Most bytes that such a route has more, as a share. */
  readonly bytes: number
}

/** @throws {Error} When the other build lacks a route. */
export function worseRoutes(routes: readonly RouteFigures[], base: readonly RouteFigures[]): Worse {
  const before = new Map(base.map((route) => [route.id, route]))
  const compared = routes.map((route) => {
    const other = before.get(route.id)
    if (other === undefined) {
      throw new Error(`\`${route.id}\` is missing from the build to compare with. Build the same source.`)
    }
    const bytes = (route.js + route.css) / (other.js + other.css) - 1
    const requests = route.requests + route.cssRequests - other.requests - other.cssRequests
    return { id: route.id, bytes, isWorse: bytes > 0 || requests > 0 }
  })
  return {
    routes: compared.filter(({ isWorse }) => isWorse).map(({ id }) => id),
    bytes: Math.max(0, ...compared.map(({ bytes }) => bytes)),
  }
}

/** @throws {RangeError} Of nothing there is no mean. */
export function meanOf(routes: readonly RouteFigures[], figure: (route: RouteFigures) => number | undefined): number {
  const values = routes.flatMap((route) => figure(route) ?? [])
  if (values.length === 0) throw new RangeError('`routes` have no such figure. Measure it first.')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
