/** A set of small integers, 32 to a word. All sets of one kind have the same length. */
export type Bits = Uint32Array

export function makeBits(size: number): Bits {
  return new Uint32Array(Math.max(1, (size + 31) >>> 5))
}

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] as number) | (1 << (index & 31))
}

export function hasBit(bits: Bits, index: number): boolean {
  return (((bits[index >>> 5] as number) >>> (index & 31)) & 1) === 1
}

/** Adds the second set to the first. */
export function addBits(target: Bits, source: Bits): void {
  for (let word = 0; word < target.length; word++) target[word] = (target[word] as number) | (source[word] as number)
}

/** Keeps of the first set what is in the second too. */
export function keepBits(target: Bits, source: Bits): void {
  for (let word = 0; word < target.length; word++) target[word] = (target[word] as number) & (source[word] as number)
}

export function unionOf(a: Bits, b: Bits): Bits {
  const union = a.slice()
  addBits(union, b)
  return union
}

/** What the first has and the second has not. */
export function without(a: Bits, b: Bits): Bits {
  const rest = a.slice()
  for (let word = 0; word < rest.length; word++) rest[word] = (rest[word] as number) & ~(b[word] as number)
  return rest
}

export function isSubset(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if (((a[word] as number) & ~(b[word] as number)) !== 0) return false
  return true
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if (((a[word] as number) & (b[word] as number)) !== 0) return true
  return false
}

export function sameBits(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if (a[word] !== b[word]) return false
  return true
}

export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false
  return true
}

/** The least number that is in both sets; infinite when there is none. */
export function lowestOfBoth(a: Bits, b: Bits): number {
  for (let word = 0; word < a.length; word++) {
    const both = (a[word] as number) & (b[word] as number)
    if (both !== 0) return word * 32 + 31 - Math.clz32(both & -both)
  }
  return Infinity
}

/** The greatest number that is in both sets; −1 when there is none. */
export function highestOfBoth(a: Bits, b: Bits): number {
  for (let word = a.length - 1; word >= 0; word--) {
    const both = (a[word] as number) & (b[word] as number)
    if (both !== 0) return word * 32 + 31 - Math.clz32(both)
  }
  return -1
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let word = 0; word < bits.length; word++) count += countWord(bits[word] as number)
  return count
}

/** Bits of a word that are set, by adding up pairs, nibbles and bytes. */
function countWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55_55_55_55)
  const nibbles = (pairs & 0x33_33_33_33) + ((pairs >>> 2) & 0x33_33_33_33)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f_0f_0f_0f, 0x01_01_01_01) >>> 24
}

export function* eachBit(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word] as number
    while (rest !== 0) {
      yield word * 32 + (31 - Math.clz32(rest & -rest))
      rest &= rest - 1
    }
  }
}

/** Equal sets, equal keys. */
export function bitsKey(bits: Bits): string {
  return bits.join()
}
