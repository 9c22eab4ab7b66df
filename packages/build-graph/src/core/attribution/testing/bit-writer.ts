/** Writes streams by hand: numbers least significant bit first, as deflate and brotli have it. */
export class BitWriter {
  private readonly bits: number[] = []

  get length(): number {
    return this.bits.length
  }

  number(value: number, count: number): this {
    for (let index = 0; index < count; index++) this.bits.push(Math.floor(value / 2 ** index) % 2)
    return this
  }

  /** Bits in the order given, as prefix codes are written. */
  digits(digits: string): this {
    for (const digit of digits.replaceAll(' ', '')) this.bits.push(Number(digit))
    return this
  }

  /** Whole bytes, from the next byte boundary on. */
  bytes(...bytes: number[]): this {
    while (this.bits.length % 8 !== 0) this.bits.push(0)
    for (const byte of bytes) this.number(byte, 8)
    return this
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.bits.length / 8))
    for (const [index, bit] of this.bits.entries()) bytes[index >> 3]! |= bit << (index & 7)
    return bytes
  }
}
