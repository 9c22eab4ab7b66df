import { stat } from 'node:fs/promises'
import type { EmittedPictures } from './emitted-pictures.ts'
import type { RasterFormat } from './encode/image-format.ts'
import type { ImageUses, MadeFile, UsedImage } from './image-uses.ts'

/** What became of the images of a build (`images` in `report.json`). */
export interface ImagesReport {
  /** By source file. */
  readonly files: readonly ReportedImage[]
  /** Images of the app that nothing in the build names, relative to the Vite root. */
  readonly unused: readonly { readonly file: string; readonly bytes: number }[]
}

export interface ReportedImage {
  /** Relative to the Vite root. */
  readonly file: string
  /** Of the source. */
  readonly bytes: number
  /** Modules, pages and stylesheets that name it; empty for public files that no page names. */
  readonly usedIn: readonly string[]
  /** What was made of it, by format and width. */
  readonly variants: readonly ReportedVariant[]
  /** Bytes of its placeholder in the bundle. */
  readonly placeholder?: number
  /** Why it is served as it is. */
  readonly problem?: string
}

export interface ReportedVariant {
  readonly format: RasterFormat | 'svg'
  /** Pixels. */
  readonly width: number
  readonly bytes: number
  /** SSIMULACRA 2 against the scaled source, where it was measured. */
  readonly score?: number
  /** The encoder's setting. */
  readonly quality?: number
  /** In the output; absent when it is inlined, or when a smaller file took its place. */
  readonly file?: string
}

interface FinishedImages {
  readonly uses: ImageUses
  /** Absolute paths of pictures that nothing names. */
  readonly unused: readonly string[]
  readonly emitted: EmittedPictures
  readonly displayName: (file: string) => string
}

/** Reads what a build left on disk and says what became of each image. */
export async function imagesReport({ uses, unused, emitted, displayName }: FinishedImages): Promise<ImagesReport> {
  const files = [...uses.all()].map(([file, used]) => reportImage(file, used, emitted, displayName))
  const left = unused.map(async (file) => ({ file: displayName(file), bytes: await sizeOf(file) }))
  return { files: await Promise.all(files), unused: await Promise.all(left) }
}

async function reportImage(
  file: string,
  { importers, files, placeholder, problem }: UsedImage,
  emitted: EmittedPictures,
  displayName: (file: string) => string,
): Promise<ReportedImage> {
  return {
    file: displayName(file),
    bytes: await sizeOf(file),
    usedIn: importers.map(displayName),
    variants: withoutCopies(files)
      .map((made) => reportVariant(made, emitted.withBytes(made.bytes).at(-1)))
      .toSorted(byFormatAndWidth),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(problem === undefined ? {} : { problem }),
  }
}

/** Places that need the same file each ask for it. @returns each once */
function withoutCopies(files: readonly MadeFile[]): MadeFile[] {
  return files.filter((made, at) => !files.slice(0, at).some((other) => isCopy(made, other)))
}

function isCopy(one: MadeFile, other: MadeFile): boolean {
  if (one.format !== other.format || one.width !== other.width) return false
  return one.bytes === other.bytes || Buffer.compare(one.bytes, other.bytes) === 0
}

function reportVariant({ format, width, bytes, score, quality }: MadeFile, file: string | undefined): ReportedVariant {
  return {
    format,
    width,
    bytes: bytes.byteLength,
    ...(score === undefined ? {} : { score }),
    ...(quality === undefined ? {} : { quality }),
    ...(file === undefined ? {} : { file }),
  }
}

function byFormatAndWidth(a: ReportedVariant, b: ReportedVariant): number {
  return a.format === b.format ? a.width - b.width : a.format < b.format ? -1 : 1
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(() => undefined)
  return stats?.size ?? 0
}
