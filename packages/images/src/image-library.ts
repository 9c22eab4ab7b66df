import type { BigIntStats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { digestOf, type Artifacts, type InputDigest, type KnownInputs } from '@paceline/artifact-cache'
import { PacelineError } from '@paceline/kit'
import picomatch from 'picomatch'
import { formatOfImage } from './encode/format-of-image.ts'
import { formatOfName, type RasterFormat } from './encode/image-format.ts'
import { findStandIn, makeImageSet, makeStandIn, type ImageSet, type ImageWishes } from './encode/make-image-set.ts'
import { openSource, type ReadImage } from './encode/open-source.ts'
import type { ImageLimits, SourceImage } from './encode/source-image.ts'
import type { SvgImage } from './encode/svg/optimise-svg.ts'
import { asWarning, imageError, isImageError, leftOutMessage, type ImageSubject } from './errors.ts'
import { ImageUses } from './image-uses.ts'
import type { Widths } from './replacement.ts'
import type { ResolvedImagesOptions } from './resolve-options.ts'

// The planning is small, and a file more to load costs more than its code; libvips and svgo are loaded when a picture is made.
const svgs = async (): Promise<typeof import('./encode/svg/make-svg.ts')> => import('./encode/svg/make-svg.ts')

/** A picture of the app, read and probed. */
export interface AppPicture {
  readonly kind: 'picture'
  readonly file: string
  readonly input: InputDigest
  readonly source: SourceImage
}

export interface AppSvg {
  readonly kind: 'svg'
  readonly file: string
  readonly svg: SvgImage
}

export type AppImage = AppPicture | AppSvg

/**
 * What a place can make use of: one file in the family of the original (`url`), better formats beside the original itself (`siblings`), all
 * formats in its own width (`own`), or all formats in all widths of the options (`all`).
 */
export type Place = 'url' | 'siblings' | Widths

/** Somebody who uses a picture. */
export interface ImageUse {
  /** Absolute path of the picture. */
  readonly file: string
  /** Absolute path of the module, page or stylesheet that names it; nothing for public files, which are found by looking. */
  readonly importer?: string | undefined
}

export interface LibrarySurroundings {
  readonly options: ResolvedImagesOptions
  readonly artifacts: Artifacts
  /** For whom a picture is what it was as long as the file system says so: a build, which ends. */
  readonly inputs?: KnownInputs | undefined
  /** What paths are shown and matched as: relative to the Vite root, with `/`. */
  readonly displayName: (file: string) => string
  readonly warn: (message: string) => void
}

/** Of a picture that is transparent, or is to have none, nothing. */
interface StandIn {
  readonly placeholder?: string
}

/** The pictures of one app, each read once for as long as it does not change, and what becomes of them. */
export class ImageLibrary {
  /** Who used what, for the report. */
  readonly uses: ImageUses = new ImageUses()
  readonly #surroundings: LibrarySurroundings
  readonly #isWanted: (name: string) => boolean
  readonly #read = new Map<string, { readonly version: string; readonly image: Promise<AppImage> }>()
  readonly #warned = new Set<string>()
  /** Placeholders that nobody has waited for. */
  readonly #standIns = new Map<InputDigest, { isDone: boolean; readonly made: Promise<StandIn> }>()

  constructor(surroundings: LibrarySurroundings) {
    this.#surroundings = surroundings
    const { include, exclude } = surroundings.options
    const matches = picomatch([...include], { ignore: [...exclude], dot: true })
    // What lies outside the root, in the packages of a workspace for instance, is matched by its path from where the two part.
    this.#isWanted = (name) => matches(name.replace(/^(?:\.\.\/)+/, ''))
  }

  /**
   * The picture at a path.
   *
   * @param isAsked whether it is asked for as a picture, whatever its name: what is none is an error then
   * @returns nothing for what is no picture by its name, for what the options exclude, and for bad files under `onError: 'warn'`
   * @throws an error of the catalogue that names file and importer
   */
  async open(use: ImageUse, isAsked = false): Promise<AppImage | undefined> {
    const { options, displayName } = this.#surroundings
    const format = formatOfName(use.file)
    if (format === undefined && !isAsked) return undefined
    if ((format === 'svg' && !options.svg) || !this.#isWanted(displayName(use.file))) return undefined
    return this.#tolerate(use, () => this.#readOnce(use))
  }

  /** All files of a picture that a place can make use of. */
  async filesOf(image: AppPicture, use: ImageUse, place: Place): Promise<ImageSet | undefined> {
    const { options, artifacts } = this.#surroundings
    const wishes = wishesFor(place, image.source.format, options)
    return this.#tolerate(use, async () => {
      const set = await makeImageSet(artifacts, image.source, image.input, wishes)
      this.uses.made(use.file, set.files)
      if (set.placeholder !== undefined) this.uses.placeholder(use.file, set.placeholder.length)
      if (set.leftOut.length > 0) this.#sayLeftOut(use, image.source, set)
      return set
    })
  }

  /**
   * What `<Picture>` shows until the picture is there, as far as it is known. Else it is made while nobody waits: it takes reading the whole picture.
   *
   * @param onMade called when there is more to know, which the next call tells
   * @returns nothing for a picture that turned out to be damaged, under `onError: 'warn'`
   */
  async placeholderOf({ source, input }: AppPicture, use: ImageUse, onMade: () => void): Promise<StandIn | undefined> {
    const { options, artifacts } = this.#surroundings
    return this.#tolerate(use, async () => {
      const known = this.#standIns.get(input)
      if (known) return known.isDone ? known.made : {}
      const found = await findStandIn(artifacts, source, input, options.placeholder)
      if (found) return found
      const standIn = {
        isDone: false,
        made: makeStandIn(artifacts, source, input, options.placeholder).then(asStandIn),
      }
      this.#standIns.set(input, standIn)
      const isDone = (): void => {
        standIn.isDone = true
        onMade()
      }
      standIn.made.then(isDone, isDone)
      return {}
    })
  }

  /** Said once for each picture and what is left out of it, whoever uses it. */
  #sayLeftOut(use: ImageUse, source: SourceImage, { leftOut, files }: ImageSet): void {
    const { format } = source
    const isKept = files.every((file) => file.format === format && file.width === source.width)
    const message = leftOutMessage(this.#subjectOf(use), leftOut, this.#surroundings.options.limits.memory)
    if (isKept) this.uses.failed(use, message)
    const key = `${use.file} ${leftOut.map((variant) => `${variant.format} ${variant.width}`).join()}`
    if (!this.#warned.has(key)) this.#surroundings.warn(message)
    this.#warned.add(key)
  }

  async #readOnce(use: ImageUse): Promise<AppImage> {
    const subject = this.#subjectOf(use)
    const stats = await statsOf(use.file, subject, this.#surroundings.options.limits)
    const version = `${stats.mtimeNs}:${stats.size}`
    const known = this.#read.get(use.file)
    if (known?.version === version) return known.image
    const image = this.#readNow(use.file, subject, stats)
    this.#read.set(use.file, { version, image })
    // A file that could not be read is named again for everybody who uses it.
    image.catch(() => this.#read.delete(use.file))
    return image
  }

  async #readNow(file: string, subject: ImageSubject, stats: BigIntStats): Promise<AppImage> {
    const { options, artifacts } = this.#surroundings
    const read = this.#knownBefore(file, stats) ?? (await this.#readWhole(file, subject, stats))
    if (!isRaster(read)) {
      const { makeSvg } = await svgs()
      const svg = await makeSvg(artifacts, subject, read.bytes, read.input, options.limits)
      this.uses.made(file, [{ format: 'svg', bytes: svg.bytes, width: svg.width }])
      return { kind: 'svg', file, svg }
    }
    const source = await openSource(artifacts, subject, read, options.limits, file)
    return { kind: 'picture', file, input: read.input, source }
  }

  /** Without reading it. A name that promises something else is read, for the error that it is. */
  #knownBefore(file: string, stats: BigIntStats): ReadImage | undefined {
    const known = this.#surroundings.inputs?.find(stats)
    const format = formatOfName(file)
    if (!known || format === undefined || format === 'svg' || known.kind !== format) return undefined
    return { bytes: new Uint8Array(), size: Number(stats.size), input: known.digest, format }
  }

  async #readWhole(file: string, subject: ImageSubject, before: BigIntStats): Promise<ReadImage<RasterFormat | 'svg'>> {
    const { options, inputs } = this.#surroundings
    const bytes = await readFile(file)
    const read = { bytes, size: bytes.byteLength, input: digestOf(bytes) }
    const format = formatOfImage(subject, bytes, options.limits)
    if (inputs && format !== 'svg') {
      inputs.note(before, await stat(file, { bigint: true }), { digest: read.input, kind: format })
    }
    return { ...read, format }
  }

  async #tolerate<Result>(use: ImageUse, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await work()
      this.uses.used(use)
      return result
    } catch (error) {
      if (isChanged(error)) this.#surroundings.inputs?.forget()
      if (this.#surroundings.options.onError === 'error' || !isImageError(error)) throw error
      const message = asWarning((error as Error).message)
      this.uses.failed(use, message)
      if (!this.#warned.has(use.file)) this.#surroundings.warn(message)
      this.#warned.add(use.file)
      return undefined
    }
  }

  #subjectOf({ file, importer }: ImageUse): ImageSubject {
    const { displayName } = this.#surroundings
    return { file: displayName(file), importer: importer === undefined ? undefined : displayName(importer) }
  }
}

function asStandIn(placeholder: string | undefined): StandIn {
  return placeholder === undefined ? {} : { placeholder }
}

/** @param format of the original */
function wishesFor(place: Place, format: RasterFormat, options: ResolvedImagesOptions): ImageWishes {
  if (place === 'all') return options
  const own: ImageWishes = { ...options, widths: [], placeholder: false }
  if (place === 'own') return own
  if (place === 'siblings') return { ...own, fallback: false }
  // What came as WebP or AVIF is shown by those who see it: a JPEG in its place would be no gain.
  return format === 'webp' || format === 'avif'
    ? { ...own, formats: [format], fallback: false }
    : { ...own, formats: [], fallback: true }
}

function isChanged(error: unknown): boolean {
  return error instanceof PacelineError && error.code === 'PACELINE_IMAGE_CHANGED'
}

function isRaster(read: ReadImage<RasterFormat | 'svg'>): read is ReadImage {
  return read.format !== 'svg'
}

/**
 * What the file system says of a picture.
 *
 * @throws `PACELINE_IMAGE_MISSING`; `PACELINE_IMAGE_TOO_MANY_BYTES` before any of them is read
 */
async function statsOf(file: string, subject: ImageSubject, limits: ImageLimits): Promise<BigIntStats> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined)
  if (!stats?.isFile()) throw imageError('PACELINE_IMAGE_MISSING', [subject])
  const { size } = stats
  if (size > limits.bytes) throw imageError('PACELINE_IMAGE_TOO_MANY_BYTES', [subject, Number(size), limits.bytes])
  return stats
}
