/** Four tables of 256: the remainder of a byte, and of a byte with one, two and three zero bytes after it. */
const remainders = makeRemainders()

/** CRC-32 of `bytes` from `start` to `end` (RFC 1952, 8), unsigned; four bytes a step. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1
  let index = start
  for (; index + 4 <= end; index += 4) {
    crc ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24)
    crc =
      remainders[768 + (crc & 255)]! ^
      remainders[512 + ((crc >>> 8) & 255)]! ^
      remainders[256 + ((crc >>> 16) & 255)]! ^
      remainders[crc >>> 24]!
  }
  for (; index < end; index++) crc = (crc >>> 8) ^ remainders[(crc ^ bytes[index]!) & 255]!
  return ~crc >>> 0
}

function makeRemainders(): Int32Array {
  const tables = new Int32Array(1024)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
    tables[byte] = remainder
  }
  for (let index = 256; index < 1024; index++) {
    const shorter = tables[index - 256]!
    tables[index] = (shorter >>> 8) ^ tables[shorter & 255]!
  }
  return tables
}
