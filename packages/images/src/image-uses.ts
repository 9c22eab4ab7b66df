import { comparablePath } from '@paceline/kit'
import type { RasterFormat } from './encode/image-format.ts'
import type { ImageUse } from './image-library.ts'

/** A file that was made of a picture. */
export interface MadeFile {
  readonly format: RasterFormat | 'svg'
  readonly bytes: Uint8Array
  readonly width: number
  readonly quality?: number
  readonly score?: number
}

/** What is known of one picture at the end of a build. */
export interface UsedImage {
  /** Absolute paths, sorted. */
  readonly importers: readonly string[]
  /** Every file that was made of it, once. */
  readonly files: readonly MadeFile[]
  /** Bytes of its placeholder in the bundle. */
  readonly placeholder?: number
  /** Why it is served as it is. */
  readonly problem?: string
}

interface Entry {
  placeholder?: number
  readonly importers: Set<string>
  readonly files: Set<MadeFile>
  problem?: string
}

/** Which pictures a build used, who named them, and what became of them. */
export class ImageUses {
  readonly #entries = new Map<string, Entry>()

  has(file: string): boolean {
    return this.#entries.has(comparablePath(file))
  }

  used({ file, importer }: ImageUse): void {
    if (importer !== undefined) this.#entry(file).importers.add(importer)
    else this.#entry(file)
  }

  made(file: string, files: readonly MadeFile[]): void {
    for (const one of files) this.#entry(file).files.add(one)
  }

  placeholder(file: string, bytes: number): void {
    this.#entry(file).placeholder = bytes
  }

  failed(use: ImageUse, problem: string): void {
    this.used(use)
    this.#entry(use.file).problem = problem
  }

  /** Absolute path → what is known, sorted by path. */
  all(): Map<string, UsedImage> {
    const sorted = [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1))
    return new Map(
      sorted.map(([file, { importers, files, placeholder, problem }]) => [
        file,
        {
          importers: [...importers].toSorted(),
          files: [...files],
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(problem === undefined ? {} : { problem }),
        },
      ]),
    )
  }

  clear(): void {
    this.#entries.clear()
  }

  #entry(file: string): Entry {
    // A module id and a path that Node has joined may write the same file differently.
    const path = comparablePath(file)
    const known = this.#entries.get(path)
    if (known) return known
    const entry: Entry = { importers: new Set(), files: new Set() }
    this.#entries.set(path, entry)
    return entry
  }
}
