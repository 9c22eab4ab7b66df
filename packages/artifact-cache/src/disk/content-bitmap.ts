const BITS = 26

/**
 * Which contents are referred to, in 8 MB however many there are: one bit for each value of the first 26 bits of a digest. Two contents may share
 * a bit, one in seventy does at a million; then one stays that could have gone, until the next time.
 */
export interface ContentBitmap {
  add(hex: string): void
  has(hex: string): boolean
}

export function contentBitmap(): ContentBitmap {
  const bytes = new Uint8Array(2 ** (BITS - 3))
  const bitOf = (hex: string): number => Number.parseInt(hex.slice(0, 8), 16) >>> (32 - BITS)
  return {
    add(hex) {
      const bit = bitOf(hex)
      bytes[bit >>> 3]! |= 1 << (bit & 7)
    },
    has(hex) {
      const bit = bitOf(hex)
      return (bytes[bit >>> 3]! & (1 << (bit & 7))) !== 0
    },
  }
}
