/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2). Offsets are of the file. */
export interface BmffBox {
  readonly type: string
  /** Of its length and type. */
  readonly start: number
  /** Of its content. */
  readonly content: number
  readonly end: number
}

/** The file does not follow its format, or does so in a way that is not known here. */
export class BmffError extends Error {}

/** Reads numbers and names of a part of a file, from its start on. */
export class BmffReader {
  readonly #bytes: Uint8Array
  readonly #end: number
  at: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes
    this.#end = end
    this.at = start
  }

  get hasMore(): boolean {
    return this.at < this.#end
  }

  /** @param size in bytes; none is 0 */
  uint(size: number): number {
    let value = 0
    for (const byte of this.#take(size)) value = value * 256 + byte
    if (!Number.isSafeInteger(value)) throw new BmffError('a number beyond 53 bits')
    return value
  }

  fourcc(): string {
    return String.fromCharCode(...this.#take(4))
  }

  /** Up to a zero, which is skipped. */
  text(): string {
    const zero = this.#bytes.indexOf(0, this.at)
    if (zero < 0 || zero >= this.#end) throw new BmffError('a name without end')
    const text = Buffer.from(this.#bytes.subarray(this.at, zero)).toString('latin1')
    this.at = zero + 1
    return text
  }

  /** The boxes from here to the end. */
  boxes(): BmffBox[] {
    const boxes: BmffBox[] = []
    while (this.hasMore) {
      const start = this.at
      const short = this.uint(4)
      const type = this.fourcc()
      const length = short === 1 ? this.uint(8) : short === 0 ? this.#end - start : short
      const end = start + length
      if (end < this.at || end > this.#end) throw new BmffError(`a box '${type}' that does not fit`)
      boxes.push({ type, start, content: this.at, end })
      this.at = end
    }
    return boxes
  }

  #take(count: number): Uint8Array {
    const end = this.at + count
    if (end > this.#end) throw new BmffError('an end in the midst of a box')
    const taken = this.#bytes.subarray(this.at, end)
    this.at = end
    return taken
  }
}
