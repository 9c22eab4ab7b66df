import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatOfName } from './encode/image-format.ts'

/**
 * The pictures of a finished build, found by their bytes. Few files have the same size, so it is looked at first: only those that are about to be
 * found are read, and none is hashed. Synchronous calls: the files were written a moment ago, and reading hundreds of them through libuv's threads
 * takes several times the CPU.
 */
export class EmittedPictures {
  readonly #outDir: string
  readonly #known: ReadonlyMap<Uint8Array, string>
  /** Size → names. */
  readonly #bySize = new Map<number, string[]>()

  /**
   * @param outDir absolute
   * @param names of all its files, relative to it
   * @param known what the bundler says it calls the file of these bytes: where it is there with its size, nothing need be read
   */
  constructor(outDir: string, names: readonly string[], known: ReadonlyMap<Uint8Array, string> = new Map()) {
    this.#outDir = outDir
    this.#known = known
    for (const name of names) {
      const size = formatOfName(name) && statSync(join(outDir, name), { throwIfNoEntry: false })?.size
      if (size === undefined) continue
      const alike = this.#bySize.get(size)
      if (alike) alike.push(name)
      else this.#bySize.set(size, [name])
    }
  }

  /** Whether any has a size: a file of another size need not be read. */
  hasSize(bytes: number): boolean {
    return this.#bySize.has(bytes)
  }

  /** @returns the files with these bytes, relative to the output, in the order of their names */
  withBytes(bytes: Uint8Array): string[] {
    const alike = this.#bySize.get(bytes.byteLength) ?? []
    const name = this.#known.get(bytes)
    if (name !== undefined && alike.includes(name)) return [name]
    return alike.filter((name) => readFileSync(join(this.#outDir, name)).equals(bytes))
  }
}
