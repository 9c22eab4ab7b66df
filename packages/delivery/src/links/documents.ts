import { urlPath } from '@paceline/build-graph'
import type { RouteEntry } from '@paceline/build-graph'
import { integrityOf } from '../integrity/integrity-of.ts'
import type { DeliveredDocument, DeliveryManifest } from '../manifest.ts'
import type { LinksOptions } from './links-options.ts'
import { bySpecificity } from './path-pattern.ts'
import { routeLinks, type LinkOptions, type LoadReport } from './route-links.ts'

export interface DocumentsInput {
  readonly report: LoadReport
  /** HTML files of the output with their content. */
  readonly pages: ReadonlyMap<string, string>
  /** `base` of the Vite config, as it is written there. */
  readonly base: string
  /** Whether addresses that are no page may belong to the app: any `appType` but `mpa`; frameworks that write their page themselves say `custom`. */
  readonly isSinglePage: boolean
  readonly options: LinksOptions | false
  /** SHA-256 of files, 64 hex digits: where a page names the hash of a file, so does its link. */
  readonly hashes?: ReadonlyMap<string, string>
}

export type Documents = Pick<DeliveryManifest, 'documents' | 'fallback' | 'notFound'>

const NOT_FOUND = '404.html'
/** What is the shell beside prerendered pages: for static hosts, and for React Router. */
const SHELLS = ['200.html', '__spa-fallback.html'] as const
const INDEX = 'index.html'

/**
 * What navigations get: each page at its own address, and in an app of a single page each route by its pattern, with what it loads first.
 */
export function findDocuments({ report, pages, base, isSinglePage, options, hashes }: DocumentsInput): Documents {
  const mount = mountPath(base)
  const own = [...pages.keys()].filter((file) => file !== NOT_FOUND && !isShell(file))
  const fallback = isSinglePage ? shellOf(pages, own) : undefined
  const routes = new Map(report.routes.map((route) => [route.path ?? urlPath(route.id), route]))
  const linkOptionsOf = remembered((file: string) =>
    linkOptions(options === false ? {} : options, base, pages.get(file)!, hashes),
  )
  const linksOf = (route: RouteEntry | undefined, file: string): string[] =>
    route === undefined || options === false ? [] : routeLinks(route, report, linkOptionsOf(file))
  const documents = new Map<string, DeliveredDocument>()
  for (const file of own) {
    const path = urlPath(file)
    const route = routes.get(path) ?? report.routes.find(({ id }) => id === file)
    documents.set(withoutSlash(path), { pattern: join(mount, path), file, links: linksOf(route, file) })
  }
  // With a relative base a page works at its own address alone: deeper down, its own scripts would not be found.
  if (fallback !== undefined && !isRelative(base)) {
    for (const [path, route] of routes) {
      if (route.path === undefined || documents.has(withoutSlash(path))) continue
      documents.set(withoutSlash(path), { pattern: join(mount, path), file: fallback, links: linksOf(route, fallback) })
    }
  }
  return {
    documents: [...documents.values()].sort((a, b) => bySpecificity(a.pattern, b.pattern)),
    ...(fallback === undefined ? {} : { fallback }),
    ...(pages.has(NOT_FOUND) ? { notFound: NOT_FOUND } : {}),
  }
}

/** Several pages and no shell: then an address that is none of them is not found. */
function shellOf(pages: ReadonlyMap<string, string>, own: readonly string[]): string | undefined {
  const shell = SHELLS.find((file) => pages.has(file))
  if (shell !== undefined) return shell
  return own.length === 1 && own[0] === INDEX ? INDEX : undefined
}

function isShell(file: string): boolean {
  return (SHELLS as readonly string[]).includes(file)
}

function linkOptions(
  options: LinksOptions,
  base: string,
  html: string,
  hashes: ReadonlyMap<string, string> = new Map(),
): LinkOptions {
  const named = new Set(html.match(/sha256-[\w+/]{43}=/g))
  return {
    base: base === '' ? './' : base,
    hasImportMap: /<script[^>]+type=["']?importmap/i.test(html),
    limit: options.limit ?? 16,
    fonts: options.fonts ?? [],
    heroes: options.heroes ?? {},
    integrityOf(file) {
      const hash = hashes.get(file)
      const integrity = hash === undefined ? undefined : integrityOf(hash)
      return integrity !== undefined && named.has(integrity) ? integrity : undefined
    },
  }
}

/** Pages of a single-page app share one document, which is large where it names many hashes. */
function remembered<Result>(make: (file: string) => Result): (file: string) => Result {
  const made = new Map<string, Result>()
  return (file) => {
    const known = made.get(file) ?? make(file)
    made.set(file, known)
    return known
  }
}

/** The path that an app is mounted at: `/`, `/app/`. Files of an absolute base lie elsewhere, its pages at the root. */
export function mountPath(base: string): string {
  if (isRelative(base) || /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(base)) return '/'
  return base.endsWith('/') ? base : `${base}/`
}

function isRelative(base: string): boolean {
  return base === '' || base.startsWith('.')
}

function join(mount: string, path: string): string {
  return mount + path.replace(/^\//, '')
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path
}
