import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { ImageFile, ImageSource } from '../encode/make-image-set.ts'
import { imageFormats } from '../encode/image-format.ts'
import type { ImageLibrary } from '../image-library.ts'
import type { FindReplacement, Replacement, TypedFiles, Widths } from '../replacement.ts'
import type { FileStore } from './file-store.ts'
import { describe } from './load-image.ts'
import { publicSiblings } from './public-siblings.ts'

/** Where the references of one page or stylesheet lead. */
export interface ReferencePlace {
  /** Absolute path of the page or the stylesheet. */
  readonly importer: string
  /** Absolute, of the Vite root: what `/x.jpg` is relative to when it is no public file. */
  readonly root: string
  /** Absolute; empty when there is none. */
  readonly publicDir: string
  /** The URL of a public file in the finished site, as seen from the importer; nothing where it is not known before. */
  readonly publicUrl: (path: string) => string | undefined
  /** Whether a file is made a part of what names it. */
  readonly isInlined: (original: string, bytes: Uint8Array) => boolean
  /** Resolves what is neither relative nor absolute, such as an alias. */
  readonly resolveId: (url: string, importer: string) => Promise<string | undefined>
}

/**
 * Finds what takes the place of an image in HTML or CSS in a build.
 *
 * @param isLast whether what is written stays so: a picture that is not there is an error then
 */
export function findInBuild(
  library: ImageLibrary,
  files: FileStore,
  place: ReferencePlace,
  isLast = true,
): FindReplacement {
  const { importer } = place
  return async (url, widths) => {
    const path = pathOf(url)
    if (path === undefined) return undefined
    if (isPublic(path, place)) return findPublic(library, path, url, place)
    const file = (await fileOf(path, place)) ?? (isLast ? missingFile(path, place) : undefined)
    if (file === undefined || files.has(file)) return undefined
    const urlOf = async (name: string, bytes: Uint8Array, isFallback: boolean): Promise<string> => {
      const path = await files.put(name, bytes)
      if (isFallback) files.originals.set(path, file)
      return relativeUrl(importer, path)
    }
    const found = await findFile(library, { file, importer }, widths, urlOf, place)
    return found && { ...found, files: [file] }
  }
}

async function findFile(
  library: ImageLibrary,
  use: { readonly file: string; readonly importer: string },
  widths: Widths,
  urlOf: (name: string, bytes: Uint8Array, isFallback: boolean) => Promise<string>,
  { isInlined }: Pick<ReferencePlace, 'isInlined'>,
): Promise<Replacement | undefined> {
  const image = await library.open(use)
  if (!image) return undefined
  if (image.kind === 'svg') {
    const { bytes, width } = image.svg
    const url = (await urlOf(basename(use.file), bytes, true)) + queryFor(isInlined(use.file, bytes))
    const written = { url, width }
    return { fallback: { type: imageFormats.svg.mediaType, files: [written] }, sources: [] }
  }
  const set = await library.filesOf(image, use, widths)
  if (!set) return undefined
  // One small file inlined saves a request. Several, of which one is shown, are bytes for nothing.
  const isSmall = isInlined(use.file, set.fallback.bytes)
  const sources: readonly ImageSource[] = isSmall
    ? [{ format: set.fallback.format, files: [set.fallback] }]
    : set.sources
  const typed = await Promise.all(
    sources.map((source) =>
      typedFiles(source, async (one) => {
        const { name, bytes } = describe(use.file, one)
        return (await urlOf(name, bytes, one === set.fallback)) + queryFor(isSmall)
      }),
    ),
  )
  return { fallback: typed.at(-1)!, sources: typed.slice(0, -1) }
}

/** A limit that is a function decides by the path of the original, which Vite does not see here. */
function queryFor(inlined: boolean): string {
  return inlined ? '?inline' : '?no-inline'
}

async function typedFiles(
  { format, files }: ImageSource,
  urlOf: (file: ImageFile) => Promise<string>,
): Promise<TypedFiles> {
  return {
    type: imageFormats[format].mediaType,
    files: await Promise.all(files.map(async (one) => ({ url: await urlOf(one), width: one.width }))),
  }
}

/** Public files keep their name; what is made of them lies beside them. */
async function findPublic(
  library: ImageLibrary,
  path: string,
  url: string,
  { publicDir, publicUrl }: ReferencePlace,
): Promise<Replacement | undefined> {
  const siblings = await publicSiblings(library, join(publicDir, path))
  if (!siblings || siblings.files.length === 0) return undefined
  const { width, format } = siblings
  const sources = siblings.files.flatMap(({ extension, mediaType }): TypedFiles[] => {
    const final = publicUrl(path + extension)
    return final === undefined ? [] : [{ type: mediaType, files: [{ url: encodeURI(final), width }] }]
  })
  return { fallback: { type: imageFormats[format].mediaType, files: [{ url, width }] }, sources, isFinal: true }
}

/** Schemes, other hosts and fragments. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i

/** @returns nothing for other hosts, data, fragments, queries and expressions such as `%BASE_URL%` */
export function pathOf(url: string): string | undefined {
  if (url === '' || ELSEWHERE.test(url) || /[?#]/.test(url)) return undefined
  try {
    return decodeURI(url)
  } catch {
    return undefined
  }
}

export function isPublic(path: string, { publicDir }: ReferencePlace): boolean {
  return publicDir !== '' && path.startsWith('/') && existsSync(join(publicDir, path))
}

/** What other tools put something in the place of, later or while the site is served. */
const TEMPLATE = /[{}<>$]/

/**
 * Where a picture should be that is not there. What starts with `/` may be there while the site is served, and so may a public file that a page
 * names from where it lies itself; what packages name is not the app's to mend.
 *
 * @returns nothing for what may be right as it is
 */
function missingFile(path: string, { importer, root, publicDir }: ReferencePlace): string | undefined {
  if (path.startsWith('/') || TEMPLATE.test(path) || /[\\/]node_modules[\\/]/.test(importer)) return undefined
  const file = resolve(dirname(importer), path)
  return publicDir !== '' && existing(join(publicDir, relative(root, file))) ? undefined : file
}

/** @returns nothing for what is not there */
export async function fileOf(path: string, { importer, root, resolveId }: ReferencePlace): Promise<string | undefined> {
  if (path.startsWith('/')) return existing(join(root, path))
  const beside = existing(resolve(dirname(importer), path))
  if (beside !== undefined || path.startsWith('.')) return beside
  const resolved = await resolveId(path, importer)
  return resolved === undefined ? undefined : existing(resolved)
}

function existing(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

function relativeUrl(importer: string, file: string): string {
  const path = relative(dirname(importer), file).replaceAll('\\', '/')
  // `.cache/x` is not relative.
  const url = path.startsWith('../') ? path : `./${path}`
  // Vite 7 takes the URLs of a `srcset` for paths, and everything else as URLs: so only what would not be read otherwise is escaped.
  return /[\s,%#?]/.test(url) ? encodeURI(url).replaceAll(',', '%2C') : url
}
