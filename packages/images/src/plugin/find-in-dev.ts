import { join, posix } from 'node:path'
import { comparablePath, pathInside } from '@paceline/kit'
import type { ResolvedConfig } from 'vite'
import type { ImageLibrary, ImageUse } from '../image-library.ts'
import type { FindReplacement, TypedFiles } from '../replacement.ts'
import type { ResolvedImagesOptions } from '../resolve-options.ts'
import type { DevImages } from './dev-images.ts'
import { fileOf, isPublic, pathOf, type ReferencePlace } from './find-replacement.ts'
import { moduleOf } from './load-image.ts'

/** Finds what takes the place of an image in HTML in the dev server: the same elements as in a build, with files made on demand. */
export function findInDev(
  library: ImageLibrary,
  dev: DevImages,
  place: ReferencePlace,
  { widths }: ResolvedImagesOptions,
): FindReplacement {
  return async (url, wanted) => {
    const path = pathOf(url)
    if (path === undefined) return undefined
    const isOfPublic = isPublic(path, place)
    const file = isOfPublic ? join(place.publicDir, path) : await fileOf(path, place)
    if (file === undefined) return undefined
    const image = await library.open({ file, importer: place.importer })
    if (image?.kind !== 'picture') return undefined
    return dev.offer(image, url, wanted === 'all' && !isOfPublic ? widths : [])
  }
}

/**
 * The module of a `?picture` import in the dev server; nothing for files that are left as they are.
 *
 * @param changed when the file was changed last since the server runs: browsers do not ask again for a URL that they show
 * @param onMade called when the module would have its placeholder, which it is not held up for
 */
export async function loadImageInDev(
  library: ImageLibrary,
  dev: DevImages,
  use: ImageUse,
  config: ResolvedConfig,
  { widths }: ResolvedImagesOptions,
  changed: number,
  onMade: () => void,
): Promise<string | undefined> {
  const image = await library.open(use, true)
  if (!image) return undefined
  const src = devBase(config) + devPath(config.root, use.file) + (changed > 0 ? `?t=${changed}` : '')
  if (image.kind === 'svg') {
    const { width, height } = image.svg
    return moduleOf({ src, width, height, sources: [] })
  }
  const { width, height } = image.source
  const standIn = await library.placeholderOf(image, use, onMade)
  if (!standIn) return undefined
  return moduleOf({
    src,
    width,
    height,
    sources: dev.offer(image, src, widths).sources.map(({ type, files }) => ({ type, srcset: srcsetOf(files) })),
    ...standIn,
  })
}

/** What URLs of imports start with, as Vite writes them: a page of another server may show them. */
export function devBase({ base, server }: Pick<ResolvedConfig, 'base' | 'server'>): string {
  return (server.origin?.replace(/\/$/, '') ?? '') + base
}

/** As Vite serves files: below its root by their path, others by `/@fs/`. */
export function devPath(root: string, file: string): string {
  const inside = pathInside(file, root)
  if (inside !== undefined) return inside.split('/').map(encodeURIComponent).join('/')
  // Vite takes `%3A` behind a drive, and `%40` of a scope, for part of the name here.
  return posix.join('@fs', encodeURI(comparablePath(file)).replaceAll('?', '%3F').replaceAll('#', '%23'))
}

function srcsetOf(files: TypedFiles['files']): string {
  return files.map(({ url, width }) => `${url} ${width}w`).join(', ')
}
