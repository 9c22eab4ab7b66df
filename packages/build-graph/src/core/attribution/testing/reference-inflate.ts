/**
 * Deflate as RFC 1951 tells it, one bit at a time, with no table and no shortcut; for comparison only. Sound input is
 * taken for granted.
 */
export function referenceInflate(stream: Uint8Array): { bytes: number[]; costs: number[] } {
  const bytes: number[] = []
  const costs: number[] = []
  let bit = 0
  const readBit = () => (stream[bit >> 3]! >> (bit++ & 7)) & 1
  const readNumber = (count: number) => {
    let value = 0
    for (let index = 0; index < count; index++) value += readBit() * 2 ** index
    return value
  }
  const readSymbol = (codes: Map<string, number>) => {
    let code = ''
    for (;;) {
      code += readBit()
      const symbol = codes.get(code)
      if (symbol !== undefined) return symbol
    }
  }
  let last = 0
  while (last === 0) {
    const blockBit = bit
    const blockStart = bytes.length
    let ownBits = 0
    last = readBit()
    const type = readNumber(2)
    if (type === 0) {
      bit = Math.ceil(bit / 8) * 8
      const length = readNumber(16)
      readNumber(16)
      ownBits = bit - blockBit
      for (let index = 0; index < length; index++) {
        bytes.push(readNumber(8))
        costs.push(8)
      }
    } else {
      const [literals, distances] = type === 1 ? fixedCodes() : readCodes(readNumber, readSymbol)
      ownBits = bit - blockBit
      for (;;) {
        const symbolBit = bit
        const symbol = readSymbol(literals)
        if (symbol === 256) {
          ownBits += bit - symbolBit
          break
        }
        if (symbol < 256) {
          bytes.push(symbol)
          costs.push(bit - symbolBit)
          continue
        }
        const length = LENGTHS[symbol - 257]! + readNumber(LENGTH_BITS[symbol - 257]!)
        const distanceSymbol = readSymbol(distances)
        const distance = DISTANCES[distanceSymbol]! + readNumber(DISTANCE_BITS[distanceSymbol]!)
        for (let index = 0; index < length; index++) {
          bytes.push(bytes[bytes.length - distance]!)
          costs.push((bit - symbolBit) / length)
        }
      }
    }
    for (let index = blockStart; index < bytes.length; index++) costs[index]! += ownBits / (bytes.length - blockStart)
  }
  return { bytes, costs }
}

// prettier-ignore
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
// prettier-ignore
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
  12289, 16385, 24577,
]
// prettier-ignore
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]

type Codes = [literals: Map<string, number>, distances: Map<string, number>]

function fixedCodes(): Codes {
  const literals = Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8))
  return [canonical(literals), canonical(Array.from({ length: 30 }, () => 5))]
}

function readCodes(readNumber: (bits: number) => number, readSymbol: (codes: Map<string, number>) => number): Codes {
  const literals = 257 + readNumber(5)
  const distances = 1 + readNumber(5)
  const count = 4 + readNumber(4)
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  const lengthLengths = Array.from({ length: 19 }, () => 0)
  for (const symbol of order.slice(0, count)) lengthLengths[symbol] = readNumber(3)
  const lengthCode = canonical(lengthLengths)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = readSymbol(lengthCode)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) lengths.push(...Array.from({ length: 3 + readNumber(2) }, () => lengths.at(-1)!))
    else lengths.push(...Array.from({ length: symbol === 17 ? 3 + readNumber(3) : 11 + readNumber(7) }, () => 0))
  }
  return [canonical(lengths.slice(0, literals)), canonical(lengths.slice(literals))]
}

/** RFC 1951, 3.2.2: code as a string of binary digits → symbol. */
function canonical(lengths: number[]): Map<string, number> {
  const codes = new Map<string, number>()
  let code = 0
  for (let length = 1; length <= 15; length++) {
    for (const [symbol, its] of lengths.entries()) {
      if (its === length) codes.set((code++).toString(2).padStart(length, '0'), symbol)
    }
    code *= 2
  }
  return codes
}
