import { basename, extname } from 'node:path'
import type { Rollup } from 'vite'
import type { ImageFile } from '../encode/make-image-set.ts'
import { imageFormats } from '../encode/image-format.ts'
import type { AppSvg, ImageLibrary, ImageUse } from '../image-library.ts'
import type { PictureImage } from '../picture-image.ts'
import { pictureOf } from '../picture-of.ts'
import { emitImage, type Inlining } from './asset-url.ts'

type LoadContext = Pick<Rollup.PluginContext, 'emitFile' | 'environment'>

/**
 * The module of an import in a build: `?picture` gives all files of a picture, anything else the URL of one, of the same family
 * and the same size as the original, in fewer bytes.
 *
 * @param displayName of the original, relative to the Vite root
 * @returns the module's code; nothing for what is left to Vite
 */
export async function loadImage(
  context: LoadContext,
  library: ImageLibrary,
  use: ImageUse,
  query: URLSearchParams,
  displayName: string,
): Promise<string | undefined> {
  if (!query.has('picture')) {
    const url = await loadUrl(context, library, use, displayName, inliningOf(query))
    return url === undefined ? undefined : moduleOf(url)
  }
  const image = await library.open(use, true)
  if (!image) return undefined
  const emit = emitter(context, use, displayName, 'no-inline')
  if (image.kind === 'svg') {
    const { width, height } = image.svg
    return moduleOf({ src: emitSvg(image, emit), width, height, sources: [] })
  }
  const set = await library.filesOf(image, use, 'all')
  if (!set) return undefined
  // Manifests know the original by one file, which is the one that every browser shows.
  const emitOne = (one: ImageFile): string => emit({ ...describe(use.file, one), isVariant: one !== set.fallback })
  return moduleOf(pictureOf(set, once(emitOne)))
}

/** The URL of one file: of the same family and size as the original, in fewer bytes. */
export async function loadUrl(
  context: LoadContext,
  library: ImageLibrary,
  use: ImageUse,
  displayName: string,
  inlining?: Inlining,
): Promise<string | undefined> {
  const image = await library.open(use)
  if (!image) return undefined
  const emit = emitter(context, use, displayName, inlining)
  if (image.kind === 'svg') return emitSvg(image, emit)
  const set = await library.filesOf(image, use, 'url')
  return set && emit({ ...describe(use.file, set.fallback), name: nameAlone(use.file, set.fallback) })
}

interface EmittedFile {
  readonly isVariant?: boolean
  readonly name: string
  readonly bytes: Uint8Array
  readonly mediaType: string
}

type Emit = (file: EmittedFile) => string

function emitter(context: LoadContext, use: ImageUse, displayName: string, inlining: Inlining): Emit {
  return (file) => {
    const originalName = file.isVariant ? undefined : displayName
    return emitImage(context, { ...file, original: use.file, originalName }, inlining)
  }
}

function emitSvg({ file, svg }: AppSvg, emit: Emit): string {
  return emit({ name: basename(file), bytes: svg.bytes, mediaType: imageFormats.svg.mediaType })
}

/** A file of a lesser format may stand in for one of a better one: it is emitted once. */
function once(emit: (file: ImageFile) => string): (file: ImageFile) => string {
  const urls = new Map<ImageFile, string>()
  return (file) => {
    const url = urls.get(file) ?? emit(file)
    urls.set(file, url)
    return url
  }
}

/** `hero.jpg` at 960 px as AVIF → `hero-960.avif`. */
export function describe(original: string, { format, width, bytes }: ImageFile): EmittedFile {
  const { mediaType, extensions } = imageFormats[format]
  return { name: `${basename(original, extname(original))}-${width}${extensions[0]}`, bytes, mediaType }
}

/** The only file of a picture keeps its name; its extension, unless it is of another format. */
function nameAlone(original: string, { format }: ImageFile): string {
  const extension = extname(original)
  const { extensions } = imageFormats[format]
  return basename(original, extension) + (extensions.includes(extension.toLowerCase()) ? extension : extensions[0])
}

function inliningOf(query: URLSearchParams): Inlining {
  if (query.has('no-inline')) return 'no-inline'
  return query.has('inline') ? 'inline' : undefined
}

/** The code of a module that gives one value. */
export function moduleOf(value: PictureImage | string): string {
  return `export default ${JSON.stringify(value)}`
}
