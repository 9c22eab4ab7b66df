import type { ChunkEntry, FileEntry, RouteEntry } from '../report.ts'
import type { BuildInput, EmittedChunk, RouteTarget } from './build-input.ts'
import { htmlLinks } from './html-links.ts'
import { addClosure, stepOfDynamic, summarize, type Loader } from './load.ts'
import { reportId } from './paths.ts'

interface Entry {
  readonly id: string
  readonly module: string
  readonly path: string | undefined
  readonly waterfall: ReadonlyMap<string, number>
}

/** What every way into the app downloads: each entry, then each page, in the order they were found. */
export function routeLoads(
  input: BuildInput,
  chunks: readonly ChunkEntry[],
  files: ReadonlyMap<string, FileEntry>,
): RouteEntry[] {
  const loader: Loader = {
    chunks: new Map(chunks.map((chunk) => [chunk.file, chunk])),
    preloadsDependencies: input.preloadsDependencies,
  }
  const entries = findEntries(input, loader, files)
  const main = entries[0]
  if (!main) return []
  const chunkOf = chunkFinder(input, reachableFrom(main, loader))
  const entryPaths = new Set(entries.map((entry) => entry.path))
  // An eager page at the entry's own path is what the entry shows: one route, not two.
  const pages = input.routes
    .flatMap((target) => pageRoute(target, main, { root: input.root, chunkOf, loader, files }) ?? [])
    .filter((page) => page.navigation.requests > 0 || !entryPaths.has(page.path))
  const taken = new Set(pages.map((page) => page.path))
  const entryRoutes = entries.map((entry): RouteEntry => {
    const path = taken.has(entry.path) ? undefined : entry.path
    return {
      id: path ?? entry.id,
      module: entry.module,
      ...(path === undefined ? {} : { path }),
      firstLoad: summarize(entry.waterfall, files),
      navigation: summarize(new Map(), files),
    }
  })
  return uniqueById([...entryRoutes, ...pages])
}

/** HTML documents first: they say what the browser fetches. A build without any starts from its entry chunks. */
function findEntries(input: BuildInput, loader: Loader, files: ReadonlyMap<string, FileEntry>): Entry[] {
  const known = new Set(files.keys())
  const documents = input.files.filter((file) => files.get(file.file)?.kind === 'html')
  const entryChunks = [...loader.chunks.values()].filter((chunk) => chunk.entry)
  const fromHtml = documents.flatMap((document): Entry[] => {
    const links = htmlLinks(new TextDecoder().decode(document.content), document.file, input.base, known)
    if (!links.scripts.some((script) => loader.chunks.has(script))) return []
    const waterfall = new Map<string, number>()
    for (const file of [...links.styles, ...links.preloads, ...links.scripts]) waterfall.set(file, 1)
    for (const file of [...links.scripts, ...links.preloads]) {
      for (const next of loader.chunks.get(file)?.imports ?? []) addClosure(waterfall, loader, next, 2, false)
    }
    return [{ id: document.file, module: document.file, path: urlPath(document.file), waterfall }]
  })
  if (fromHtml.length > 0) return fromHtml.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1))
  return entryChunks.map((chunk) => {
    const waterfall = new Map<string, number>()
    addClosure(waterfall, loader, chunk.file, 1, false)
    return { id: chunk.facade ?? chunk.file, module: chunk.facade ?? chunk.file, path: undefined, waterfall }
  })
}

/** `index.html` → `/`, `admin/index.html` → `/admin/`, `about.html` → `/about`. */
export function urlPath(file: string): string {
  return `/${file.replace(/(^|\/)index\.html?$/, '$1').replace(/\.html?$/, '')}`
}

interface PageContext {
  readonly root: string
  readonly chunkOf: (id: string) => string | undefined
  readonly loader: Loader
  readonly files: ReadonlyMap<string, FileEntry>
}

function pageRoute(
  target: RouteTarget,
  main: Entry,
  { root, chunkOf, loader, files }: PageContext,
): RouteEntry | undefined {
  const module = reportId(target.module, root)
  const first = new Map(main.waterfall)
  for (const id of [...target.layouts, target.module, ...(target.parts ?? [])]) {
    const file = chunkOf(id)
    // A module that left no chunk behind (tree-shaken, CSS only) cannot be landed on.
    if (file === undefined && id === target.module) return undefined
    if (file === undefined || first.has(file)) continue
    addClosure(first, loader, file, stepOfDynamic(first, loader, file), loader.preloadsDependencies)
  }
  const navigation = new Map([...first].filter(([file]) => !main.waterfall.has(file)))
  const offset = Math.min(...navigation.values()) - 1
  return {
    id: target.path ?? module,
    module,
    ...(target.path === undefined ? {} : { path: target.path }),
    ...(target.layouts.length === 0 ? {} : { layouts: target.layouts.map((id) => reportId(id, root)) }),
    ...(target.parts?.length ? { parts: target.parts.map((id) => reportId(id, root)) } : {}),
    firstLoad: summarize(first, files),
    navigation: summarize(new Map([...navigation].map(([file, step]) => [file, step - offset])), files),
  }
}

/** Chunks that the app can load, now or later. */
function reachableFrom(entry: Entry, { chunks }: Loader): ReadonlySet<string> {
  const reached = new Set(entry.waterfall.keys())
  // A set that grows is walked to its new end.
  for (const file of reached) {
    const chunk = chunks.get(file)
    for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) reached.add(next)
  }
  return reached
}

/**
 * Finds the chunk that an `import()` of a module loads: the one it is the face of, else the one it lies in. A module may be in several outputs, of which
 * only one is for browsers with modules (@vitejs/plugin-legacy): what the page reaches goes first.
 */
function chunkFinder({ chunks }: BuildInput, reachable: ReadonlySet<string>): (id: string) => string | undefined {
  const reached = chunks.filter(({ file }) => reachable.has(file))
  const find = (list: readonly EmittedChunk[], id: string): EmittedChunk | undefined =>
    list.find(({ facade }) => facade === id) ?? list.find(({ modules }) => modules.some((module) => module.id === id))
  return (id) => (find(reached, id) ?? find(chunks, id))?.file
}

/** Two tables may name one path; the first wins, as routers match. */
function uniqueById(routes: readonly RouteEntry[]): RouteEntry[] {
  const seen = new Set<string>()
  return routes.filter((route) => !seen.has(route.id) && seen.add(route.id))
}
