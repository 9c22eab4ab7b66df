import { escapeExpression, patternSource } from '../links/path-pattern.ts'
import type { DeliveredDocument, DeliveredFile, DeliveryManifest } from '../manifest.ts'

/** What a request for a path gets; nothing: 404. */
export interface ResolvedPath {
  readonly file: DeliveredFile
  /** When it was reached as a page, and not under its own name. */
  readonly document?: DeliveredDocument
}

/** Endings that no page has: who asks for one of these wants a file, and a page in its place would hide that it is missing. */
export const FILE_EXTENSIONS: readonly string[] =
  'js mjs cjs css map json wasm xml txt webmanifest ico png jpg jpeg gif svg webp avif jxl bmp woff woff2 ttf otf eot mp3 mp4 webm ogg pdf zip br gz zst dcb dcz'.split(
    ' ',
  )

/** Who takes pages: browsers that navigate say `text/html`, programs that do not care say nothing in particular. */
export const TAKES_PAGES: string = String.raw`text/html|text/\*|\*/\*`

/** Base of the manifest without a slash at the end: what stands before `/<file>`. */
export function basePath({ base }: DeliveryManifest): string {
  return base.replace(/\/+$/, '')
}

/**
 * Directories, with the base in front and a slash at the end, in which nothing but files can be: what is missing there is missing, also in a
 * single-page app.
 */
export function fileDirectories(manifest: DeliveryManifest): string[] {
  const prefix = basePath(manifest)
  const top = (file: string): string | undefined => (file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined)
  const pages = new Set(manifest.files.filter(({ type }) => type.startsWith('text/html')).map(({ file }) => top(file)))
  // A page at the directory's own address, `/assets`, is not in it; one below is.
  const routes = new Set(
    manifest.documents
      .map(({ pattern }) => pattern.slice(prefix.length).split('/').filter(Boolean))
      .filter((segments) => segments.length > 1)
      .map(([first]) => first),
  )
  const names = new Set(manifest.files.map(({ file }) => top(file)))
  return [...names]
    .filter((name) => name !== undefined && !pages.has(name) && !routes.has(name))
    .map((name) => `${prefix}/${name}/`)
    .sort()
}

/** Expressions for paths that no page has, of JavaScript, PCRE and RE2 alike. The second counts in any case. */
export function filePathSources(manifest: DeliveryManifest): { directories: string | undefined; extensions: string } {
  const directories = fileDirectories(manifest).map(escapeExpression)
  return {
    directories: directories.length === 0 ? undefined : `^(?:${directories.join('|')})`,
    extensions: String.raw`\.(?:${FILE_EXTENSIONS.join('|')})$`,
  }
}

/** Whether a pattern names one path: then nothing that looks like a file can be meant. */
export function isFixed(pattern: string): boolean {
  return !/[:*?]/.test(pattern)
}

/**
 * Who answers for a path: the reference for all targets.
 *
 * @returns a function of the decoded path and the `Accept` header
 */
export function pathResolver(manifest: DeliveryManifest): (path: string, accept?: string) => ResolvedPath | undefined {
  const prefix = `${basePath(manifest)}/`
  const files = new Map(manifest.files.map((file) => [file.file, file]))
  const sources = filePathSources(manifest)
  const isFilePath = (path: string): boolean =>
    (sources.directories !== undefined && new RegExp(sources.directories).test(path)) ||
    new RegExp(sources.extensions, 'i').test(path)
  const documents = manifest.documents.map((document) => ({
    document,
    expression: new RegExp(patternSource(document.pattern)),
  }))
  return (path, accept = '') => {
    if (!path.startsWith(prefix)) return undefined
    const file = files.get(path.slice(prefix.length))
    if (file) return { file }
    if (accept !== '' && !new RegExp(TAKES_PAGES, 'i').test(accept)) return undefined
    const looksLikeFile = isFilePath(path)
    const found = documents.find(
      ({ document, expression }) => expression.test(path) && (isFixed(document.pattern) || !looksLikeFile),
    )?.document
    const page = files.get(found?.file ?? (looksLikeFile ? '' : (manifest.fallback ?? '')))
    if (!page) return undefined
    return found ? { file: page, document: found } : { file: page }
  }
}
