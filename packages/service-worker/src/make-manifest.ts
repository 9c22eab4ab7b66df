import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { htmlLinks } from '@paceline/build-graph'
import type { Environment, ResolvedConfig } from 'vite'
import { writeDocuments } from '../shared/documents.ts'
import type { FileList } from '../shared/file-list.ts'
import { outputFiles, readFiles } from './adapters/read-output.ts'
import type { CollectedOutput } from './collected-output.ts'
import { chooseRoutes, type ChosenRoutes } from './core/choose-routes.ts'
import { closureOf } from './core/chunk-closure.ts'
import { REGISTER_ID, VIRTUAL_ID } from './core/client-source.ts'
import { groupPictures, oneWidth, type PictureVariants } from './core/image-groups.ts'
import {
  documentFile,
  isHashed,
  laterFile,
  manifestEntries,
  precacheEntries,
  type ManifestEntry,
  type StoredFile,
} from './core/manifest-entries.ts'
import { cacheableFiles, matcher, selectFiles } from './core/select-files.ts'
import { workerPlace } from './core/urls.ts'
import { serviceWorkerError } from './errors.ts'
import type { ResolvedServiceWorkerOptions } from './resolve-options.ts'
import { fallbackUrls } from './runtime-caching.ts'

export interface FinishedOutput {
  readonly outDir: string
  readonly config: ResolvedConfig
  readonly environment: Environment
  readonly collected: CollectedOutput
  readonly before: ReadonlyMap<string, string>
  readonly options: ResolvedServiceWorkerOptions
  readonly namedRoutes: Readonly<Record<string, readonly [string, ...string[]]>>
  readonly pictures: readonly PictureVariants[]
}

/** What a worker knows of the files of its build. */
export interface WorkerFiles {
  readonly list: FileList
  /** The precache as workers of users get it. */
  readonly manifest: readonly ManifestEntry[]
  /** Files of the precache by URL. */
  readonly fileOf: ReadonlyMap<string, string>
  readonly shell: string | undefined
  /** Pages that the shell does not answer for, as the worker reads them. */
  readonly documents: string | undefined
}

/**
 * Reads a finished output and says what the worker stores at once, and what it may store later.
 *
 * @throws `PACELINE_SW_FILE_MISSING`, `PACELINE_SW_ROUTE_UNKNOWN`
 */
export async function makeManifest(output: FinishedOutput): Promise<WorkerFiles> {
  const { outDir, collected, options, config } = output
  const files = await outputFiles({ ...output, emitted: collected.emitted })
  const shell = findShell(files, output)
  const { offline } = options.worker
  if (offline !== undefined && !files.includes(offline)) {
    throw serviceWorkerError('PACELINE_SW_FILE_MISSING', ['offline', offline])
  }
  const known = new Set(files)
  const pages = shell === undefined ? files.filter((file) => isPage(file, collected)) : [shell]
  const shellFiles = await pageFiles(pages, known, output)
  const routes = options.precache.from === 'routes' ? await routeFiles(output) : new Set<string>()
  const worker = options.filename
  const candidates = selectFiles(options.precache, {
    files,
    shell: new Set([...pages, ...shellFiles]),
    routes,
    needed: [shell, offline, ...fallbackFiles(files, output)].filter((file) => file !== undefined),
    worker,
  })
  const { urlOf } = workerPlace(config.base)
  const pictures = groupPictures(output.pictures)
  const { pictureWidth, include } = options.precache
  const selected = pictureWidth === 'all' ? candidates : oneWidth(candidates, pictures, pictureWidth, matcher(include))
  const read = await readFiles(outDir, selected)
  const stored = new Set(selected)
  const later = cacheableFiles(files, worker).filter((file) => !stored.has(file) && isHashed(file, collected.emitted))
  const context = { emitted: collected.emitted, pictures, urlOf }
  const laterRead = await readFiles(outDir, later)
  const documents = shell === undefined ? [] : await documentsBeside(shell, files, stored, output)
  return {
    list: { precache: precacheEntries(read, context), later: laterRead.map((file) => laterFile(file, context)) },
    manifest: manifestEntries(read, context),
    fileOf: new Map(selected.map((file) => [urlOf(file), file])),
    shell: shell === undefined ? undefined : urlOf(shell),
    documents: writeDocuments(documents.map((file) => documentFile(file, urlOf))),
  }
}

/** Pages that the bundler has made; a page in the public folder is a document of its own. */
function isPage(file: string, { emitted }: CollectedOutput): boolean {
  return file.endsWith('.html') && emitted.has(file)
}

/**
 * Pages that are not the app's, though it may have routes where they lie. Those that a prerenderer has made start the same script as the shell, which answers
 * for them; those of the precache answer for themselves, but a folder's page not for `/docs`, which the server leads to `/docs/`.
 */
async function documentsBeside(
  shell: string,
  files: readonly string[],
  stored: ReadonlySet<string>,
  { outDir, config }: FinishedOutput,
): Promise<StoredFile[]> {
  const known = new Set(files)
  const startsOf = ({ file, content }: StoredFile): readonly string[] => {
    const { scripts, preloads } = htmlLinks(new TextDecoder().decode(content), file, config.base, known)
    return scripts.length > 0 ? scripts : preloads
  }
  const [app] = await readFiles(outDir, [shell])
  const own = new Set(startsOf(app!))
  // Hosts show `404.html` where there is nothing; `/404` may be a route of the app.
  const isOther = (file: string): boolean => /\.html?$/i.test(file) && file !== shell && file !== '404.html'
  const others = files.filter((file) => isOther(file) && (!stored.has(file) || file.endsWith('/index.html')))
  return (await readFiles(outDir, others)).filter((page) => !startsOf(page).some((start) => own.has(start)))
}

/** A page answers for all addresses only where it is the only one. */
function findShell(files: readonly string[], { options, config, collected }: FinishedOutput): string | undefined {
  const { shell } = options
  if (shell === false) return undefined
  if (shell !== undefined) {
    if (!files.includes(shell)) throw serviceWorkerError('PACELINE_SW_FILE_MISSING', ['shell', shell])
    return shell
  }
  const pages = files.filter((file) => isPage(file, collected))
  return config.appType === 'spa' && pages.length === 1 && pages[0] === 'index.html' ? 'index.html' : undefined
}

/** What entries of `runtimeCaching` show in place of what cannot be had. */
function fallbackFiles(files: readonly string[], { options, config }: FinishedOutput): string[] {
  const { scope, urlOf } = workerPlace(config.base)
  const hrefOf = (url: string): string => new URL(url, new URL(scope, 'http://localhost')).href
  return fallbackUrls(options.runtimeCaching).map((url) => {
    const file = files.find((name) => hrefOf(urlOf(name)) === hrefOf(url))
    if (file !== undefined) return file
    throw serviceWorkerError('PACELINE_SW_FILE_MISSING', ['runtimeCaching.options.precacheFallback.fallbackURL', url])
  })
}

/** What pages load at once. An output without any page starts from its entries. */
async function pageFiles(
  pages: readonly string[],
  known: ReadonlySet<string>,
  { outDir, config, collected }: FinishedOutput,
): Promise<Set<string>> {
  const starts = new Set<string>()
  for (const page of pages) {
    const { scripts, styles, preloads } = htmlLinks(
      await readFile(join(outDir, page), 'utf8'),
      page,
      config.base,
      known,
    )
    for (const file of [...scripts, ...styles, ...preloads]) starts.add(file)
  }
  if (pages.length === 0) {
    for (const { isEntry, file } of collected.chunks.values()) if (isEntry) starts.add(file)
  }
  // What every page loads when it is at rest.
  if (collected.chunksOf([`\0${REGISTER_ID}`]).length > 0) {
    for (const file of collected.chunksOf([`\0${VIRTUAL_ID}`])) starts.add(file)
  }
  return closureOf(starts, collected.chunks).code
}

async function routeFiles(output: FinishedOutput): Promise<Set<string>> {
  const { config, collected, options, namedRoutes } = output
  const found = await collected.routes(config.root, namedRoutes)
  const known = found.map(({ name }) => name)
  const chosen = chooseRoutes(options.precache.routes, known)
  tellChosen(chosen, output)
  const modules = found.filter(({ name }) => chosen.names.includes(name)).flatMap((route) => route.modules)
  const { code, assets } = closureOf(collected.chunksOf(modules), collected.chunks)
  return new Set([...code, ...assets])
}

/** Nobody reads weights: the build says what they have chosen, and what they have for no route. */
function tellChosen({ names, gone }: ChosenRoutes, { environment, options }: FinishedOutput): void {
  const { routes } = options.precache
  if (routes === undefined || !('mostVisited' in routes)) return
  environment.logger.info(`paceline service worker: most visits begin on ${names.join(', ')}`)
  if (gone.length === 0) return
  environment.logger.warn(
    `\`serviceWorker.precache.routes.visits\` names what is no route of this app: ${gone.join(', ')}. It was left out; make the file anew with \`paceline visits\`.`,
  )
}
