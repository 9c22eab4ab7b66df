import type { BuildReport, FileEntry, RouteEntry } from '@paceline/build-graph'

/** What a visitor of one route downloads anew after a deploy. */
export interface RouteDownload {
  readonly id: string
  /** Files of the first load, the document among them, that the release before did not have under this name. */
  readonly files: readonly FileEntry[]
  /** Bytes of these files, brotli. */
  readonly bytes: number
}

/**
 * What each route downloads of a new release when the whole release before is in the cache. A file is taken from there
 * when its name and its content are the same: caches go by address, and addresses are not to be trusted alone.
 */
export function downloadsAfter(before: BuildReport, after: BuildReport): RouteDownload[] {
  const cached = new Set(before.files.map(keyOf))
  const byName = new Map(after.files.map((entry) => [entry.file, entry]))
  return after.routes.map((route) => {
    const files = [documentOf(after, route), ...route.firstLoad.files]
      .flatMap((file) => (file === undefined ? [] : (byName.get(file) ?? [])))
      .filter((entry) => !cached.has(keyOf(entry)))
    return { id: route.id, files, bytes: files.reduce((sum, { brotli }) => sum + brotli, 0) }
  })
}

/** First load of a route with its document, brotli: what somebody downloads who comes for the first time. */
export function firstVisit(report: BuildReport, route: RouteEntry): number {
  const html = report.files.find(({ file }) => file === documentOf(report, route))
  return route.firstLoad.brotli + (html?.brotli ?? 0)
}

/** The document that a route is shown by: its own, or that of the app. */
function documentOf({ files }: BuildReport, route: RouteEntry): string | undefined {
  const documents = files.filter(({ kind }) => kind === 'html').map(({ file }) => file)
  if (documents.includes(route.module)) return route.module
  return documents.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0]
}

function keyOf({ file, hash }: FileEntry): string {
  return `${file}\0${hash}`
}
