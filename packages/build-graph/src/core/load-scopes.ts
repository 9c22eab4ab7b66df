import type { BuildReport, RouteEntry } from '../report.ts'
import type { LoadScope } from './import-savings.ts'
import { indexReport } from './report-index.ts'

/** Modules in these files, whatever loads them: the entries and everything they reach in either way. */
export function wholeScope(report: BuildReport, files: readonly string[]): LoadScope {
  return { roots: entryIds(report), files, kinds: ['static', 'dynamic'] }
}

/** What an entry runs by itself: static imports only. */
export function entryScope(report: BuildReport, files: readonly string[]): LoadScope {
  return { roots: entriesIn(report, files), files }
}

/** What a visit of a route runs: the entry's modules, its lazy layouts, its page and the page's lazy parts. */
export function routeScope(report: BuildReport, route: RouteEntry, files: readonly string[]): LoadScope {
  const entries = entriesIn(report, route.firstLoad.files)
  return { roots: [...entries, ...(route.layouts ?? []), route.module, ...(route.parts ?? [])], files }
}

/** The HTML documents and other entries among the routes; each has a first load of its own. */
export function entryRoutes(report: BuildReport): RouteEntry[] {
  const documents = new Set(report.files.filter((file) => file.kind === 'html').map((file) => file.file))
  const fromHtml = report.routes.filter((route) => documents.has(route.module))
  if (fromHtml.length > 0) return fromHtml
  const facades = new Set(report.chunks.filter((chunk) => chunk.entry).map((chunk) => chunk.facade ?? chunk.file))
  return report.routes.filter((route) => facades.has(route.module))
}

/** The files of the entry chunks and of all chunks they import statically, with their CSS. */
export function entryClosure(report: BuildReport): string[] {
  const chunks = new Map(report.chunks.map((chunk) => [chunk.file, chunk]))
  const files = new Set(report.chunks.filter((chunk) => chunk.entry).map((chunk) => chunk.file))
  for (const file of files) {
    const chunk = chunks.get(file)
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.css ?? [])]) files.add(next)
  }
  return [...files]
}

function entryIds(report: BuildReport): string[] {
  return indexReport(report).entries.map((position) => report.modules[position]!.id)
}

/** Of several entries (pages with a document of their own) those that run in a load of these files. */
function entriesIn(report: BuildReport, files: readonly string[]): string[] {
  const { entries, shares } = indexReport(report)
  if (entries.length < 2) return entryIds(report)
  const loaded = new Set(files)
  const isLoaded = (id: string): boolean => (shares.get(id) ?? []).some((share) => loaded.has(share.file))
  const running = entries.filter((position) => {
    const { id, imports } = report.modules[position]!
    // An HTML document leaves no bytes of its own in a chunk: what it imports tells.
    return shares.has(id) ? isLoaded(id) : imports.some(({ to }) => isLoaded(report.modules[to]?.id ?? ''))
  })
  return (running.length > 0 ? running : entries).map((position) => report.modules[position]!.id)
}
