import type { Pixels } from './pixels.ts'

/**
 * Pixels in memory that threads share, for one picture after the other. A message would copy them, and both threads would keep what the other
 * has no more use for until their collectors come.
 */
export class SharedPixels {
  #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Memory that nobody uses, or new memory, for pictures of so many bytes. */
  static borrow(length: number): SharedPixels {
    const at = spare.findIndex((bytes) => bytes.length >= length)
    if (at !== -1) return new SharedPixels(spare.splice(at, 1)[0]!)
    // The largest pictures come first, so there is hardly ever one that is too small; it makes room.
    spare.shift()
    return new SharedPixels(allocate(length))
  }

  /** The same picture in the memory that is shared, until the next. */
  share(pixels: Pixels): Pixels {
    const { length } = pixels.data
    if (length > this.#bytes.length) this.#bytes = allocate(length)
    const data = this.#bytes.subarray(0, length)
    data.set(pixels.data)
    return { ...pixels, data }
  }

  giveBack(): void {
    spare.push(this.#bytes)
    spare.sort((a, b) => a.length - b.length)
  }
}

/** Smallest first. */
const spare: Uint8Array[] = []

function allocate(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}
