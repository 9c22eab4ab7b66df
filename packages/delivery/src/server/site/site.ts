import { patternSource } from '../../links/path-pattern.ts'
import type { DeliveredDocument, DeliveryManifest } from '../../manifest.ts'
import type { RequestHeaders } from '../negotiate/request-headers.ts'
import { isNavigation, looksLikeAsset } from './navigation.ts'
import { prepareAsset, type Asset } from './representation.ts'

/** What a path leads to. */
export interface Target {
  readonly asset: Asset
  readonly status: 200 | 404
  /** Headers beside the file's own, flat: `Link`, `Speculation-Rules`. */
  readonly extraHeaders: readonly string[]
  /** Values of `Link` for 103 Early Hints. */
  readonly links: readonly string[]
}

/** `'missing'`: under a path of ours, yet not there. `'foreign'`: none of our business. */
export type Found = Target | { readonly redirect: string } | 'missing' | 'foreign'

interface Page {
  readonly pattern: RegExp
  readonly target: Target
}

/** A manifest, made ready to be asked. */
export interface Site {
  readonly release: string
  readonly base: string
  readonly assets: readonly Asset[]
  /** By decoded path. */
  readonly byPath: ReadonlyMap<string, Target>
  /** Those of them that requests write as they are. */
  readonly byUrl: ReadonlyMap<string, Target>
  readonly redirects: ReadonlyMap<string, string>
  readonly pages: readonly Page[]
  readonly fallback: Target | undefined
  readonly notFound: Target | undefined
  /** Folders of hashed files, with the base: nothing there is a page. */
  readonly assetDirs: readonly string[]
}

/** @param manifest checked: what its names refer to is there */
export function prepareSite(manifest: DeliveryManifest): Site {
  const base = decodedPath(manifest.base)
  const assets = manifest.files.map((file) => prepareAsset(file, manifest))
  const byFile = new Map(assets.map((asset) => [asset.file.file, asset]))
  const pages = manifest.documents.flatMap((document) => {
    const asset = byFile.get(document.file)
    return asset
      ? [{ pattern: new RegExp(patternSource(decodedPath(document.pattern))), target: targetOf(asset, document, base) }]
      : []
  })
  const byPath = new Map<string, Target>()
  const redirects = new Map<string, string>()
  for (const asset of assets) {
    const path = base + asset.file.file
    byPath.set(path, targetOf(asset))
    for (const alias of aliasesOf(path)) {
      if (byPath.has(alias)) continue
      const document = pages.find(({ pattern, target }) => target.asset === asset && pattern.test(alias))
      byPath.set(alias, document?.target ?? targetOf(asset))
    }
    if (path.endsWith('/index.html') && path !== '/index.html') {
      const folder = path.slice(0, -'/index.html'.length)
      const page = pages.find(({ pattern, target }) => target.asset === asset && pattern.test(folder))
      // A router that names the page without a slash means it.
      if (page && folder !== base.slice(0, -1)) byPath.set(folder, page.target)
      else redirects.set(folder, `${encodeURI(folder)}/`)
    }
  }
  const named = (file: string | undefined, status: 200 | 404): Target | undefined => {
    const asset = file === undefined ? undefined : byFile.get(file)
    return asset && { ...targetOf(asset), status }
  }
  return {
    release: manifest.release,
    base,
    assets,
    byPath,
    // In a request `%` begins an encoded byte, `?` the query, and `#` nothing that belongs to the path.
    byUrl: new Map([...byPath].filter(([path]) => !/[%?#]/.test(path))),
    redirects,
    pages,
    fallback: named(manifest.fallback, 200),
    notFound: named(manifest.notFound, 404),
    assetDirs: assetDirsOf(manifest.files, base),
  }
}

/** Finds what a decoded path leads to for a request. */
export function findTarget(site: Site, path: string, headers: RequestHeaders): Found {
  const exact = site.byPath.get(path)
  if (exact) return exact
  const isInBase = path.startsWith(site.base)
  if (!isInBase && `${path}/` !== site.base) return 'foreign'
  const redirect = site.redirects.get(path)
  if (redirect !== undefined) return { redirect }
  if (!isInBase) return { redirect: encodeURI(site.base) }
  if (site.assetDirs.some((dir) => path.startsWith(dir))) return 'missing'
  if (looksLikeAsset(path) || !isNavigation(headers)) return 'foreign'
  return site.pages.find(({ pattern }) => pattern.test(path))?.target ?? site.fallback ?? 'foreign'
}

function targetOf(asset: Asset, document?: DeliveredDocument, base = '/'): Target {
  const links = document?.links ?? []
  const rules = document?.speculationRules
  const extraHeaders = links.length > 0 ? ['link', links.join(', ')] : []
  // A list of structured fields: URLs as strings.
  if (rules !== undefined) extraHeaders.push('speculation-rules', `"${encodeURI(base + rules)}"`)
  return { asset, status: 200, extraHeaders, links }
}

/** Other paths of a page: that of its folder, and its own without the ending. */
function aliasesOf(path: string): string[] {
  if (path.endsWith('/index.html')) return [path.slice(0, -'index.html'.length)]
  return path.endsWith('.html') ? [path.slice(0, -'.html'.length)] : []
}

function assetDirsOf(files: DeliveryManifest['files'], base: string): string[] {
  const topOf = (file: string): string => file.slice(0, file.indexOf('/') + 1)
  const withPages = new Set(files.filter(({ type }) => type.startsWith('text/html')).map(({ file }) => topOf(file)))
  const dirs = files.filter(({ hashed }) => hashed).map(({ file }) => topOf(file))
  return [...new Set(dirs)].filter((dir) => dir !== '' && !withPages.has(dir)).map((dir) => base + dir)
}

/** A path as requests are compared with it; who wrote it may have encoded it. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
