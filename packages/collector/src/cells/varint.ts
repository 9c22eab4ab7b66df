/** Whole numbers up to 2 ** 53 in seven bits per byte, lowest first; the top bit says that more follow. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  /** @throws RangeError for what is no whole number ≥ 0: a count below zero must never be stored */
  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`A count is ${value}.`)
    let left = value
    this.#reserve(8)
    while (left >= 0x80) {
      this.#bytes[this.#length++] = (left % 0x80) | 0x80
      left = Math.floor(left / 0x80)
    }
    this.#bytes[this.#length++] = left
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value)
  }

  float(value: number): void {
    this.#reserve(8)
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true)
    this.#length += 8
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Reads what {@link ByteWriter} wrote. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  unsigned(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('A cell ends too early.')
      if (byte < 0x80) return value + byte * scale
      value += (byte - 0x80) * scale
    }
  }

  signed(): number {
    const value = this.unsigned()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  float(): number {
    const { buffer, byteOffset } = this.#bytes
    const value = new DataView(buffer, byteOffset).getFloat64(this.#at, true)
    this.#at += 8
    return value
  }
}
